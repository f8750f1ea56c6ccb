"""Building a new generation of indices beside the one in use, going over to it, and going back."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from search.batches import batches
from search.drift import note_check
from search.engines.base import Draft, Engine, EngineDown, ItemResult, Outcome, Write
from search.engines.generation import Role
from search.gate import Filled, objections
from search.models import IndexChange, IndexClock
from search.outbox import document_id, next_version, record_refused
from search.sources import Place, all_places, views_of

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]

BATCH = 500
WAITS = (0.5, 1.0, 2.0)
LEASE = timedelta(minutes=2)


class GateClosed(Exception):
    """A new generation is not what the database says; `reasons` tell where."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)


class NothingToDo(Exception):
    """What was asked for cannot be done now, for the reason it carries."""


def rebuild(engine: Engine, *, progress: Progress | None = None) -> int:
    """Fill a new generation from the database and go over to it; gives the number of objects.

    Nothing written meanwhile is lost. Raises `GateClosed` where it is not what the database says,
    and `EngineDown`; the generation in use stays in use then. Where there is none, the new one is
    used whatever the gate says: nothing worse can take its place.
    """
    with _filling():
        dead = list(IndexChange.objects.filter(dead=True))
        in_use = engine.in_use()
        draft = engine.begin()
        try:
            filled = _fill(draft, progress)
            draft.settle()
            known = {document_id(row.kind, row.object_id) for row in dead}
            reasons = objections(draft, filled, known=known)
            if reasons and in_use:
                raise GateClosed(reasons)
        except BaseException:
            with suppress(EngineDown):
                engine.drop(draft.name)
            raise
        engine.use(draft.name)
    for reason in reasons:
        logger.error("the first index is in use although %s", reason)
    if not reasons:
        note_check(filled.objects, {}, repaired=True)
    _settle_refused(dead, filled)
    return filled.objects


def _fill(draft: Draft, progress: Progress | None) -> Filled:
    places = all_places()
    filled = Filled()
    for batch in batches(places, BATCH):
        _fill_batch(draft, batch, filled)
        _prolong()
        if progress:
            progress(filled.objects, len(places))
    return filled


def _fill_batch(draft: Draft, places: Sequence[Place], filled: Filled) -> None:
    version = next_version()
    batch = [
        Write(document_id(*place), version, views)
        for place, views in zip(places, views_of(places), strict=True)
    ]
    filled.objects += len(batch)
    for item, result in zip(batch, _write(draft, batch), strict=True):
        if result.outcome is Outcome.REFUSED:
            filled.refused[item.id] = result.reason
        else:
            filled.note(item)


def _write(draft: Draft, batch: Sequence[Write]) -> list[ItemResult]:
    for wait in WAITS:
        results = draft.write(batch)
        if all(result.outcome is not Outcome.RETRY for result in results):
            return results
        time.sleep(wait)
    reason = next(result.reason for result in results if result.outcome is Outcome.RETRY)
    raise EngineDown(f"the new index does not take documents: {reason}")


def _settle_refused(dead: Sequence[IndexChange], filled: Filled) -> None:
    """Forget what was refused once and is taken now; lay aside what the first index refused."""
    taken = [row.pk for row in dead if document_id(row.kind, row.object_id) not in filled.refused]
    IndexChange.objects.filter(pk__in=taken).delete()
    record_refused(filled.refused)


def roll_back(engine: Engine) -> str:
    """Let readers have the previous generation again, which has been kept in step; gives its name.

    Raises `NothingToDo` where there is none, and `EngineDown`.
    """
    previous = [found for found in engine.generations() if found.role is Role.PREVIOUS]
    if not previous:
        raise NothingToDo("There is no previous generation to go back to.")
    engine.use(previous[0].name)
    return previous[0].name


def prune(engine: Engine) -> list[str]:
    """Remove every generation but the one in use; gives their names.

    Raises `NothingToDo` while a rebuild runs, and `EngineDown`.
    """
    if IndexClock.objects.filter(filling_until__gt=timezone.now()).exists():
        raise NothingToDo("A rebuild is running: prune when it has ended.")
    names = [found.name for found in engine.generations() if found.role is not Role.CURRENT]
    for name in names:
        engine.drop(name)
    return names


def build_first(engine: Engine) -> bool:
    """Build the first generation where there is none and nobody else does; says whether it did.

    Raises `EngineDown`.
    """
    if engine.in_use() or not _may_begin():
        return False
    rebuild(engine)
    return True


def _may_begin() -> bool:
    IndexClock.objects.get_or_create(pk=1)
    free = Q(filling_until=None) | Q(filling_until__lte=timezone.now())
    return bool(IndexClock.objects.filter(free, pk=1).update(filling_until=timezone.now() + LEASE))


@contextmanager
def _filling() -> Iterator[None]:
    """Keep workers from beginning the same; a rebuild that is killed stops keeping them soon."""
    IndexClock.objects.get_or_create(pk=1)
    _prolong()
    try:
        yield
    finally:
        IndexClock.objects.filter(pk=1).update(filling_until=None)


def _prolong() -> None:
    IndexClock.objects.filter(pk=1).update(filling_until=timezone.now() + LEASE)
