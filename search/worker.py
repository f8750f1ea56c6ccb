"""Bringing changes from the outbox into the index, batch by batch, whatever the engine does."""

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator

from casestudies.models import CaseStudyPage
from search.criteria import Audience
from search.engines import get_engine
from search.engines.base import Engine, EngineDown, ItemResult, Outcome, Write
from search.generations import NothingToDo, build_first
from search.models import IndexChange
from search.outbox import Claim, bury, claim, finish, record, release
from search.reconcile import Check, TooMuch, take_daily_check
from search.sources import SOURCES, views_of

logger = logging.getLogger(__name__)

BATCH = 200
POLL_SECONDS = 0.2
LOOK_SECONDS = 15.0
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
    views = views_of((item.kind, item.object_id) for item in found)
    return [
        Write(item.document_id, item.version, held) for item, held in zip(found, views, strict=True)
    ]


def _settle(claims: list[Claim], results: list[ItemResult]) -> None:
    pairs = list(zip(claims, results, strict=True))
    finish([item for item, result in pairs if result.outcome in {Outcome.DONE, Outcome.STALE}])
    again = [item for item, result in pairs if result.outcome is Outcome.RETRY]
    if again:
        reason = next(r.reason for _, r in pairs if r.outcome is Outcome.RETRY)
        release(again, reason=reason, later=True)
    for item, result in pairs:
        if result.outcome is Outcome.REFUSED:
            logger.error("the index refused %s: %s", item.document_id, result.reason)
            bury(item, reason=result.reason)


def drain(engine: Engine | None = None) -> int:
    """Work off everything that is due now; gives how many changes that was.

    Builds the index first where there is none. Raises `EngineDown`.
    """
    target = engine or get_engine()
    ensure_index(target)
    done = 0
    while taken := work_off(target):
        done += taken
    return done


def ensure_index(engine: Engine) -> bool:
    """Build the index where it is missing, note everything where it is empty; says whether it did.

    Raises `EngineDown`.
    """
    if build_first(engine):
        return True
    emptied = _is_emptied(engine)
    if emptied:
        logger.warning("the index has lost its documents: everything is brought in again")
        record_everything()
    return emptied


def _is_emptied(engine: Engine) -> bool:
    return (
        engine.in_use() is not None
        and not engine.counts()[Audience.MEMBERS]
        and not IndexChange.objects.exists()
        and CaseStudyPage.objects.published().exists()
    )


def record_everything() -> None:
    """Note every object, so that an empty index fills."""
    for kind, source in SOURCES.items():
        record(kind=kind, object_ids=source.all_ids())


class Loop:
    """Polls the outbox; waits longer and longer, with jitter, while the engine is down."""

    def __init__(self, engine: Engine, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._engine = engine
        self._sleep = sleep
        self._wait = FIRST_WAIT
        self._next_look = 0.0
        self._check: Iterator[object] = iter(())
        self.running = True

    def run(self) -> None:
        """Work until `running` is set to False."""
        while self.running:
            self.turn()

    def turn(self) -> None:
        """Do what is due, or sleep a while."""
        try:
            self._look_after_the_index()
            taken = work_off(self._engine) or self._check_on()
        except EngineDown as fault:
            self._next_look = 0.0
            logger.warning("search worker: %s; next try in %.1f s", fault, self._wait)
            self._sleep(self._wait * random.uniform(0.7, 1.3))  # noqa: S311
            self._wait = min(self._wait * 2, LONGEST_WAIT)
        else:
            self._wait = FIRST_WAIT
            if not taken:
                self._sleep(POLL_SECONDS)

    def _look_after_the_index(self) -> None:
        # An engine that comes back empty says so to nobody: it has to be looked at.
        if time.monotonic() < self._next_look:
            return
        ensure_index(self._engine)
        self._next_look = time.monotonic() + LOOK_SECONDS
        if take_daily_check():
            self._check = Check(self._engine, repair=True).steps()

    def _check_on(self) -> bool:
        """Do a step of the daily check, when nothing else is to be done; says whether it did."""
        try:
            return next(self._check, None) is not None
        except (NothingToDo, TooMuch) as fault:
            logger.error("the daily check of the index: %s", fault)
            return False
