"""Translating a case: its languages, and each of them side by side with the original."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.models import CaseStudyPage, Translation
from casestudies.permissions import (
    may_check_translation,
    may_take_off_translation,
    may_translate,
)
from casestudies.services import translations as services
from casestudies.services.refusals import OutOfDate, Refused, require
from casestudies.translating import Side, side_of, sides_of
from casestudies.views.drafting import case_or_404
from casestudies.views.kept import forget_typed, keeps_what_was_typed, typed_earlier
from casestudies.wizard.translation import TranslationForm
from portal.core.languages import OWN_NAMES
from portal.directory.requests import SignedInRequest


@keeps_what_was_typed
def translations(request: SignedInRequest, number: str) -> HttpResponse:
    """List the languages of a case: what readers see, what is being worked on, what moved on."""
    case = case_or_404(request.user, number)
    sides = sides_of(case)
    context = {
        "case": case,
        "draft": case.get_latest_revision_as_object(),
        "rows": [(side, OWN_NAMES[side.language]) for side in sides],
        "may_translate": may_translate(request.user, case),
        "may_take_off": may_take_off_translation(request.user, case),
    }
    return render(request, "casestudies/translations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def translate(request: SignedInRequest, number: str, language: str) -> HttpResponse:
    """Show one language beside the original, or do with it what was asked."""
    case = case_or_404(request.user, number)
    side = side_or_404(case, language)
    if request.method == "POST":
        return _answer(request, case, side)
    require(may_translate(request.user, case))
    form = TranslationForm(case, side, typed=typed_earlier(request))
    return page(request, case, side, form)


def side_or_404(case: CaseStudyPage, language: str) -> Side:
    """Give one language of a case that it can be translated into."""
    side = side_of(case, language)
    if side is None:
        raise Http404
    return side


def _answer(request: SignedInRequest, case: CaseStudyPage, side: Side) -> HttpResponse:
    action = request.POST.get("action", "save")
    try:
        if action in ("save", "offer", "show"):
            return _save(request, case, side, action)
        act = ACTIONS.get(action)
        if act is None:
            raise Http404
        act(request, case, side.language)
    except OutOfDate as refusal:
        return _again(request, case, side.language, str(refusal.reason), 409)
    except Refused as refusal:
        require(may_translate(request.user, case))
        return _again(request, case, side.language, str(refusal.reason), 422)
    return redirect("casestudies:translations", case.number)


def _save(request: SignedInRequest, case: CaseStudyPage, side: Side, action: str) -> HttpResponse:
    form = TranslationForm(case, side, data=request.POST)
    if not form.is_valid():
        return page(request, case, side, form, status=422)
    try:
        draft = services.save_translation(
            case=case,
            language=side.language,
            by=request.user,
            texts=form.texts,
            source_revision_id=form.source_id,
            seen=form.cleaned_data["seen"],
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return page(request, case, side, form, status=422)
    forget_typed(request)
    if action == "save":
        messages.success(request, _("Saved. Readers see it when it has been checked."))
        return redirect("casestudies:translate", case.number, side.language)
    finish = services.offer_translation if action == "offer" else services.check_translation
    finish(case=case, language=side.language, by=request.user, seen=draft.token)
    done = {
        "offer": _("Sent to your contact point, who checks it."),
        "show": _("Readers see this translation now."),
    }
    messages.success(request, done[action])
    return redirect("casestudies:translations", case.number)


def _check(request: SignedInRequest, case: CaseStudyPage, language: str) -> None:
    seen = request.POST.get("seen", "")
    services.check_translation(case=case, language=language, by=request.user, seen=seen)
    messages.success(request, _("Checked. Readers see this translation now."))


def _return(request: SignedInRequest, case: CaseStudyPage, language: str) -> None:
    seen, reasons = request.POST.get("seen", ""), request.POST.get("reasons", "")
    services.return_translation(
        case=case, language=language, by=request.user, seen=seen, reasons=reasons
    )
    messages.success(request, _("Returned. The translators see your reasons."))


def _drop(request: SignedInRequest, case: CaseStudyPage, language: str) -> None:
    seen = request.POST.get("seen", "")
    services.drop_translation(case=case, language=language, by=request.user, seen=seen)
    messages.success(request, _("The draft of the translation is deleted."))


def _take_off(request: SignedInRequest, case: CaseStudyPage, language: str) -> None:
    services.take_off_translation(case=case, language=language, by=request.user)
    messages.success(request, _("Readers see the original again."))


ACTIONS: dict[str, Callable[[SignedInRequest, CaseStudyPage, str], None]] = {
    "check": _check,
    "return": _return,
    "drop": _drop,
    "take_off": _take_off,
}


def _again(
    request: SignedInRequest, case: CaseStudyPage, language: str, problem: str, status: int
) -> HttpResponse:
    """Show what was typed on the present state of things, with what a colleague saved meanwhile."""
    side = side_or_404(case, language)
    typed = request.POST if "source" in request.POST else None
    theirs = side.draft.texts if side.draft and typed else {}
    form = TranslationForm(case, side, typed=typed, theirs=theirs)
    return page(request, case, side, form, problem=problem, status=status)


def page(
    request: SignedInRequest,
    case: CaseStudyPage,
    side: Side,
    form: TranslationForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the texts side by side."""
    draft: Translation | None = side.draft
    context = {
        "case": case,
        "side": side,
        "form": form,
        "title": side.original.texts.get("title", ""),
        "language_name": OWN_NAMES[side.language],
        "problem": problem,
        "to_contact_point": case.administration.clearance_required,
        "may_check": draft is not None
        and case.administration.clearance_required
        and may_check_translation(request.user, draft),
    }
    return render(request, "casestudies/translations/translate.html", context, status=status)
