"""Regional review: who may be asked, what answering and sending need, and when it is over."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core import mail

from casestudies.models import CaseTopic, Review, ReviewAssignment
from casestudies.models.reviewing import REASON_LIMIT
from casestudies.reviewers import proposals_for
from casestudies.services.refusals import OutOfDate, Refused
from casestudies.services.review_form import NOTE_LIMIT
from casestudies.services.reviewing import (
    accept_invitation,
    decline_invitation,
    describe_reviewer,
    invite_reviewer,
    save_review,
    submit_review,
    take_back_invitation,
    take_over_review,
)
from casestudies.services.submission import restart_if_changed
from casestudies.states import State
from tests.factories.cases import make_topic
from tests.factories.directory import make_membership
from tests.factories.review import (
    World,
    act,
    assign,
    bring_to,
    edit,
    fresh,
    invite,
    review_answers,
    reviewed,
    send,
)


def refused(call: Callable[[], object]) -> str:
    """Give the reason with which a call is refused."""
    with pytest.raises(Refused) as refusal:
        call()
    return str(refusal.value.reason)


def state(assignment: ReviewAssignment) -> str:
    assignment.refresh_from_db()
    return assignment.state


def test_an_officer_of_the_administration_is_never_asked_not_even_a_former_one(
    world: World,
) -> None:
    case = bring_to(world, State.DECISION)
    reviewer = world["reviewer"]
    make_membership(reviewer, "member_reader", administration=world.malta, until="2001-01-01")
    assert "administration" in refused(lambda: invite(world, case, "reviewer"))


def test_who_wrote_any_revision_is_never_asked(world: World) -> None:
    case = bring_to(world, State.DRAFT)
    edit(case, world["reviewer"], summary="Words of a reviewer.")
    edit(case, world["author"], summary="Words of the author over them.")
    send(world, case)
    act(case, world["contact"], "clear")
    assert "Wrote" in refused(lambda: invite(world, case, "reviewer"))


def test_who_cleared_it_is_never_asked(world: World) -> None:
    case = bring_to(world, State.DECISION)
    case.decisions.update(decided_by=world["reviewer"])
    assert "Cleared" in refused(lambda: invite(world, case, "reviewer"))


@pytest.mark.parametrize("who", ["reader", "other_contact", "coordinator2"])
def test_only_a_reviewer_of_the_region_is_asked(world: World, who: str) -> None:
    case = bring_to(world, State.DECISION)
    assert "reviewer of this region" in refused(lambda: invite(world, case, who))


def test_nobody_asks_themself(world: World) -> None:
    case = bring_to(world, State.DECISION)
    make_membership(world["coordinator"], "reviewer", region=world.europe)
    assert "somebody else" in refused(lambda: invite(world, case, "coordinator"))


def test_a_coordinator_who_wrote_in_the_text_chooses_no_reviewer(world: World) -> None:
    case = bring_to(world, State.DECISION)
    edit(case, world["coordinator"], summary="The coordinator's own words.")
    assert "You wrote" in refused(lambda: invite(world, case))


def test_two_people_at_most_review_and_nobody_twice(world: World) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    assert "already been asked" in refused(lambda: invite(world, case))
    assert "Two people" in refused(lambda: invite(world, case, "reviewer"))
    first = case.review_assignments.first()
    decline_invitation(assignment=first, by=world["invited"], reason="No time.")
    invite(world, case, "reviewer")
    assert state(first) == "declined"
    assert case.review_assignments.count() == 3


def test_accepting_needs_the_declaration_and_declining_a_reason(world: World) -> None:
    case = bring_to(world, State.DECISION)
    asked, person = invite(world, case), world["invited"]
    accept = partial(accept_invitation, assignment=asked, by=person, no_conflict=False)
    assert "conflict of interest" in refused(accept)
    for words in ("  ", "x" * (REASON_LIMIT + 1)):
        refused(lambda words=words: decline_invitation(assignment=asked, by=person, reason=words))
    assert state(asked) == "invited"


def test_who_has_come_to_belong_to_the_administration_neither_accepts_nor_sends(
    world: World,
) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    for who in ("invited", "assigned"):
        make_membership(world[who], "contributor", administration=world.malta)
    first, second = case.review_assignments.all()
    refused(lambda: accept_invitation(assignment=first, by=world["invited"], no_conflict=True))
    answers = review_answers(case)
    refused(lambda: submit_review(assignment=second, by=world["assigned"], answers=answers))


def test_a_draft_keeps_half_a_review_and_sending_asks_for_the_rest(world: World) -> None:
    case = bring_to(world, State.DECISION)
    assignment, person = assign(world, case), world["assigned"]
    half = {"seen": review_answers(case)["seen"], "score-clarity": "3", "about-problem": "Why?"}
    save_review(assignment=assignment, by=person, answers=half)
    review = Review.objects.get(assignment=assignment)
    assert review.scores["clarity"]["value"] == "3"
    assert (review.remarks, review.submitted_at) == ({"problem": "Why?"}, None)
    reason = refused(lambda: submit_review(assignment=assignment, by=person, answers=half))
    assert "Evidence" in reason
    assert "Clarity" not in reason
    assert state(assignment) == "accepted"


def test_a_review_that_was_sent_is_never_changed(world: World) -> None:
    case = bring_to(world, State.DECISION)
    assignment, person = reviewed(world, case), world["assigned"]
    answers = review_answers(case, opinion="On second thoughts, no.")
    for service in (save_review, submit_review):
        refused(lambda service=service: service(assignment=assignment, by=person, answers=answers))
    assert Review.objects.get(assignment=assignment).opinion == "Clear and useful."


@pytest.mark.parametrize(
    "changed",
    [{"score-clarity": "6"}, {"gate-lawful": "perhaps"}, {"note-clarity": "x" * (NOTE_LIMIT + 1)}],
)
def test_an_answer_that_is_none_is_refused_even_in_a_draft(
    world: World, changed: dict[str, str]
) -> None:
    case = bring_to(world, State.DECISION)
    assignment, person = assign(world, case), world["assigned"]
    answers = review_answers(case) | changed
    refused(lambda: save_review(assignment=assignment, by=person, answers=answers))
    assert not Review.objects.exists()


def test_a_review_of_another_text_than_the_present_one_is_not_sent(world: World) -> None:
    case = bring_to(world, State.DECISION)
    assignment, answers = assign(world, case), review_answers(case)
    edit(case, world["coordinator"], summary="Changed meanwhile.")
    with pytest.raises(OutOfDate):
        submit_review(assignment=assignment, by=world["assigned"], answers=answers)


def test_a_decision_takes_back_what_is_still_open(world: World) -> None:
    case = bring_to(world, State.DECISION)
    sent, asked = reviewed(world, case), invite(world, case)
    act(case, world["coordinator"], "publish")
    assert (state(sent), state(asked)) == ("submitted", "withdrawn")
    refused(lambda: accept_invitation(assignment=asked, by=world["invited"], no_conflict=True))


def test_a_text_changed_in_review_takes_back_what_is_open_and_is_reviewed_anew(
    world: World,
) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    first = case.review_assignments.first()
    edit(case, world["coordinator"], summary="The coordinator's words.")
    restart_if_changed(case=case, before="", by=world["coordinator"])
    assert state(first) == "withdrawn"
    act(case, world["contact"], "clear")
    again = invite_reviewer(case=case, reviewer=world["invited"], by=world["coordinator2"])
    assert again.workflow_state_id != first.workflow_state_id


def test_a_coordinator_takes_a_silent_reviewers_place_and_sends_a_review(world: World) -> None:
    case = bring_to(world, State.DECISION)
    silent, person = assign(world, case), world["coordinator"]
    refused(lambda: take_over_review(assignment=silent, by=person, no_conflict=False))
    own = take_over_review(assignment=silent, by=person, no_conflict=True)
    assert state(silent) == "withdrawn"
    submit_review(assignment=own, by=person, answers=review_answers(case))
    assert state(own) == "submitted"


def test_a_review_that_was_sent_is_not_taken_back(world: World) -> None:
    case = bring_to(world, State.DECISION)
    sent = reviewed(world, case)
    refused(lambda: take_back_invitation(assignment=sent, by=world["coordinator"]))
    assert state(sent) == "submitted"


def test_proposals_go_by_topic_then_language_then_load(world: World) -> None:
    transit, origin = make_topic("transit"), make_topic("origin")
    case = bring_to(world, State.DECISION, language="fr")
    draft = fresh(case).get_latest_revision_as_object()
    draft.topic_items = [CaseTopic(tag=transit)]
    everybody = {"reviewer": ([origin.pk], ["fr"]), "invited": ([], ["en"])}
    everybody |= {"assigned": ([transit.pk], ["en"])}
    for who, (topics, languages) in everybody.items():
        describe_reviewer(person=world[who], topics=topics, languages=languages)
    assert names(proposals_for(fresh(case), draft)) == ["assigned", "reviewer", "invited"]
    other = bring_to(world, State.DECISION)
    assign(world, other, "assigned")
    describe_reviewer(person=world["assigned"], topics=[], languages=["en"])
    found = proposals_for(fresh(case), draft)
    assert names(found) == ["reviewer", "invited", "assigned"]
    assert [(item.reads_language, item.load) for item in found] == [
        (True, 0),
        (False, 0),
        (False, 1),
    ]


def test_who_must_not_be_asked_comes_last_with_the_reason(world: World) -> None:
    case = bring_to(world, State.DECISION)
    make_membership(world["assigned"], "contributor", administration=world.malta)
    invite(world, case)
    found = proposals_for(fresh(case), fresh(case).get_latest_revision_as_object())
    assert names(found) == ["reviewer", "assigned"]
    assert [bool(item.against) for item in found] == [False, True]


@pytest.mark.parametrize("step", ["asked", "declined", "sent"])
def test_each_step_of_a_review_is_told_to_the_person_concerned(
    world: World, step: str, django_capture_on_commit_callbacks: Callable
) -> None:
    case = bring_to(world, State.DECISION, title="Pearls")
    asked = None if step == "asked" else invite(world, case)
    with django_capture_on_commit_callbacks(execute=True):
        if asked is None:
            invite(world, case)
        elif step == "declined":
            decline_invitation(assignment=asked, by=world["invited"], reason="No time.")
        else:
            accept_invitation(assignment=asked, by=world["invited"], no_conflict=True)
            submit_review(assignment=asked, by=world["invited"], answers=review_answers(case))
    (letter,) = mail.outbox
    hearer = "invited" if step == "asked" else "coordinator"
    assert letter.to == [f"{hearer}@example.test"]
    assert "Pearls" in letter.subject
    assert ("/en/review/\n" in letter.body) == (step == "asked")


def names(found: list) -> list[str]:
    return [item.person.first_name for item in found]
