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
from elasticsearch import Elasticsearch

from search.models import IndexChange, IndexClock
from tests.factories.review import World
from tests.trials.door import Door, opened
from tests.trials.editors import Editors
from tests.trials.faults import Fault
from tests.trials.truth import Drift, compare
from tests.trials.workers import Workers

PATIENCE_SECONDS = 40
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

    def run(self, writes: int, faults: tuple[Fault, ...] = tuple(Fault)) -> Outcome:
        """Do so many writes under these faults, one after the other, and compare in the end."""
        with self._staffed() as (editors, crew, editors_door):
            self._catch_up(crew)
            late = 0
            for fault, count in self._periods(writes, faults):
                late += self._endure(fault, count, editors, crew)
            self._catch_up(crew)
            # What comes long after everything else must not undo it.
            late += sum(door.deliver_late() for door in crew.doors)
            return Outcome(
                drift=compare(self.node, self.prefix),
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
    def _staffed(self) -> Iterator[tuple[Editors, Workers, Door]]:
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
                yield Editors(self.world, self.seed, log), crew, door
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
        before = self._met_by(crew, fault), _newest_change()
        self._begin(fault, crew)
        for _turn in range(count):
            editors.write()
        self._wait_for(lambda: self._is_met(fault, *before, crew), f"meeting {fault.name}")
        self._end(fault, crew)
        if self._dice.random() < 0.5:
            let_a_minute_pass()
        if self._dice.random() < 0.3:
            return sum(door.deliver_late() for door in crew.doors)
        return 0

    def _begin(self, fault: Fault, crew: Workers) -> None:
        if fault is Fault.EMPTIED:
            self._on_node(lambda client: client.indices.delete(index=self._indices()))
        elif fault is Fault.FULL:
            self._block(True)
        else:
            for door in crew.doors:
                door.turn(fault)
            return
        self._met[fault] += 1

    def _end(self, fault: Fault, crew: Workers) -> None:
        if fault is Fault.FULL:
            self._block(None)
        for door in crew.doors:
            door.turn(Fault.NONE)

    def _block(self, value: bool | None) -> None:
        setting = {"index.blocks.read_only_allow_delete": value}
        self._on_node(
            lambda client: client.indices.put_settings(index=f"{self.prefix}-*", settings=setting)
        )

    def _on_node(self, act: Callable[[Elasticsearch], object]) -> None:
        with Elasticsearch(self.node) as client:
            act(client)

    def _indices(self) -> list[str]:
        with Elasticsearch(self.node) as client:
            return list(client.indices.get(index=f"{self.prefix}-*"))

    def _met_by(self, crew: Workers, fault: Fault) -> int:
        return sum(door.met[fault] for door in crew.doors)

    def _is_met(self, fault: Fault, before: int, newest: int, crew: Workers) -> bool:
        if fault in {Fault.EMPTIED, Fault.REFUSED} or not _due():
            return True
        if fault is Fault.FULL:
            # No door sees this: what could not be written tells.
            return IndexChange.objects.filter(pk__gt=newest, attempts__gt=0).exists()
        return self._met_by(crew, fault) > before

    def _catch_up(self, crew: Workers) -> None:
        for door in crew.doors:
            door.turn(Fault.NONE)

        def caught_up() -> bool:
            crew.ensure()
            let_a_minute_pass()
            waiting = IndexChange.objects.filter(dead=False).exists()
            return not waiting and bool(self._indices())

        self._wait_for(caught_up, "catching up")

    @staticmethod
    def _wait_for(come: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not come():
            assert time.monotonic() < end, (
                f"{what}: it has not come, {list(IndexChange.objects.values_list('reason', 'attempts', 'due_at')[:3])}"
            )
            time.sleep(0.02)


def let_a_minute_pass() -> None:
    """Do to the outbox what a minute does: what a dead worker had taken may be taken again."""
    now = timezone.now()
    IndexChange.objects.filter(dead=False, due_at__gt=now).update(due_at=now)


def _due() -> bool:
    return IndexChange.objects.filter(dead=False, due_at__lte=timezone.now()).exists()


def _newest_change() -> int:
    return IndexChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
