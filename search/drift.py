"""Where an index does not hold what the database says, object by object."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from search.criteria import Audience
from search.engines.base import Document, Readable
from search.engines.generation import Category, Entry, category_of
from search.models import IndexChange, IndexCheck, IndexClock
from search.outbox import document_id, next_version
from search.sources import Place, Views, views_of

logger = logging.getLogger(__name__)


class Drift(StrEnum):
    """The ways in which an audience's index can be wrong about an object.

    It should be found and is not; it should be found by nobody and is; its text is not that of
    now; others may find it, but not this audience; it carries a number that was never given, so
    nothing newer is taken. A withdrawal that is long over is only to be swept up.
    """

    MISSING = "missing"
    GHOST = "ghost"
    STALE = "stale"
    WRONG_AUDIENCE = "wrong_audience"
    AHEAD = "ahead"
    OLD_TOMBSTONE = "old_tombstone"


@dataclass(frozen=True)
class Finding:
    """One object that an audience's index is wrong about."""

    drift: Drift
    audience: Audience
    id: str
    version: int
    category: Category


def examine(index: Readable, places: Sequence[Place]) -> list[Finding]:
    """Compare what an index holds of some objects with the database as it is now.

    An object with a change in the outbox is passed over: what it should be is on its way, or was
    refused and is told elsewhere. Raises `EngineDown`.
    """
    # The order matters. What changes after this number was drawn and is in the index already
    # carries a higher one; what changed before and is not is still in the outbox.
    number = next_version()
    truth = dict(zip(places, views_of(places), strict=True))
    waiting = _waiting(places)
    named = {document_id(*place): place for place in places if place not in waiting}
    findings: list[Finding] = []
    for audience in Audience:
        entries = {entry.id: entry for entry in index.scan(audience, list(named))}
        for name, place in named.items():
            entry = entries.get(name)
            if drift := _compare(truth[place], entry, audience, number):
                version = entry.version if entry else 0
                category = _category(truth[place], entry)
                findings.append(Finding(drift, audience, name, version, category))
    return findings


def _waiting(places: Iterable[Place]) -> set[Place]:
    ids: dict[str, list[int]] = {}
    for kind, pk in places:
        ids.setdefault(kind, []).append(pk)
    return {
        (kind, pk)
        for kind, pks in ids.items()
        for pk in IndexChange.objects.filter(kind=kind, object_id__in=pks).values_list(
            "object_id", flat=True
        )
    }


def _compare(views: Views, entry: Entry | None, audience: Audience, number: int) -> Drift | None:
    if entry and entry.version > number:
        return Drift.AHEAD if entry.version > last_number() else None
    document, alive = views[audience], entry is not None and entry.alive
    if document is None:
        if not alive:
            return None
        return Drift.WRONG_AUDIENCE if any(views.values()) else Drift.GHOST
    if entry is None or not alive:
        return Drift.MISSING
    return None if _same(document, entry) else Drift.STALE


def _same(document: Document, entry: Entry) -> bool:
    return document["digest"] == entry.digest and category_of(document) == entry.category


def last_number() -> int:
    """Give the last number that was given to anybody."""
    return IndexClock.objects.values_list("value", flat=True).first() or 0


def _category(views: Views, entry: Entry | None) -> Category:
    known = next((document for document in views.values() if document), None)
    return category_of(known) if known else entry.category if entry else ("", "", "")


def drift_of(counts: Mapping[str, int]) -> int:
    """Give how much is wrong by the counts of a check; what only has to be swept up is not."""
    return sum(count for drift, count in counts.items() if drift != Drift.OLD_TOMBSTONE)


def note_check(objects: int, found: Mapping[str, int], *, repaired: bool) -> None:
    """Keep what a check of the whole index found, instead of the one before."""
    counts = {drift.value: found[drift] for drift in Drift if found.get(drift)}
    IndexCheck.objects.update_or_create(
        {
            "at": timezone.now(),
            "begun_at": None,
            "objects_seen": objects,
            "found": counts,
            "repaired": repaired,
        },
        pk=1,
    )
    if drift_of(counts):
        logger.warning("the index differed from the database: %s; repaired: %s", counts, repaired)
