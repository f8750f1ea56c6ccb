"""Counts the cases of an exchange file by every facet, from the file and the portal's tables alone.

Nothing here asks the portal: what it shows is held against these counts.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.factories.catalogue import Line, vocabulary_rows

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    "building_block": "building_blocks",
    "innovation_type": "innovation_types",
    "technology": "technologies",
    "instrument": "instruments",
    "beneficiary": "beneficiaries",
}
GROUPED = ("topic", "instrument")


@dataclass(frozen=True)
class Asked:
    """A search: words that stand in a text, the values chosen by facet, years, and two flags."""

    word: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    measured: bool = False
    failures: bool = False

    def parameters(self) -> dict[str, Any]:
        """Give the search as the parameters of the read API."""
        flags = {name: 1 for name in ("measured", "failures") if getattr(self, name)}
        years = {"year_from": self.year_from, "year_to": self.year_to}
        given = {name: year for name, year in years.items() if year is not None}
        return {"q": self.word, **flags, **given, **{k: list(v) for k, v in self.filters.items()}}


class Recount:
    """The cases of a file that a reader may see, counted one by one."""

    def __init__(
        self, lines: Sequence[Line], today: date, *, also: Sequence[str] = (), region: str = ""
    ) -> None:
        tables = ROOT / "portal" / "directory" / "data"
        regions = {row["code"]: row["slug"] for row in _rows(tables / "regions.csv")}
        members = _rows(tables / "members.csv")
        self._regions = {row["iso2"]: regions[row["wco_region"]] for row in members}
        self._slugs = {row["iso2"]: row["slug"] for row in _rows(tables / "names.csv")}
        self._today = today
        self._parents = {
            "topic": {row["slug"]: row["parent"] for row in vocabulary_rows("topics")},
            **{facet: _terms(facet) for facet in KEYS},
        }
        self._lines = [
            (line, self._values(line)) for line in lines if self._may_see(line, also, region)
        ]

    def _may_see(self, line: Line, also: Sequence[str], region: str) -> bool:
        if line["visibility"] == "region" and "region" not in also:
            return bool(region) and self._regions[line["administration"]] == region
        return line["visibility"] in ("public", *also)

    def _values(self, line: Line) -> dict[str, set[str]]:
        code = line["administration"]
        found = {facet: set(line.get(key, ())) for facet, key in KEYS.items()}
        found["topic"] = set(line.get("topics", ()))
        for facet, parents in self._parents.items():
            known = found[facet] & set(parents)
            found[facet] = known | {parents[slug] for slug in known if parents[slug]}
        return found | {
            "kind": {"case"},
            "region": {self._regions[code]},
            "administration": {self._slugs[code]},
            "language": {line["language"]},
            "stage": {line["stage"]} if "stage" in line else set(),
            "cost": {line["cost"]} if "cost" in line else set(),
            "level": {line.get("level", "shared")},
            "freshness": {self._freshness(line.get("review_by", ""))},
        }

    def _freshness(self, written: str) -> str:
        # A case without a date is reviewed two years after it was published: today.
        if not written or date.fromisoformat(written) > self._today + timedelta(days=60):
            return "current"
        silent_since = self._today - timedelta(days=90)
        return "due" if date.fromisoformat(written) >= silent_since else "outdated"

    def matching(self, asked: Asked, *, without: str = "") -> list[tuple[Line, dict[str, Any]]]:
        """Give the cases that fit, whatever is chosen in the one facet that is left aside."""
        return [
            (line, values)
            for line, values in self._lines
            if _fits(line, asked)
            and ("freshness" in {*asked.filters, without} or values["freshness"] != {"outdated"})
            and all(
                values[facet] & set(chosen)
                for facet, chosen in asked.filters.items()
                if facet != without
            )
        ]

    def names(self, asked: Asked) -> set[str]:
        """Give the external ids of the cases that fit."""
        return {line["external_id"] for line, _values in self.matching(asked)}

    def counts(self, asked: Asked, facet: str) -> dict[str, int]:
        """Give the count of each value that a facet shows, the chosen ones with 0 too."""
        chosen = asked.filters.get(facet, ())
        found = self.matching(asked, without=facet)
        counted = Counter(value for _line, values in found for value in values[facet])
        heads = set(self._parents[facet].values()) if facet in GROUPED else set()
        shown = {value: number for value, number in counted.items() if value not in heads}
        return shown | {value: counted[value] for value in chosen}


def _fits(line: Line, asked: Asked) -> bool:
    year = line.get("year")
    return (
        asked.word in line.get("solution", "")
        and (asked.year_from is None or (year is not None and year >= asked.year_from))
        and (asked.year_to is None or (year is not None and year <= asked.year_to))
        and (not asked.measured or any(map(_is_measured, line.get("results", ()))))
        and (not asked.failures or "challenges" in line)
    )


def _is_measured(row: Mapping[str, Any]) -> bool:
    return all(
        str(row[side]).replace(" ", "").replace(",", "").replace(".", "").isdecimal()
        for side in ("before", "after")
    )


def _terms(vocabulary: str) -> dict[str, str]:
    rows = vocabulary_rows("terms")
    return {row["slug"]: row["parent"] for row in rows if row["vocabulary"] == vocabulary}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
