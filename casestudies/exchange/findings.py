"""What is wrong with a line, in words: errors keep it out, warnings let it in."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """The problems of one line, in the order in which they were found."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def error(self, words: str) -> None:
        """Note a problem that keeps the line out."""
        self.errors.append(words)

    def warn(self, words: str) -> None:
        """Note a problem that the line may go in with."""
        self.warnings.append(words)

    def be_strict(self) -> None:
        """Make every warning an error."""
        self.errors += self.warnings
        self.warnings = []
