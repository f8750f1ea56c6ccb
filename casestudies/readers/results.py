"""The results of a case as rows that can be compared at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from casestudies.models.parts import ResultRow, number_in


@dataclass(frozen=True)
class Comparison:
    """A row of results; the two lengths, from 0 to 100, are there only where both are numbers."""

    row: ResultRow
    before: float | None = None
    after: float | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether the row can be drawn as two bars from zero."""
        return self.before is not None and self.after is not None


def comparisons(rows: Iterable[ResultRow]) -> list[Comparison]:
    """Give each row with the lengths of its bars, the larger of the two being full."""
    return [_comparison(row) for row in rows]


def _comparison(row: ResultRow) -> Comparison:
    before, after = number_in(row.before), number_in(row.after)
    if before is None or after is None or min(before, after) < 0 or max(before, after) == 0:
        return Comparison(row)
    largest = max(before, after)
    return Comparison(
        row, round(float(before / largest * 100), 1), round(float(after / largest * 100), 1)
    )
