"""Random writes while everything between editors, workers and the node fails: nothing is lost."""

import os
from collections.abc import Callable

import pytest
from django.db import connection

from tests.trials.faults import Fault
from tests.trials.trial import Trial
from tests.trials.truth import Drift

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file"),
]
RUNS = [(seed, 500) for seed in range(1, 6)]
# `make bench` takes as many long ones as it is told.
LONG = int(os.environ.get("FAULT_RUNS", "20"))
LONG_RUNS = [pytest.param(101 + nth, 2_000, marks=pytest.mark.bench) for nth in range(LONG)]
# What is met at every run; a refused connection is met by nobody but the worker.
CERTAIN = set(Fault) - {Fault.REFUSED}


@pytest.mark.parametrize(("seed", "writes"), RUNS + LONG_RUNS)
def test_after_any_faults_both_indices_hold_what_the_database_says(
    make_trial: Callable[..., Trial], seed: int, writes: int
) -> None:
    outcome = make_trial(seed).run(writes)
    assert outcome.drift == Drift(), outcome
    assert outcome.refused == []
    assert outcome.asked_by_editors == 0
    assert not CERTAIN - outcome.met.keys()
