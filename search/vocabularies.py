"""Names of regions, administrations, topics and terms, kept for half a minute in the process.

What is made of kept rows is kept as long again.

What else a search reads of the database and that changes seldom is kept in the same place.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from casestudies.models import FormerTopic, Term, Topic
from portal.directory.models import Administration, Region

KEPT_SECONDS = 30.0


class Known(NamedTuple):
    """A value that exists: its name, the group it stands in, a short code where it has one."""

    label: str
    parent: str = ""
    code: str = ""


Table = Mapping[str, Known]
Value = TypeVar("Value")
_kept: dict[tuple[str, str], tuple[float, Any]] = {}


def forget() -> None:
    """Drop what is kept: called whenever a vocabulary changes in this process."""
    _kept.clear()


def keep(name: str, language: str, read: Callable[[], Value]) -> Value:
    """Give what is kept under a name for a language, reading it where it is missing or old."""
    now = time.monotonic()
    found = _kept.get((name, language))
    if found is None or now - found[0] > KEPT_SECONDS:
        found = _kept[(name, language)] = (now, read())
    value: Value = found[1]
    return value


def places() -> list[tuple[Region, Administration | None]]:
    """Give each administration with its region, and a region that has none by itself.

    Both are read in one statement, for all languages: a page of results has few to spend.
    """
    return keep("place", "", _read_places)


def _read_places() -> list[tuple[Region, Administration | None]]:
    own = [field.attname for field in Region._meta.concrete_fields]
    others = [f"administrations__{item.attname}" for item in Administration._meta.concrete_fields]
    rows = Region.objects.order_by("position", "slug", "administrations__name")
    return [
        (Region(*row[: len(own)]), Administration(*row[len(own) :]) if row[len(own)] else None)
        for row in rows.values_list(*own, *others)
    ]


def topic_rows() -> tuple[Topic, ...]:
    """Give every topic with the group it stands in."""
    return keep("topics", "", lambda: tuple(Topic.objects.select_related("parent")))


def former_topics() -> Mapping[str, str]:
    """Give the slug of today by each slug that a topic had before."""
    rows = FormerTopic.objects.values_list("slug", "topic__slug")
    return keep("former topics", "", lambda: dict(rows.all()))


def regions(language: str) -> Table:
    """Give every region by slug, with its everyday name."""
    return keep(
        "region",
        language,
        lambda: {
            region.slug: Known(short_label(region, language))
            for region, _administration in places()
        },
    )


def administrations(language: str) -> Table:
    """Give every administration by slug."""
    return keep(
        "administration",
        language,
        lambda: {
            item.slug: Known(item.label_in(language), region.slug, item.iso2)
            for region, item in places()
            if item
        },
    )


def topics(language: str) -> Table:
    """Give every topic by slug, with the group it stands in."""
    return keep(
        "topic",
        language,
        lambda: {
            topic.slug: Known(topic.label_in(language), topic.parent.slug if topic.parent else "")
            for topic in topic_rows()
        },
    )


def terms(vocabulary: str, language: str) -> Table:
    """Give the terms of one vocabulary by slug; all vocabularies are read together."""
    return keep(
        f"term/{vocabulary}",
        language,
        lambda: {
            key.partition("/")[2]: known
            for key, known in _all_terms(language).items()
            if key.startswith(f"{vocabulary}/")
        },
    )


def _all_terms(language: str) -> Table:
    return keep(
        "term",
        language,
        lambda: {
            f"{term.vocabulary}/{term.slug}": Known(
                term.label_in(language), term.parent.slug if term.parent else ""
            )
            for term in Term.objects.select_related("parent")
        },
    )


def short_label(region: Region, language: str) -> str:
    """Give the everyday name of a region in a language."""
    return region.short_label_in(language)
