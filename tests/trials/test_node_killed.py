"""The node itself is killed in the midst of writes and comes back with what it had kept."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from tests.support.nodes.elasticsearch import MortalNode, mortal_node
from tests.trials.editors import Editors
from tests.trials.faults import Fault
from tests.trials.trial import Trial, wait_for
from tests.trials.truth import Drift
from tests.trials.workers import Workers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file"),
]
WRITES = 20


@pytest.fixture
def node() -> Iterator[MortalNode]:
    """Gives a node of this test alone."""
    with mortal_node(heap="256m") as node:
        yield node


def test_nothing_is_lost_with_the_node(make_trial: Callable[..., Trial], node: MortalNode) -> None:
    trial = make_trial(1, node=node.url)
    with trial.staffed() as (editors, crew, editors_door):
        trial.catch_up(crew)
        _write(editors, WRITES)
        _kill_in_the_midst(node, editors, crew)
        _write(editors, WRITES)
        node.start()
        trial.catch_up(crew)
        assert trial.drift() == Drift()
        assert editors_door.connections == 0


def _write(editors: Editors, times: int) -> None:
    for _write in range(times):
        editors.write()


def _kill_in_the_midst(node: MortalNode, editors: Editors, crew: Workers) -> None:
    """Kills the node while a batch is on its way to it: nobody hears whether it was kept."""
    met = crew.met(Fault.LOST)
    crew.turn(Fault.LOST)
    editors.bring_in()
    wait_for(lambda: crew.met(Fault.LOST) > met, "a batch on its way")
    node.end()
    crew.turn(Fault.NONE)
