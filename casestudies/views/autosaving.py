"""What the script of a screen asks: to save what was typed, and to say who else writes here."""

from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casestudies.models import CaseStudyPage
from casestudies.services.autosave import autosave_answers, light_draft
from casestudies.services.drafts import Conflict
from casestudies.services.refusals import Refused
from casestudies.views.drafting import case_or_404, saved_words
from casestudies.wizard.forms import StepForm
from casestudies.wizard.questions import Step
from casestudies.wizard.shown import Shown
from casestudies.wizard.steps import question_named, step_named
from portal.directory.requests import SignedInRequest


@require_POST
def autosave(request: HttpRequest, number: str, slug: str) -> JsonResponse:
    """Save the answers to the questions named by `question`, as far as they can be kept.

    200 says when, and names what is still to be mended; 401 is a session that has ended, 409 says
    who wrote otherwise meanwhile or why nothing can be saved now: then the browser keeps the words.
    """
    if not request.user.is_authenticated:
        return _signed_out(number, slug)
    case = case_or_404(request.user, number)
    step = step_named(slug, case)
    if step is None:
        raise Http404
    return Autosave(request, case, step).answer()  # type: ignore[arg-type]


def _signed_out(number: str, slug: str) -> JsonResponse:
    back = reverse("casestudies:share_step", args=[number, slug])
    answer = {
        "said": _("Your session has ended. What you typed is kept in this browser."),
        "label": _("Sign in, and it is saved"),
        "url": f"{reverse('account_login')}?{urlencode({'next': back})}",
    }
    return JsonResponse(answer, status=HTTPStatus.UNAUTHORIZED)


class Autosave:
    """One request of the script: judged as the screen judges it, answered in words."""

    def __init__(self, request: SignedInRequest, case: CaseStudyPage, step: Step) -> None:
        self.case, self.author = case, request.user
        typed = set(request.POST.getlist("question"))
        asked = tuple(question for question in step.questions if question.name in typed)
        self.shown = Shown.said_by(request.POST.get("base", ""))
        draft = light_draft(case.latest_revision)
        draft.administration = case.administration
        self.form = StepForm(
            replace(step, questions=asked), case=draft, author=self.author, data=request.POST
        )

    def answer(self) -> JsonResponse:
        """Save, and say what came of it."""
        answers = self.form.sound_answers
        try:
            outcome = autosave_answers(
                case=self.case, author=self.author, answers=answers, shown=self.shown
            )
        except Refused as refusal:
            return _refused(str(refusal.reason))
        except ValidationError as error:
            return _refused(" ".join(error.messages))
        if isinstance(outcome, Conflict):
            return self._conflict(outcome)
        said = " ".join([saved_words(outcome.revision), *self._to_mend()])
        base = str(self.shown.with_saved(answers))
        return JsonResponse({"said": said, "base": base, "saved": list(answers)})

    def _to_mend(self) -> list[str]:
        wrong = [item for item in self.form.step.questions if self.form.wrong_in(item.name)]
        words = _("“%(question)s” is not saved yet: %(why)s")
        return [
            words % {"question": item.label, "why": self.form.wrong_in(item.name)[0]}
            for item in wrong
        ]

    def _conflict(self, conflict: Conflict) -> JsonResponse:
        labels = ", ".join(str(question_named(one.name).label) for one in conflict.clashes)
        said = _(
            "%(name)s has saved other words meanwhile (%(questions)s). Nothing was overwritten."
        ) % {"name": conflict.revision.user or _("Somebody"), "questions": labels}
        clashes = [one.name for one in conflict.clashes]
        answer = {"said": said, "clashes": clashes, "label": _("Compare both texts")}
        return JsonResponse(answer, status=HTTPStatus.CONFLICT)


def _refused(reason: str) -> JsonResponse:
    said = _("Not saved: %(reason)s What you typed is kept in this browser.") % {"reason": reason}
    return JsonResponse({"said": said}, status=HTTPStatus.CONFLICT)
