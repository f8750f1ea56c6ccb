"""A new version of a published case: which claims it changes, and so what kind it should be."""

from casestudies.models import CaseStudyPage
from casestudies.models.choices import ChangeKind
from casestudies.models.review import is_minor_change
from casestudies.wizard.questions import Question
from casestudies.wizard.steps import question_named

# What readers build on: another answer to one of these is seldom a correction.
CLAIMS = (
    "title",
    "summary",
    "stage",
    "year",
    "novelty",
    "months",
    "cost",
    "results",
    "outcomes",
    "evaluation",
    "challenges",
    "lessons",
    "transfer",
)


def claims_changed(case: CaseStudyPage, draft: CaseStudyPage) -> list[Question]:
    """Give the claims of a published case that its draft answers otherwise."""
    if not case.live:
        return []
    questions = [question_named(name) for name in CLAIMS]
    return [item for item in questions if item.read(case) != item.read(draft)]


def proposal_for(case: CaseStudyPage, draft: CaseStudyPage) -> list[str]:
    """Give the labels of the changed claims that speak for a substantive change.

    Empty where the change is called substantive already, or changes no claim.
    """
    if draft.change_kind == ChangeKind.SUBSTANTIVE:
        return []
    return [str(item.label) for item in claims_changed(case, draft)]


def goes_live_when_cleared(case: CaseStudyPage, draft: CaseStudyPage) -> bool:
    """Say whether a contact point's clearance alone publishes this draft."""
    is_minor = is_minor_change(case, {"change_kind": draft.change_kind})
    return is_minor and case.administration.clearance_required
