"""Bringing changes from the outbox into the index, batch by batch, whatever the engine does."""

import logging
import random
import time
from collections.abc import Callable, Iterable

from search.engines import get_engine
from search.engines.base import Engine, EngineDown, ItemResult, Outcome, Target, Write
from search.outbox import Claim, bury, claim, finish, next_version, record, release
from search.sources import NOBODY, SOURCES

logger = logging.getLogger(__name__)

BATCH = 200
POLL_SECONDS = 0.2
FIRST_WAIT = 0.5
LONGEST_WAIT = 10.0


def work_off(engine: Engine, *, limit: int = BATCH) -> int:
    """Bring one batch of changes into the index; gives how many changes were taken.

    Raises `EngineDown` after giving the changes back.
    """
    claims = claim(limit)
    if not claims:
        return 0
    try:
        results = engine.write(look_at(claims))
    except EngineDown as fault:
        release(claims, reason=str(fault))
        raise
    except BaseException:
        release(claims, reason="the worker was interrupted")
        raise
    _settle(claims, results)
    return sum(len(item.rows) for item in claims)


def look_at(claims: Iterable[Claim]) -> list[Write]:
    """Read every object as it is now, all of one kind in one go, after it got its number."""
    found = list(claims)
    views = {
        kind: source.load(item.object_id for item in found if item.kind == kind)
        for kind, source in SOURCES.items()
        if any(item.kind == kind for item in found)
    }
    return [
        Write(
            item.document_id,
            item.version,
            views.get(item.kind, {}).get(item.object_id, NOBODY),
        )
        for item in found
    ]


def _settle(claims: list[Claim], results: list[ItemResult]) -> None:
    pairs = list(zip(claims, results, strict=True))
    finish([item for item, result in pairs if result.outcome in {Outcome.DONE, Outcome.STALE}])
    again = [item for item, result in pairs if result.outcome is Outcome.RETRY]
    if again:
        release(again, delay=FIRST_WAIT, reason=next(r.reason for _, r in pairs if r.reason))
    for item, result in pairs:
        if result.outcome is Outcome.REFUSED:
            logger.error("the index refused %s: %s", item.document_id, result.reason)
            bury(item, reason=result.reason)


def drain(engine: Engine | None = None) -> int:
    """Work off everything that is due now; gives how many changes that was.

    Makes the index and records every object first where there is none. Raises `EngineDown`.
    """
    target = engine or get_engine()
    ensure_index(target)
    done = 0
    while taken := work_off(target):
        done += taken
    return done


def ensure_index(engine: Engine) -> bool:
    """Make the index where it is missing, and record everything for it; says whether it did."""
    made = engine.setup()
    if made:
        record_everything()
    return made


def record_everything() -> None:
    """Note every object, so that an empty index fills."""
    for kind, source in SOURCES.items():
        record(kind=kind, object_ids=source.all_ids())


def fill(target: Target, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Write every object as it is now into a new index; gives how many were looked at."""
    places = [(kind, pk) for kind, source in SOURCES.items() for pk in source.all_ids()]
    for start in range(0, len(places), BATCH):
        version = next_version()
        batch = look_at(Claim(kind, pk, version, ()) for kind, pk in places[start : start + BATCH])
        for item, result in zip(batch, target.write(batch), strict=True):
            if result.outcome in {Outcome.REFUSED, Outcome.RETRY}:
                raise EngineDown(f"the new index did not take {item.id}: {result.reason}")
        if progress:
            progress(min(start + BATCH, len(places)), len(places))
    return len(places)


def rebuild(engine: Engine, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Fill new indices from the database and switch to them; nothing written meanwhile is lost."""
    with engine.rebuilding() as target:
        return fill(target, progress=progress)


class Loop:
    """Polls the outbox; waits longer and longer, with jitter, while the engine is down."""

    def __init__(self, engine: Engine, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._engine = engine
        self._sleep = sleep
        self._wait = FIRST_WAIT
        self._ready = False
        self.running = True

    def run(self) -> None:
        """Work until `running` is set to False."""
        while self.running:
            self.turn()

    def turn(self) -> None:
        """Do what is due, or sleep a while."""
        try:
            if not self._ready:
                ensure_index(self._engine)
                self._ready = True
            taken = work_off(self._engine)
        except EngineDown as fault:
            self._ready = False
            logger.warning("search worker: %s; next try in %.1f s", fault, self._wait)
            self._sleep(self._wait * random.uniform(0.7, 1.3))  # noqa: S311
            self._wait = min(self._wait * 2, LONGEST_WAIT)
        else:
            self._wait = FIRST_WAIT
            if not taken:
                self._sleep(POLL_SECONDS)
