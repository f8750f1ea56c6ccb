"""A process that rebuilds the index and is killed where it is told to be.

Run as a program: `python -m tests.search.rebuilder build|again [POINT]` prints as JSON what is
found and the roles of the generations, before and after its work, and is killed at the point.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

CASES = 5


def kill_myself(*_args: Any, **_options: Any) -> None:
    """End at once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def build() -> None:
    """Make a few cases and the first index of them."""
    from search.generations import build_first
    from tests.factories.cases import make_case

    for number in range(CASES):
        make_case(f"Transit {number}")
    assert build_first(_engine())


def kill(point: str) -> None:
    """Rebuild, and be killed at a point on the way."""
    from search import generations

    generations.BATCH = 2
    engine = _engine()
    use = engine.use

    def use_and_die(name: str) -> None:
        use(name)
        kill_myself()

    places: dict[str, Callable[[], object]] = {
        "nothing filled": lambda: setattr(generations, "_fill", kill_myself),
        "half filled": lambda: setattr(generations, "_prolong", _second_time(kill_myself)),
        "before the swap": lambda: setattr(engine, "use", kill_myself),
        "after the swap": lambda: setattr(engine, "use", use_and_die),
    }
    places[point]()
    generations.rebuild(engine)
    raise AssertionError("nothing killed the rebuild")


def _second_time(act: Callable[[], None]) -> Callable[[], None]:
    calls: list[int] = []

    def called() -> None:
        calls.append(1)
        if len(calls) == 2:
            act()

    return called


def again() -> None:
    """Tell what a reader finds after a kill, then rebuild as if nothing had been."""
    from search.generations import rebuild

    report()
    rebuild(_engine())


def report() -> None:
    """Print what is found and which roles there are."""
    from tests.search.looking import look

    results = look("transit", size=100)
    roles = [str(found.role) for found in _engine().generations()]
    found = {"total": results.total, "engine": results.engine, "roles": sorted(roles)}
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def _engine() -> Any:
    from search.engines import get_engine

    return get_engine()


if __name__ == "__main__":
    django.setup()
    {"build": build, "again": again}[sys.argv[1]]()
    report()
    if sys.argv[2:]:
        kill(sys.argv[2])
