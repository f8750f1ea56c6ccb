"""One file of the corpus, with the verdict it must get."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.uploads.refusals import Fault

PROGRAM = b"MZ\x90\0" + b"\0" * 60


@dataclass(frozen=True)
class Specimen:
    """A file to be sent; without a fault it is a good one, which must be taken."""

    about: str
    name: str
    build: Callable[[], bytes]
    fault: Fault | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it is sent where pictures are asked for."""
        return self.name.endswith((".jpg", ".png", ".webp", ".gif", ".svg"))
