"""What a new generation must show before readers get it: all of the database, and findable.

The index is counted by category and its digests are summed by bucket; objects are compared one by
one only in buckets that differ. Some cases are looked for as a reader would.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from search.batches import batches
from search.criteria import Audience, Criteria, normalise_text
from search.drift import Finding, examine
from search.engines.base import Document, Draft, Readable, Request, Write
from search.engines.generation import Category, category_of
from search.outbox import document_id, place_of
from search.sources import all_places, views_of

BUCKETS = 256
BATCH = 500
NAMED = 3
NARROWING = ("kind", "region", "administration", "language")
_WORD = re.compile(r"\w\w")


def bucket_of(name: str) -> int:
    """Give the bucket an object is counted in."""
    return zlib.crc32(name.encode()) % BUCKETS


class Tally:
    """How many documents of each category, and the sum of their digests, by bucket."""

    def __init__(self) -> None:
        self._counts: dict[int, Counter[tuple[Audience, Category]]] = {}
        self._sums: Counter[tuple[int, Audience]] = Counter()

    def add(self, audience: Audience, name: str, category: Category, digest: str) -> None:
        """Count one document."""
        bucket = bucket_of(name)
        self._counts.setdefault(bucket, Counter())[audience, category] += 1
        self._sums[bucket, audience] += int(digest or "0", 16)

    def buckets_unlike(self, other: "Tally") -> set[int]:
        """Name the buckets that hold something else in another tally."""
        return {bucket for bucket in range(BUCKETS) if self._held(bucket) != other._held(bucket)}

    def _held(self, bucket: int) -> tuple[Counter[tuple[Audience, Category]], list[int]]:
        sums = [self._sums[bucket, audience] for audience in Audience]
        return self._counts.get(bucket, Counter()), sums


@dataclass
class Filled:
    """What was written into a new generation: how much, in sum, what was refused, and samples.

    The samples are one object of each kind and region, and of each kind and language.
    """

    objects: int = 0
    tally: Tally = field(default_factory=Tally)
    refused: dict[str, str] = field(default_factory=dict)
    samples: dict[tuple[str, str], Document] = field(default_factory=dict)

    def note(self, item: Write) -> None:
        """Count what each audience may find of an object."""
        for audience, document in item.documents.items():
            if document:
                digest = document["digest"]
                self.tally.add(audience, item.id, category_of(document), digest)
                for part in ("region", "language"):
                    self.samples[document["kind"], document[part]] = document


def objections(draft: Draft, filled: Filled, *, known: Iterable[str] = ()) -> list[str]:
    """Say in words why readers must not get a new generation; empty when they may.

    `known` are the objects that were refused before: they hold nothing up. Raises `EngineDown`.
    """
    refused = filled.refused.keys() - set(known)
    found = [f"{name} was refused: {filled.refused[name]}" for name in sorted(refused)[:NAMED]]
    found += _in_words(_differences(draft, filled))
    return found + list(_not_found(draft, filled))


def _differences(draft: Draft, filled: Filled) -> list[Finding]:
    indexed = Tally()
    for audience in Audience:
        for entry in draft.scan(audience):
            if entry.alive:
                indexed.add(audience, entry.id, entry.category, entry.digest)
    buckets = filled.tally.buckets_unlike(indexed)
    if not buckets:
        return []
    # What was changed meanwhile differs, too: only the database tells it from what is wrong.
    doubtful = (place for place in all_places() if bucket_of(document_id(*place)) in buckets)
    return [finding for batch in batches(doubtful, BATCH) for finding in examine(draft, batch)]


def _in_words(findings: list[Finding]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        where = " ".join([finding.audience.value, *filter(None, finding.category)])
        groups.setdefault((finding.drift.value, where), []).append(finding.id)
    for (drift, where), names in sorted(groups.items()):
        yield f"{len(names)} {drift} in {where}: {', '.join(names[:NAMED])}"


def _not_found(draft: Readable, filled: Filled) -> Iterator[str]:
    samples = {document["id"]: document for document in filled.samples.values()}
    for name, document in sorted(samples.items()):
        for text in (document.get("number", ""), *document.get("title", [])[:1]):
            found = not _WORD.search(text) or _finds(draft, text, document)
            if not found and _is_as_it_was(document):
                yield f"{name} is not found by {text!r}"


def _finds(draft: Readable, text: str, document: Document) -> bool:
    narrow = {name: (document[name],) for name in NARROWING if name in document}
    criteria = Criteria(text=normalise_text(text), filters=narrow)
    audience = Audience.PUBLIC if document["visibility"] == "public" else Audience.MEMBERS
    answer = draft.search(Request(criteria, audience, timezone.localdate(), regions=None))
    # Others of the same title may fill the page: its words find it all the same.
    titles = document.get("title", ())
    return any(hit.id == document["id"] or hit.title in titles for hit in answer.hits)


def _is_as_it_was(document: Document) -> bool:
    place = place_of(document["id"])
    now = views_of([place])[0][Audience.MEMBERS] if place else None
    return now is not None and now["digest"] == document["digest"]
