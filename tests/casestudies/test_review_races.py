"""Two people at once: whoever is second is told so, and nothing happens twice."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from casestudies.models import CaseStudyPage, CaseVersion, Decision
from casestudies.services.actions import token_of
from casestudies.services.decisions import decide
from casestudies.services.lifecycle import withdraw_case
from casestudies.services.refusals import Refused
from casestudies.services.reviewing import invite_reviewer, submit_review
from casestudies.services.submission import submit_case
from casestudies.states import State, state_of
from tests.factories.review import (
    World,
    assign,
    bring_to,
    fresh,
    invite,
    make_draft,
    make_world,
    review_answers,
    task_state_of,
)
from tests.support.databases import copy_database, put_back

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("rows_come_back"),
]


@pytest.fixture
def world() -> World:
    """The world, committed, so that other connections see it."""
    return make_world()


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Run the actions in threads of their own that start together; give how each one ended."""
    start, outcomes = Barrier(len(actions)), [""] * len(actions)

    def run(index: int, action: Callable[[], object]) -> None:
        start.wait()
        try:
            action()
            outcomes[index] = "done"
        except Refused:
            outcomes[index] = "refused"
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def deciding(world: World, case: CaseStudyPage, who: str, action: str) -> Callable[[], object]:
    """Give the decision of a person who has read the present text."""
    person, task_state = world[who], task_state_of(case)
    answers = {"seen": token_of(fresh(case).latest_revision), "reasons": "Because."}
    return lambda: decide(task_state=task_state, by=person, action=action, answers=answers)


@pytest.mark.parametrize("other", ["publish", "return", "decline"])
def test_of_two_deciders_one_is_heard(world: World, other: str) -> None:
    case = bring_to(world, State.DECISION)
    outcomes = at_once(
        deciding(world, case, "coordinator", "publish"),
        deciding(world, case, "coordinator2", other),
    )
    assert outcomes == ["done", "refused"]
    made = Decision.objects.filter(case=case, step="decision")
    assert made.count() == 1
    assert CaseVersion.objects.filter(page=case).count() == (made.get().kind == "published")


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file")
def test_of_two_deciders_one_is_heard_two_hundred_times(world: World, tmp_path: Path) -> None:
    others = ("publish", "return", "decline")
    case = bring_to(world, State.DECISION)
    copy_database(before := tmp_path / "before.sqlite3")
    for turn in range(200):
        put_back(before)
        outcomes = at_once(
            deciding(world, case, "coordinator", "publish"),
            deciding(world, case, "coordinator2", others[turn % 3]),
        )
        decision = Decision.objects.get(case=case, step="decision")
        assert outcomes == ["done", "refused"]
        assert fresh(case).live == (decision.kind == "published")
        assert CaseVersion.objects.filter(page=case).count() == fresh(case).live


def test_of_two_senders_one_starts_the_review(world: World) -> None:
    case = make_draft(world)
    people = (world["author"], world["colleague"])
    outcomes = at_once(
        *(lambda person=person: submit_case(case=case, author=person) for person in people)
    )
    assert outcomes == ["done", "refused"]
    assert fresh(case).workflow_states.count() == 1


def test_a_change_and_a_decision_at_once_never_publish_an_unread_text(world: World) -> None:
    case = bring_to(world, State.DECISION)
    draft = fresh(case).get_latest_revision_as_object()
    draft.summary = "Nobody has read this."
    editor = world["colleague"]
    at_once(
        deciding(world, case, "coordinator", "publish"),
        lambda: draft.save_revision(user=editor),
    )
    assert fresh(case).summary != "Nobody has read this."


def test_withdrawing_twice_at_once_withdraws_once(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    people = (world["contact"], world["coordinator"])
    outcomes = at_once(
        *(
            lambda person=person: withdraw_case(case=case, by=person, reason="Out of date.")
            for person in people
        )
    )
    assert outcomes == ["done", "refused"]
    assert state_of(fresh(case)).kind == State.WITHDRAWN


def test_of_two_who_ask_for_the_last_review_one_is_heard(world: World) -> None:
    case = bring_to(world, State.DECISION)
    invite(world, case)
    askers = {"coordinator": world["reviewer"], "coordinator2": world["assigned"]}
    outcomes = at_once(
        *(
            lambda by=world[who], reviewer=reviewer: invite_reviewer(
                case=case, reviewer=reviewer, by=by
            )
            for who, reviewer in askers.items()
        )
    )
    assert outcomes == ["done", "refused"]
    assert case.review_assignments.count() == 2


def test_a_review_and_a_decision_at_once_leave_nothing_half_sent(world: World) -> None:
    case = bring_to(world, State.DECISION)
    assignment, answers, reader = assign(world, case), review_answers(case), world["assigned"]
    at_once(
        deciding(world, case, "coordinator", "publish"),
        lambda: submit_review(assignment=assignment, by=reader, answers=answers),
    )
    assignment.refresh_from_db()
    sent = assignment.state == "submitted"
    assert sent or assignment.state == "withdrawn"
    assert hasattr(assignment, "review") == sent
    assert fresh(case).live
