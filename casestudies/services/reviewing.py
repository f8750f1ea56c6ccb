"""Regional review: asking, answering, writing and sending; each under the lock of its case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from casestudies.models import CaseStudyPage, Review, ReviewAssignment, ReviewerProfile
from casestudies.models.reviewing import COUNTED, REASON_LIMIT
from casestudies.notifications import announce_answer, announce_request
from casestudies.review_permissions import (
    may_accept,
    may_answer,
    may_assign,
    may_be_asked,
    may_review,
    may_take_back,
    may_take_over,
)
from casestudies.services.actions import token_of
from casestudies.services.refusals import OutOfDate, Refused, require
from casestudies.services.review_form import ReviewForm
from casestudies.services.submission import lock_case

if TYPE_CHECKING:
    from portal.directory.models import User

REVIEWERS_LIMIT = 2
ALREADY_ASKED = _("This person has already been asked.")
ENOUGH = _("Two people review this case already: take one request back first.")
State = ReviewAssignment.State


@transaction.atomic
def invite_reviewer(*, case: CaseStudyPage, reviewer: "User", by: "User") -> ReviewAssignment:
    """Ask somebody to review the case that waits for its decision.

    Raises `Refused` when `by` may not ask, `reviewer` must not be asked, or two were asked.
    """
    record = lock_case(case.pk)
    require(may_assign(by, record))
    if reviewer.pk == by.pk:
        raise Refused(_("Ask somebody else: you decide on this case."))
    require(may_be_asked(reviewer, record))
    assignment = _assign(record, reviewer, by)
    _note(assignment, "asked", by)
    announce_request(assignment)
    return assignment


def _assign(
    record: CaseStudyPage, reviewer: "User", by: "User", state: State = State.INVITED
) -> ReviewAssignment:
    running = record.current_workflow_state
    asked = ReviewAssignment.objects.filter(workflow_state=running, state__in=COUNTED)
    if asked.filter(reviewer=reviewer).exists():
        raise Refused(ALREADY_ASKED)
    if asked.count() >= REVIEWERS_LIMIT:
        raise Refused(ENOUGH)
    return ReviewAssignment.objects.create(
        case=record,
        workflow_state=running,
        reviewer=reviewer,
        invited_by=by,
        state=state,
        no_conflict=state == State.ACCEPTED,
        since=timezone.now(),
    )


@transaction.atomic
def accept_invitation(
    *, assignment: ReviewAssignment, by: "User", no_conflict: bool
) -> ReviewAssignment:
    """Take the review on, declaring that there is no conflict of interest.

    Raises `Refused` when it is not this person's to accept, or nothing was declared.
    """
    present = _locked(assignment)
    require(may_accept(by, present))
    if not no_conflict:
        raise Refused(_("Declare that you have no conflict of interest, or decline."))
    present.no_conflict = True
    _note(present, "accepted", by)
    return _move(present, State.ACCEPTED)


@transaction.atomic
def decline_invitation(
    *, assignment: ReviewAssignment, by: "User", reason: str
) -> ReviewAssignment:
    """Say no, with the reason.

    Raises `Refused` when it is not this person's to answer, or there is no reason.
    """
    present = _locked(assignment)
    require(may_answer(by, present))
    words = reason.strip()
    if not words or len(words) > REASON_LIMIT:
        raise Refused(
            _("Give the reason, in at most %(limit)d characters.") % {"limit": REASON_LIMIT}
        )
    present.reason = words
    _note(present, "declined", by, reason=words)
    announce_answer(_move(present, State.DECLINED))
    return present


@transaction.atomic
def take_back_invitation(*, assignment: ReviewAssignment, by: "User") -> ReviewAssignment:
    """Free the place of somebody who was asked and has not sent a review.

    Raises `Refused` when `by` may not, or the review has been sent.
    """
    present = _locked(assignment)
    require(may_take_back(by, present))
    _note(present, "taken_back", by)
    return _move(present, State.WITHDRAWN)


@transaction.atomic
def take_over_review(
    *, assignment: ReviewAssignment, by: "User", no_conflict: bool
) -> ReviewAssignment:
    """Put a coordinator in the place of somebody who is silent; give the coordinator's own.

    Raises `Refused` when `by` may not, or did not declare that there is no conflict of interest.
    """
    present = _locked(assignment)
    require(may_take_over(by, present))
    if not no_conflict:
        raise Refused(_("Declare that you have no conflict of interest."))
    _note(present, "taken_over", by)
    _move(present, State.WITHDRAWN)
    return _assign(present.case, by, by, State.ACCEPTED)


@transaction.atomic
def save_review(*, assignment: ReviewAssignment, by: "User", answers: Mapping[str, Any]) -> Review:
    """Keep a review as a draft. `answers` are the fields of `ReviewForm`.

    Raises `Refused` when it is not this person's to write, or a text is too long.
    """
    present = _locked(assignment)
    require(may_review(by, present))
    return _write(present, answers, sending=False)


@transaction.atomic
def submit_review(
    *, assignment: ReviewAssignment, by: "User", answers: Mapping[str, Any]
) -> Review:
    """Send a complete review; from here on nobody changes it.

    Raises `Refused` when it is not this person's to send or something is still open, `OutOfDate`
    when the case has another text than the one that was read.
    """
    present = _locked(assignment)
    require(may_review(by, present))
    review = _write(present, answers, sending=True)
    _note(present, "submitted", by)
    announce_answer(_move(present, State.SUBMITTED))
    return review


def _write(present: ReviewAssignment, answers: Mapping[str, Any], *, sending: bool) -> Review:
    form = ReviewForm(dict(answers), sending=sending)
    if not form.is_valid():
        if "seen" in form.errors:
            raise OutOfDate
        raise Refused(" ".join(str(text) for found in form.errors.values() for text in found))
    latest = present.case.latest_revision
    if sending and form.cleaned_data["seen"] != token_of(latest):
        raise OutOfDate
    review = Review.objects.filter(assignment=present).first() or Review(assignment=present)
    for name, value in form.answers.items():
        setattr(review, name, value)
    review.revision = latest
    review.submitted_at = timezone.now() if sending else None
    review.save()
    return review


@transaction.atomic
def describe_reviewer(*, person: "User", topics: list[int], languages: list[str]) -> None:
    """Record what a reviewer knows and reads, by their own word."""
    profile, _made = ReviewerProfile.objects.get_or_create(person=person)
    profile.languages = languages
    profile.save(update_fields=["languages"])
    profile.topics.set(topics)


def _note(
    assignment: ReviewAssignment,
    act: str,
    by: "User",
    *,
    reason: str = "",
    person: "User | None" = None,
) -> None:
    """Log on the assignment and not on the case, whose authors learn no reviewer's name."""
    told = {"page": assignment.case_id, "reason": reason}
    if person:
        told["reviewer"] = person.pk
    log(assignment, f"casestudies.review_{act}", user=by, title=assignment.case.number, data=told)


def _locked(assignment: ReviewAssignment) -> ReviewAssignment:
    # The case first, as deciding does, so that two transactions never wait for each other.
    record = lock_case(assignment.case_id)
    rows = ReviewAssignment.objects.select_for_update(of=("self",))
    present = rows.select_related("workflow_state").get(pk=assignment.pk)
    present.case = record
    return present


def _move(present: ReviewAssignment, state: State) -> ReviewAssignment:
    present.state, present.since = state, timezone.now()
    present.save(update_fields=["state", "since", "no_conflict", "reason"])
    return present
