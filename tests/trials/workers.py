"""Workers as processes of their own: forked, so that they start at once, and killed at any time."""

import os
import signal
import traceback
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.trials.door import Door
from tests.trials.faults import Fault


def fork(work: Callable[[], object], log: Path) -> int:
    """Do something in a process of its own; gives its number. What goes wrong is in the log."""
    # An open SQLite database must not be carried into another process.
    connection.close()
    return os.fork() or _work_and_leave(work, log)


def _work_and_leave(work: Callable[[], object], log: Path) -> NoReturn:
    status = 0
    try:
        work()
    except BaseException:  # noqa: BLE001  # nothing may get back into the test from here
        log.write_text(traceback.format_exc())
        status = 1
    # No tidying up: what is tidied belongs to the process this one was forked from.
    os._exit(status)


class Workers:
    """A few `search_worker` processes, each behind a door of its own."""

    def __init__(self, node: str, number: int, log: Path, *, versions: bool = True) -> None:
        self._log = log
        self._pids: dict[int, int] = {}
        self.killed = 0
        self.doors = tuple(
            Door(node, kill=lambda place=place: self.kill(place), versions=versions)
            for place in range(number)
        )

    def ensure(self) -> None:
        """Start those that do not run; raises AssertionError for one that ended by itself."""
        for place in range(len(self.doors)):
            if place in self._pids and not self._has_ended(place):
                continue
            with ExitStack() as stack:
                for door in self.doors:
                    stack.enter_context(door.still())
                self._pids[place] = fork(lambda place=place: self._work(place), self._log)

    def _has_ended(self, place: int) -> bool:
        pid, status = os.waitpid(self._pids[place], os.WNOHANG)
        if pid:
            del self._pids[place]
            by = os.waitstatus_to_exitcode(status)
            assert by == -signal.SIGKILL, f"a worker ended with {by}: {self._log.read_text()}"
        return bool(pid)

    def _work(self, place: int) -> None:
        for door in self.doors:
            door.abandon()
        settings.ELASTICSEARCH_URLS = [self.doors[place].url]
        call_command("search_worker")

    def kill(self, place: int) -> None:
        """End one at once, whatever it does."""
        self.killed += 1
        with suppress(KeyError, ProcessLookupError):
            os.kill(self._pids[place], signal.SIGKILL)

    def turn(self, fault: Fault) -> None:
        """Let the requests of all of them fare as this fault says."""
        for door in self.doors:
            door.turn(fault)

    def deliver_late(self) -> int:
        """Bring the writes that were held back to the node; gives how many there were."""
        return sum(door.deliver_late() for door in self.doors)

    def met(self, fault: Fault) -> int:
        """Give how many requests met a fault."""
        return sum(door.met[fault] for door in self.doors)

    def close(self) -> None:
        """End all of them and their doors."""
        for place, pid in self._pids.items():
            self.kill(place)
            os.waitpid(pid, 0)
        self._pids.clear()
        for door in self.doors:
            door.close()
