"""Two people wrote at once: both versions side by side, and a choice for each question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from casestudies.models import CaseStudyPage
from casestudies.services.drafts import Clash
from casestudies.views.drafting import frame
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.shown import shown_now
from casestudies.wizard.steps import question_named
from portal.directory.requests import SignedInRequest

MINE, THEIRS = "mine", "theirs"
_OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "base", "settle", "action"})


@dataclass(frozen=True)
class Choice:
    """One question with its two answers in words, as the comparison shows them."""

    question: Question
    pairs: list[dict[str, str]]
    is_open: bool


def settle(answers: dict[str, Any], data: QueryDict) -> tuple[dict[str, Any], list[str]]:
    """Give the answers without those where the other's was chosen, and the names not chosen yet."""
    asked = [name for name in data.getlist("settle") if name in answers]
    still_open = [name for name in asked if data.get(f"keep-{name}") not in (MINE, THEIRS)]
    kept = {
        name: answer
        for name, answer in answers.items()
        if not (name in asked and data.get(f"keep-{name}") == THEIRS)
    }
    return kept, still_open


def conflict_page(
    request: SignedInRequest,
    case: CaseStudyPage,
    draft: CaseStudyPage,
    step: Step,
    data: QueryDict,
    clashes: Sequence[Clash],
    still_open: Sequence[str] = (),
) -> HttpResponse:
    """Show both versions; everything else that was typed travels along unseen."""
    context = frame(case, draft, step.slug) | {
        "step": step,
        "choices": [_choice(clash, clash.name in still_open, draft) for clash in clashes],
        "carried": _carried(data),
        "base": str(shown_now(case.latest_revision, draft, step.questions)),
        "other": case.latest_revision.user,
        "errors": [
            {"id": f"keep-{name}-mine", "text": question_named(name).label} for name in still_open
        ],
        "action": "leave" if data.get("action") == "leave" else "continue",
    }
    return render(request, "casestudies/share/conflict.html", context, status=409)


def _choice(clash: Clash, is_open: bool, draft: CaseStudyPage) -> Choice:
    question = question_named(clash.name)
    shown = question.kind.show
    pair = {
        "label": str(question.label),
        "yours": shown(clash.mine),
        "theirs": shown(clash.theirs),
    }
    return Choice(question, [pair], is_open)


def _carried(data: QueryDict) -> list[tuple[str, str]]:
    return [
        (key, value)
        for key, values in data.lists()
        if key not in _OWN_FIELDS and not key.startswith("keep-")
        for value in values
    ]
