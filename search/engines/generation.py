"""Generations: indices that were made and are read together, and what stands in them."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

Category = tuple[str, str, str]


class Role(StrEnum):
    """What a generation is there for; writers keep every one that has a role in step."""

    BUILDING = "building"
    CURRENT = "current"
    PREVIOUS = "previous"


@dataclass(frozen=True)
class Generation:
    """The indices of all audiences made together; without a role it is left of something broken.

    The name is the form of the indices (a hash of mapping and settings) and a number: when it was
    made, in milliseconds.
    """

    name: str
    role: Role | None

    @property
    def form(self) -> str:
        """The form of its indices."""
        return form_of(self.name)


class Entry(NamedTuple):
    """What an index holds under one id, without the texts."""

    id: str
    version: int
    alive: bool
    digest: str = ""
    category: Category = ("", "", "")


def form_of(name: str) -> str:
    """Give the form that is part of a generation's name."""
    return name.partition("-")[0]


def new_name(form: str, taken: Iterable[str]) -> str:
    """Give a name for a generation of a form that none has had before, and none of those taken.

    What was on its way to one that is gone must not arrive in its successor, where nothing speaks
    against it: neither a newer document nor a tombstone.
    """
    numbers = (name.partition("-")[2] for name in taken if form_of(name) == form)
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{form}-{max(highest + 1, time.time_ns() // 1_000_000)}"


def category_of(document: Mapping[str, Any]) -> Category:
    """Give the kind, region and visibility under which a document is counted."""
    return document["kind"], document.get("region", ""), document.get("visibility", "")
