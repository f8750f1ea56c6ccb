"""What can be done at each step of the review, and the form that each action asks for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from casestudies.models.review import Decision
from casestudies.permissions import may_clear, may_decide, may_return
from casestudies.states import IN_REVIEW, CaseState, State, state_of
from portal.directory.permissions import Verdict

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage
    from portal.directory.models import User

REASONS_LIMIT = 6000


@dataclass(frozen=True)
class Action:
    """One thing that a person can do with a case in review."""

    name: str
    label: str | Promise
    kind: Decision.Kind
    step: State | None
    needs_reasons: bool

    def verdict(
        self, user: "User", case: "CaseStudyPage", state: CaseState | None = None
    ) -> Verdict:
        """Ask the rule of this action."""
        if self.kind == Decision.Kind.RETURNED:
            return may_return(user, case, state)
        if self.kind == Decision.Kind.CLEARED:
            return may_clear(user, case, state)
        return may_decide(user, case, state)


CLEAR = Action("clear", _("Clear for the region"), Decision.Kind.CLEARED, State.CLEARANCE, False)
PUBLISH = Action(
    "publish", _("Publish on the forum"), Decision.Kind.PUBLISHED, State.DECISION, False
)
RETURN = Action("return", _("Return with reasons"), Decision.Kind.RETURNED, None, True)
DECLINE = Action("decline", _("Decline with reasons"), Decision.Kind.DECLINED, State.DECISION, True)
ACTIONS = {action.name: action for action in (CLEAR, PUBLISH, RETURN, DECLINE)}


def steps_actions(step: State) -> list[Action]:
    """Give the actions of a step, whoever asks."""
    if step not in IN_REVIEW:
        return []
    return [action for action in ACTIONS.values() if action.step in (None, step)]


def actions_for(case: "CaseStudyPage", user: "User") -> list[Action]:
    """Give the actions that this person may take on the case now."""
    state = state_of(case)
    offered = steps_actions(state.kind)
    if not offered or not may_return(user, case, state):
        return []
    return [action for action in offered if action.verdict(user, case, state)]


def token_of(revision: Revision) -> str:
    """Name exactly one text: a revision may be written again under the same id."""
    return f"{revision.pk}@{revision.created_at.isoformat()}"


class AgreementForm(forms.Form):
    """Clearing or publishing: a word may be added."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reasons = forms.CharField(
        label=_("Reasons, or a note to the authors"),
        help_text=_("Needed when you return or decline: the authors work with your words."),
        max_length=REASONS_LIMIT,
        required=False,
        widget=forms.Textarea,
    )


class ReasonsForm(AgreementForm):
    """Returning or declining: the reasons are what the authors work with."""

    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The authors work with your words."),
        max_length=REASONS_LIMIT,
        error_messages={"required": _("Give your reasons.")},
        widget=forms.Textarea,
    )


class ReturnForm(ReasonsForm):
    """Returning: what was called a minor change may have to be judged by the region."""

    substantive = forms.BooleanField(
        label=_("This is more than a minor change: the region has to decide on it"),
        required=False,
    )


def form_of(action: str) -> type[AgreementForm]:
    """Give the form class of an action by its name; refuse a name that is none of ours."""
    if action not in ACTIONS:
        raise PermissionDenied
    if ACTIONS[action] is RETURN:
        return ReturnForm
    return ReasonsForm if ACTIONS[action].needs_reasons else AgreementForm
