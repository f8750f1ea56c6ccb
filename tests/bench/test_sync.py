"""What it costs to compare the whole index with the database, in both directions."""

import time

import pytest

from search.generations import rebuild
from search.reconcile import Check
from tests.bench.conftest import Used
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal

pytestmark = pytest.mark.bench
MANY = 100_000


def test_check_of_the_whole_index(portal: Portal, used: Used, report: Report) -> None:
    objects = rebuild(used.engine)
    check = Check(used.engine, repair=False)
    start = time.perf_counter()
    for _step in check.steps():
        pass
    seconds = time.perf_counter() - start
    assert not check.drift
    name = f"Check of {MANY:,} cases, {used.name}"
    report.add("check", Figure(name, seconds * MANY / objects, "s", goal=Limit(600)))
