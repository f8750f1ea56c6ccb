"""Reviews as people read them: coordinators with names, authors without, after the decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from casestudies.models import CaseStudyPage, Criterion, Decision, Gate, Review, ReviewAssignment
from casestudies.models.reviewing import COUNTED
from casestudies.review_permissions import may_name_reviewers, may_read_unnamed
from casestudies.services.remarks import labelled
from casestudies.services.review_form import SCORES, YES_NO

if TYPE_CHECKING:
    from portal.directory.models import User


@dataclass(frozen=True)
class Score:
    """One criterion: what it is, its value in words, and why."""

    label: str
    value: str
    comment: str


@dataclass(frozen=True)
class ShownReview:
    """A review laid out to be read."""

    pk: int
    who: str
    when: datetime | None
    gates: Sequence[Score]
    scores: Sequence[Score]
    remarks: Sequence[tuple[str, str, str]]
    opinion: str
    recommendation: str


@dataclass(frozen=True)
class Round:
    """The reviews sent on one way of a case through the review; `is_present`: it is on it now."""

    reviews: Sequence[ShownReview]
    is_present: bool


def rounds_for(user: "User", case: CaseStudyPage) -> list[Round]:
    """Give the reviews sent on each way of the case through the review, the latest way first."""
    reviews = _sent(case)
    if may_name_reviewers(user, case):
        return _by_round(reviews, named=True)
    if may_read_unnamed(user, case):
        decided = Decision.objects.filter(case=case, step=Decision.Step.DECISION)
        ways = decided.values("workflow_state")
        return _by_round(reviews.filter(assignment__workflow_state__in=ways), named=False)
    return []


def shown(review: Review, who: str) -> ShownReview:
    """Lay one review out under the name given."""
    answers = dict(YES_NO)
    values = dict(SCORES)
    given = {name: review.scores.get(name, {}) for name in Criterion.values}
    return ShownReview(
        pk=review.pk,
        who=who,
        when=review.submitted_at,
        gates=[
            Score(str(label), str(answers.get(review.gates.get(gate, ""), "–")), "")
            for gate, label in Gate.choices
        ],
        scores=[
            Score(
                str(label),
                str(values.get(given[name].get("value", ""), "–")),
                given[name].get("comment", ""),
            )
            for name, label in Criterion.choices
        ],
        remarks=labelled(review.remarks),
        opinion=review.opinion,
        recommendation=review.get_recommendation_display() or "–",
    )


def requests_for(case: CaseStudyPage) -> "QuerySet[ReviewAssignment]":
    """Give everybody asked on the present way of a case, in the order of asking."""
    rows = ReviewAssignment.objects.filter(workflow_state=case.current_workflow_state)
    return rows.select_related("reviewer", "workflow_state")


def requests_of(user: "User") -> "QuerySet[ReviewAssignment]":
    """Give the reviews asked of a person that are open or sent, the latest first."""
    rows = ReviewAssignment.objects.filter(reviewer=user, state__in=COUNTED)
    return rows.select_related("case__administration__region").order_by("-since", "-pk")


def _sent(case: CaseStudyPage) -> "QuerySet[Review]":
    rows = Review.objects.filter(assignment__case=case, submitted_at__isnull=False)
    return rows.select_related("assignment__reviewer", "assignment__workflow_state").order_by(
        "-assignment__workflow_state", "submitted_at", "pk"
    )


def _by_round(reviews: Iterable[Review], *, named: bool) -> list[Round]:
    ways = groupby(reviews, key=lambda review: review.assignment.workflow_state)
    return [
        Round(
            [shown(review, _name(review, place, named)) for place, review in enumerate(sent, 1)],
            way.status == WorkflowState.STATUS_IN_PROGRESS,
        )
        for way, sent in ways
    ]


def _name(review: Review, place: int, named: bool) -> str:
    if named:
        return str(review.assignment.reviewer)
    return _("Reviewer %(number)s") % {"number": place}
