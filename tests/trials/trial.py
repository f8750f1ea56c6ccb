"""One trial: editors write, workers follow, faults come and go, and in the end all must be well."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from search.models import IndexChange
from tests.factories.review import World
from tests.trials.door import Door, opened
from tests.trials.editors import USUAL, Editors, Odds
from tests.trials.faults import Fault
from tests.trials.node import Node
from tests.trials.truth import Drift, compare
from tests.trials.workers import Workers

PATIENCE_SECONDS = 120
SHORTEST, LONGEST = 8, 22


@dataclass(frozen=True)
class Outcome:
    """What a trial came to."""

    drift: Drift
    met: Counter[Fault]
    killed: int
    late: int
    refused: list[str]
    asked_by_editors: int
    writes: dict[str, int]


@dataclass
class Trial:
    """A portal whose editors, workers and node are given; the faults follow from the seed."""

    world: World
    node: str
    prefix: str
    folder: Path
    seed: int
    workers: int = 2
    versions: bool = True
    odds: Odds = USUAL

    def run(self, writes: int, faults: tuple[Fault, ...] = tuple(Fault)) -> Outcome:
        """Do so many writes under these faults, one after the other, and compare in the end."""
        with self.staffed() as (editors, crew, editors_door):
            self.catch_up(crew)
            late = 0
            for fault, count in self._periods(writes, faults):
                late += self._endure(fault, count, editors, crew)
            self.catch_up(crew)
            # What comes long after everything else must not undo it.
            late += crew.deliver_late()
            return Outcome(
                drift=self.drift(),
                met=sum((door.met for door in crew.doors), self._met),
                killed=crew.killed,
                late=late,
                refused=list(
                    IndexChange.objects.filter(dead=True).values_list("reason", flat=True)
                ),
                asked_by_editors=editors_door.connections,
                writes=editors.done,
            )

    @contextmanager
    def staffed(self) -> Iterator[tuple[Editors, Workers, Door]]:
        """Give editors, the crew of workers, and the door that no editor may ask at."""
        self._node = Node(self.node, self.prefix)
        self._met: Counter[Fault] = Counter()
        self._dice = random.Random(f"faults {self.seed}")
        log = self.folder / "process.log"
        crew = Workers(self.node, self.workers, log, versions=self.versions)
        # Whoever asks at this door waits for ever, and is counted.
        with opened(Door(self.node)) as (door,):
            door.turn(Fault.HUNG)
            settings.SEARCH_ENGINE, settings.SEARCH_PREFIX = "elasticsearch", self.prefix
            settings.ELASTICSEARCH_URLS = [door.url]
            try:
                yield Editors(self.world, self.seed, log, odds=self.odds), crew, door
            finally:
                crew.close()

    def _periods(self, writes: int, faults: tuple[Fault, ...]) -> Iterator[tuple[Fault, int]]:
        while writes > 0:
            for fault in self._dice.sample(faults, len(faults)):
                count = min(writes, self._dice.randint(SHORTEST, LONGEST))
                if count > 0:
                    yield fault, count
                writes -= count

    def _endure(self, fault: Fault, count: int, editors: Editors, crew: Workers) -> int:
        """Let one fault last for so many writes; gives how many late writes arrived in the end."""
        crew.ensure()
        met = self._meets(fault, crew)
        self._begin(fault, crew)
        for turn in range(count):
            editors.write()
            if turn == count // 2:
                crew.ensure()
        self._wait_until_met(fault, met, crew)
        self._end(fault, crew)
        if self._dice.random() < 0.5:
            let_a_minute_pass()
        if self._dice.random() < 0.3:
            return crew.deliver_late()
        return 0

    def _begin(self, fault: Fault, crew: Workers) -> None:
        deeds = {
            Fault.EMPTIED: self._node.empty,
            Fault.FULL: lambda: self._node.block(True),
        }
        if fault in deeds:
            deeds[fault]()
            self._met[fault] += 1
            return
        crew.turn(fault)

    def _end(self, fault: Fault, crew: Workers) -> None:
        if fault is Fault.FULL:
            self._node.block(False)
        crew.turn(Fault.NONE)

    def _meets(self, fault: Fault, crew: Workers) -> Callable[[], bool]:
        """Give the question whether a worker has met the fault since now."""
        before = crew.met(fault)
        newest = IndexChange.objects.aggregate(newest=Max("pk"))["newest"] or 0

        def met() -> bool:
            if fault is Fault.EMPTIED:
                return self._node.is_in_use()
            if fault is Fault.FULL:
                # No door sees this: what could not be written tells.
                return IndexChange.objects.filter(pk__gt=newest, attempts__gt=0).exists()
            return crew.met(fault) > before

        return met

    def _wait_until_met(self, fault: Fault, met: Callable[[], bool], crew: Workers) -> None:
        if fault is Fault.REFUSED:
            # Nobody but the worker meets it.
            return

        def met_or_nothing_to_do() -> bool:
            waiting = IndexChange.objects.filter(dead=False)
            if met() or not waiting.exists():
                return True
            if not waiting.filter(due_at__lte=timezone.now()).exists():
                crew.ensure()
                let_a_minute_pass()
            return False

        wait_for(met_or_nothing_to_do, f"meeting {fault.name}")

    def drift(self) -> Drift:
        """Compare both indices with the database."""
        return compare(self._node.url, self.prefix)

    def catch_up(self, crew: Workers) -> None:
        """Let the workers do all that waits; the node behaves."""
        crew.turn(Fault.NONE)

        def caught_up() -> bool:
            crew.ensure()
            let_a_minute_pass()
            waiting = IndexChange.objects.filter(dead=False).exists()
            return not waiting and self._node.is_in_use()

        wait_for(caught_up, "catching up")


def wait_for(come: Callable[[], bool], what: str) -> None:
    """Wait until something is so; raises AssertionError after much patience."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not come():
        assert time.monotonic() < end, f"{what} takes too long: {_waiting()}"
        time.sleep(0.02)


def let_a_minute_pass() -> None:
    """Do to the outbox what a minute does: what a dead worker had taken may be taken again."""
    now = timezone.now()
    IndexChange.objects.filter(dead=False, due_at__gt=now).update(due_at=now)


def _waiting() -> list[tuple[str, int]]:
    """Name the reasons for which changes wait, and how often each was tried."""
    return list(IndexChange.objects.values_list("reason", "attempts").distinct()[:5])
