"""Random writes while everything between editors, workers and the node fails: nothing is lost."""

from collections.abc import Callable

import pytest
from django.db import connection

from tests.trials.faults import Fault
from tests.trials.trial import Outcome, Trial
from tests.trials.truth import Drift

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file"),
]
SEEDS, WRITES = range(1, 6), 500


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_faults_both_indices_hold_what_the_database_says(
    make_trial: Callable[..., Trial], seed: int
) -> None:
    outcome = make_trial(seed).run(WRITES)
    print(outcome)
    assert outcome.drift == Drift(), f"seed {seed}"
    assert outcome.refused == []
    assert outcome.asked_by_editors == 0
    assert not set(Fault) - {Fault.REFUSED} - outcome.met.keys()
