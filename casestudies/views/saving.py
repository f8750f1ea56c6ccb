"""One press of a button on a screen: files stored, rows changed, answers judged and saved."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from casestudies.checks.running import hints_of
from casestudies.models import CaseStudyPage
from casestudies.services.drafts import Clash, Conflict, save_answers
from casestudies.services.materials import complete_texts
from casestudies.services.refusals import Refused
from casestudies.states import state_of
from casestudies.together import others_here
from casestudies.views.conflicts import conflict_page, settle
from casestudies.views.drafting import closed, frame
from casestudies.views.kept import forget_typed
from casestudies.wizard.forms import Entry, StepForm
from casestudies.wizard.questions import Step
from casestudies.wizard.row_buttons import with_rows_changed
from casestudies.wizard.shown import Shown, shown_now
from casestudies.wizard.steps import question_named, slug_after
from casestudies.wizard.uploading import take_uploads
from portal.directory.requests import SignedInRequest


class Submission:
    """What was sent from a screen, and the page that answers it."""

    def __init__(
        self, request: SignedInRequest, case: CaseStudyPage, draft: CaseStudyPage, step: Step
    ) -> None:
        self.request, self.case, self.draft, self.step = request, case, draft, step
        self.action = request.POST.get("action", "continue")
        # Files first: whatever else is wrong on the screen, they must not be sent again.
        self.data, self.upload_errors = take_uploads(
            step, request.POST, request.FILES, case=draft, author=request.user
        )

    def answer(self) -> HttpResponse:
        """Save what was sent, or show it again with what is to be mended."""
        changed = with_rows_changed(self.data, self.step)
        if changed is not None:
            again = self._form(typed=changed)
            again.tell(self.upload_errors)
            return self._again(again, 422 if self.upload_errors else 200)
        form = self._form(data=self.data)
        form.tell(self.upload_errors)
        return self._save(form) if form.is_valid() else self._again(form, 422)

    def _form(self, **source: QueryDict) -> StepForm:
        return StepForm(self.step, case=self.draft, author=self.request.user, **source)

    def _again(self, form: StepForm, status: int) -> HttpResponse:
        base = self.data.get("base", "")
        return screen(self.request, self.case, self.draft, form, base=base, status=status)

    def _save(self, form: StepForm) -> HttpResponse:
        answers, still_open = settle(form.answers, self.data)
        if still_open:
            clashes = [
                Clash(name, form.answers[name], question_named(name).read(self.draft))
                for name in self.data.getlist("settle")
                if name in form.answers
            ]
            return self._conflict(clashes, still_open)
        shown = Shown.said_by(self.data.get("base", ""))
        try:
            outcome = save_answers(
                case=self.case,
                author=self.request.user,
                answers=answers,
                base_revision_id=shown.revision_id,
                shown=shown,
            )
        except Refused as refusal:
            return closed(self.request, self.case, refusal.reason, 409)
        except ValidationError as error:
            form.add_error(None, error)
            return self._again(form, 422)
        if isinstance(outcome, Conflict):
            return self._conflict(outcome.clashes)
        complete_texts(questions=self.step.questions, answers=answers, by=self.request.user)
        return self._onward()

    def _conflict(self, clashes: Sequence[Clash], still_open: Sequence[str] = ()) -> HttpResponse:
        self.case.refresh_from_db()
        draft = self.case.get_latest_revision_as_object()
        return conflict_page(
            self.request, self.case, draft, self.step, self.data, clashes, still_open
        )

    def _onward(self) -> HttpResponse:
        forget_typed(self.request)
        number = self.case.number
        if self.action == "leave":
            messages.success(self.request, _("Saved. You can go on whenever you like."))
            return redirect("casestudies:workspace")
        return redirect("casestudies:share_step", number, slug_after(self.step, self.draft))


def _with_remarks(form: StepForm, case: CaseStudyPage) -> list[tuple[Entry, str]]:
    remarks = state_of(case).remarks
    return [(entry, remarks.get(entry.question.name, "")) for entry in form.entries]


def screen(
    request: SignedInRequest,
    case: CaseStudyPage,
    draft: CaseStudyPage,
    form: StepForm,
    *,
    base: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show one screen with a form."""
    context = frame(case, draft, form.step.slug) | {
        "form": form,
        "step": form.step,
        "entries": _with_remarks(form, case),
        "base": base or str(shown_now(case.latest_revision, draft, form.step.questions)),
        "others": others_here(case, request.user, form.step.slug),
        "hints": hints_of(draft, questions=[item.name for item in form.step.questions]),
    }
    return render(request, "casestudies/share/step.html", context, status=status)
