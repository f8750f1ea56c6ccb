"""Comparing the whole index with the database, in both directions, and mending it by the outbox.

Objects are read in batches, so that no more than one batch of documents is in memory.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from search.batches import batches
from search.criteria import Audience
from search.drift import Drift, Finding, drift_of, examine, last_number, note_check
from search.engines.base import Engine
from search.engines.generation import Entry
from search.generations import NothingToDo
from search.models import HiddenFrom, IndexCheck
from search.outbox import never_below, now_as_number, place_of, record
from search.sources import Place, all_places

BATCH = 500
DAILY = timedelta(hours=24)
# A check that began and was never heard of again is taken for dead after this.
GIVEN_UP = timedelta(hours=6)
TOMBSTONE_AGE = timedelta(days=7)
# So many may always be withdrawn; beyond them, no more than this part of an audience's index.
FEW = 10
PART = 5
# Repairs wait for their turn, so that editors' changes come in between them.
PACE = timedelta(seconds=2)
PER_PACE = 200
WITHDRAWN = {Drift.GHOST, Drift.WRONG_AUDIENCE}


class TooMuch(Exception):
    """So much would be withdrawn that the database is to be doubted, not the index."""


class Check:
    """One pass over everything: `steps` does it, `found` counts what is wrong, by kind."""

    def __init__(self, engine: Engine, *, repair: bool) -> None:
        self.found: Counter[str] = Counter()
        self._engine = engine
        self._repair = repair
        self._alive: Counter[Audience] = Counter()
        self._withdrawn: Counter[Audience] = Counter()
        self._wrong: dict[Place, HiddenFrom] = {}
        self._highest = 0

    @property
    def drift(self) -> int:
        """How much is wrong; what only has to be swept up is not."""
        return drift_of(self.found)

    def steps(self) -> Iterator[tuple[int, int]]:
        """Compare a batch at each step, giving how many objects of how many; mend in the end.

        Raises `NothingToDo` where the index in use is not of today's form, `TooMuch` where
        mending would withdraw too much (the check is noted, nothing is mended), and `EngineDown`.
        """
        in_use = self._engine.in_use()
        if in_use is None or in_use.form != self._engine.form:
            raise NothingToDo("No index of today's form is in use: a rebuild is needed first.")
        places = all_places()
        for number, batch in enumerate(batches(places, BATCH)):
            self._note(examine(self._engine, batch))
            yield number * BATCH + len(batch), len(places)
        for batch in batches(sorted(self._strangers(set(places))), BATCH):
            self._note(examine(self._engine, batch))
        too_much = self._too_much()
        if self._repair and not too_much:
            self._mend()
        note_check(len(places), self.found, repaired=self._repair and not too_much)
        if self._repair and too_much:
            raise TooMuch(too_much)

    def _note(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self.found[finding.drift] += 1
            self._withdrawn[finding.audience] += finding.drift in WITHDRAWN
            self._highest = max(self._highest, finding.version)
            if place := place_of(finding.id):
                before = self._wrong.get(place, HiddenFrom.UNSAID)
                self._wrong[place] = _hidden(finding) or before

    def _strangers(self, known: set[Place]) -> set[Place]:
        """Name what the index holds and the database does not; sweep up old withdrawals."""
        number, strangers = last_number(), set()
        for audience in Audience:
            for batch in batches(self._engine.scan(audience), BATCH):
                self._alive[audience] += sum(entry.alive for entry in batch)
                self._sweep(audience, [entry for entry in batch if _is_long_over(entry)])
                for entry in batch:
                    place = place_of(entry.id)
                    if place is None:
                        self.found[Drift.GHOST] += 1
                    elif place not in known and (entry.alive or entry.version > number):
                        strangers.add(place)
        return strangers

    def _sweep(self, audience: Audience, tombstones: Sequence[Entry]) -> None:
        self.found[Drift.OLD_TOMBSTONE] += len(tombstones)
        if self._repair and tombstones:
            self._engine.purge(audience, tombstones)

    def _too_much(self) -> str:
        """Say in words where more would be withdrawn than an index can lose by mistakes."""
        return "; ".join(
            f"{count} of {self._alive[audience]} documents would be withdrawn from {audience}"
            for audience, count in self._withdrawn.items()
            if count > max(FEW, self._alive[audience] // PART)
        )

    def _mend(self) -> None:
        """Note what is wrong for the workers: what must not be seen at once, the rest in turns."""
        waiting = {place for place, state in self._wrong.items() if state == HiddenFrom.UNSAID}
        with transaction.atomic():
            if self.found[Drift.AHEAD]:
                never_below(self._highest)
            for (kind, pk), state in self._wrong.items():
                if state != HiddenFrom.UNSAID:
                    record(kind=kind, object_ids=[pk], hidden_from=state)
            for number, batch in enumerate(batches(sorted(waiting), PER_PACE)):
                for kind, found in groupby(batch, key=itemgetter(0)):
                    record(kind=kind, object_ids=[pk for _kind, pk in found], after=number * PACE)


def _hidden(finding: Finding) -> HiddenFrom:
    if finding.drift not in WITHDRAWN:
        return HiddenFrom.UNSAID
    return HiddenFrom.PUBLIC if finding.audience is Audience.PUBLIC else HiddenFrom.EVERYBODY


def _is_long_over(entry: Entry) -> bool:
    age = now_as_number() - entry.version
    return not entry.alive and age > TOMBSTONE_AGE / timedelta(milliseconds=1)


def take_daily_check() -> bool:
    """Say whether the daily check is due, and that nobody else has begun it: it is the caller's."""
    now = timezone.now()
    IndexCheck.objects.get_or_create(pk=1)
    due = Q(at=None) | Q(at__lte=now - DAILY)
    free = Q(begun_at=None) | Q(begun_at__lte=now - GIVEN_UP)
    return bool(IndexCheck.objects.filter(due, free, pk=1).update(begun_at=now))
