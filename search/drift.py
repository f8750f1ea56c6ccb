"""Where an index does not hold what the database says, object by object."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.criteria import Audience
from search.engines.base import Document, Readable
from search.engines.generation import Category, Entry, category_of
from search.models import IndexChange, IndexClock
from search.outbox import document_id, next_version
from search.sources import Place, Views, views_of


class Drift(StrEnum):
    """The ways in which an index can be wrong about an object."""

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
            drift = _compare(truth[place], entries.get(name), audience, number)
            if drift:
                category = _category(truth[place], entries.get(name))
                findings.append(Finding(drift, audience, name, category))
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
        return Drift.AHEAD if entry.version > _last_number() else None
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


def _last_number() -> int:
    return IndexClock.objects.values_list("value", flat=True).first() or 0


def _category(views: Views, entry: Entry | None) -> Category:
    known = next((document for document in views.values() if document), None)
    return category_of(known) if known else entry.category if entry else ("", "", "")
