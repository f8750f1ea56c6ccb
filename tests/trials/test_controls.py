"""The trials bite: each safeguard taken away is seen as the damage that it prevents."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from search import outbox, receivers, worker
from search.engines import elasticsearch_bulk, get_engine
from search.engines.base import ItemResult, Outcome
from search.outbox import Claim
from tests.trials.faults import Fault
from tests.trials.trial import Trial, wait_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file"),
]


def test_without_versions_a_late_write_undoes_a_newer_one(make_trial: Callable[..., Trial]) -> None:
    trial = make_trial(1, versions=False, workers=1)
    with trial.staffed() as (editors, crew, _door):
        trial.catch_up(crew)
        crew.turn(Fault.LATE)
        editors.bring(editors.line_of("first-0"), publish=True)
        wait_for(lambda: crew.met(Fault.LATE) > 0, "holding a write back")
        editors.bring(editors.line_of("first-0"), publish=True)
        trial.catch_up(crew)
        assert not trial.drift().total
        assert crew.deliver_late()
        assert trial.drift().stale


def test_outbox_written_after_the_commit_loses_what_a_killed_editor_did(
    make_trial: Callable[..., Trial], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(**change: Any) -> None:
        named = {"object_ids": list(change.pop("object_ids"))}
        transaction.on_commit(lambda: outbox.record(**change, **named))

    monkeypatch.setattr(receivers, "record", too_late)
    assert make_trial(1, odds=(50, 0, 50)).run(60, (Fault.NONE,)).drift.total


def test_refusal_for_now_taken_for_a_success_loses_documents(
    make_trial: Callable[..., Trial], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = ItemResult(Outcome.DONE)
    monkeypatch.setattr(elasticsearch_bulk, "outcome_of", lambda told: done)
    assert make_trial(1).run(40, (Fault.BLOCKED,)).drift.missing


def test_change_forgotten_before_it_is_written_dies_with_the_worker(
    make_trial: Callable[..., Trial], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hasty(limit: int) -> list[Claim]:
        claims = outbox.claim(limit)
        outbox.finish(claims)
        return claims

    monkeypatch.setattr(worker, "claim", hasty)
    assert make_trial(1).run(60, (Fault.KILLED_BEFORE, Fault.RESET)).drift.total


def test_write_that_asks_the_engine_is_counted(
    make_trial: Callable[..., Trial], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def curious(*, object_ids: Iterable[int], **change: Any) -> None:
        get_engine().ping()
        outbox.record(object_ids=object_ids, **change)

    settings.SEARCH_READ_SECONDS = 0.05
    monkeypatch.setattr(receivers, "record", curious)
    assert make_trial(1).run(8, (Fault.NONE,)).asked_by_editors
