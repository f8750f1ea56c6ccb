"""Kinds of question answered in rows: results, blocks, partners, links, related cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from casestudies.wizard.kinds import Asker, Cleaned, Kind, OneField, Words

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

Row = dict[str, Any]
BLANK = (None, "", False)


@dataclass(frozen=True)
class Column:
    """One input of a row; `needed` says what to do when only this one was left out."""

    name: str
    label: Words
    kind: OneField
    needed: Words = ""


@dataclass(frozen=True)
class Rows(Kind):
    """Children of a case in order; a row with nothing in it is no row."""

    model: type[models.Model]
    columns: tuple[Column, ...]
    limit: int
    row_label: Words
    add_label: Words
    repeats: bool = field(default=True, init=False)

    def fields(self, name: str, rows: int = 0) -> dict[str, forms.Field]:
        """Give the inputs of so many rows."""
        made: dict[str, forms.Field] = {}
        for place in range(rows):
            for column in self.columns:
                box = column.kind.field()
                box.label = column.label
                made[f"{name}-{place}-{column.name}"] = box
        return made

    def initial(self, name: str, answer: list[Row]) -> dict[str, Any]:
        """Give each row's values to its inputs."""
        values: dict[str, Any] = {}
        for place, row in enumerate(answer):
            for column in self.columns:
                values |= column.kind.initial(f"{name}-{place}-{column.name}", row[column.name])
        return values

    def answer(self, name: str, cleaned: Cleaned, asker: Asker) -> list[Row]:
        """Give the rows that have something in them; name what a row still lacks."""
        found: list[Row] = []
        errors: dict[str, str] = {}
        for place in range(row_count(name, cleaned)):
            row = {c.name: cleaned.get(f"{name}-{place}-{c.name}") for c in self.columns}
            if self.is_blank(row):
                continue
            for column, message in self.problems(row, asker).items():
                errors[f"{name}-{place}-{column}"] = str(message)
            found.append(row)
        if errors:
            raise ValidationError(errors)
        return found

    def is_blank(self, row: Row) -> bool:
        """Say whether nothing was filled in."""
        return all(value in BLANK for value in row.values())

    def problems(self, row: Row, asker: Asker) -> dict[str, Words]:
        """Give what is wrong with a row, by column."""
        return {c.name: c.needed for c in self.columns if c.needed and row[c.name] in BLANK}

    def read(self, case: "CaseStudyPage", name: str) -> list[Row]:
        """Give the children as rows of plain values, a related record by its id."""
        children = sorted(getattr(case, name).all(), key=lambda child: child.sort_order or 0)
        return [
            {c.name: getattr(child, self.attribute(c.name)) for c in self.columns}
            for child in children
        ]

    def attribute(self, column: str) -> str:
        """Give the attribute that keeps a column: the id where it is a relation."""
        return self.model._meta.get_field(column).attname  # type: ignore[union-attr]

    def write(self, case: "CaseStudyPage", name: str, answer: list[Row]) -> None:
        """Set the children from rows."""
        children = [
            self.model(
                sort_order=place,
                **{self.attribute(column): value for column, value in row.items()},
            )
            for place, row in enumerate(answer)
        ]
        setattr(case, name, children)

    def show(self, answer: list[Row]) -> str:
        """Give a line for each row."""
        lines = ([c.kind.show(row[c.name]) for c in self.columns] for row in answer)
        return "\n".join(" · ".join(text for text in line if text) for line in lines)


def row_count(name: str, values: Mapping[str, Any]) -> int:
    """Give how many rows of a question there are among named values, such as `results-2-unit`."""
    places = [-1]
    for key in values:
        head, _dash, rest = key.partition("-")
        place = rest.partition("-")[0]
        if head == name and place.isascii() and place.isdigit() and len(place) < 3:
            places.append(int(place))
    return max(places) + 1
