"""The two tables beside this file, read and written a line at a time.

`addresses.csv`: one row for a way of asking an address, one column for each role, and in the cell
what comes of it (see `asking`). `titles.csv`: who may be shown the title of which planted case.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ADDRESSES = Path(__file__).with_name("addresses.csv")
TITLES = Path(__file__).with_name("titles.csv")
ROLES = (
    "anonymous",
    "reader",
    "author",
    "colleague",
    "contact",
    "expert",
    "other_contact",
    "other_expert",
    "invited",
    "assigned",
    "coordinator",
    "foreign_coordinator",
    "curator",
    "superuser",
)


@dataclass(frozen=True)
class Row:
    """A way of asking an address, and what each role is to get."""

    method: str
    address: str
    sent: str
    expected: Mapping[str, str]

    @property
    def asked(self) -> tuple[str, str, str]:
        """The row without its outcomes."""
        return self.method, self.address, self.sent

    def as_line(self) -> str:
        """Give the row as it stands in the table."""
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow([*self.asked, *self.expected.values()])
        return line.getvalue()


def address_rows() -> list[Row]:
    """Give the table of addresses."""
    return [
        Row(cells["method"], cells["address"], cells["sent"], {role: cells[role] for role in ROLES})
        for cells in _read(ADDRESSES)
    ]


def told_titles() -> dict[str, set[str]]:
    """Give for each planted title the roles that may be shown it."""
    return {
        cells["title"]: {role for role in ROLES if cells[role] == "yes"} for cells in _read(TITLES)
    }


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
