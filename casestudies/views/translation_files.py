"""The texts of a translation as a file for outside translators, and the file that comes back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casestudies.exchange.xliff import MOST_BYTES, BadXliff, read_xliff, write_xliff
from casestudies.models import CaseStudyPage
from casestudies.permissions import may_translate
from casestudies.services.refusals import Refused, require
from casestudies.services.translations import save_translation
from casestudies.translating import LIMITS, label_of_text
from casestudies.views.drafting import case_or_404
from casestudies.views.kept import keeps_what_was_typed
from casestudies.views.translating import page, side_or_404
from casestudies.wizard.translation import TranslationForm
from portal.directory.requests import SignedInRequest


@require_safe
@keeps_what_was_typed
def download(request: SignedInRequest, number: str, language: str) -> HttpResponse:
    """Give the file with the original and what is translated already."""
    case = case_or_404(request.user, number)
    side = side_or_404(case, language)
    require(may_translate(request.user, case))
    name = f"{case.number}-{side.original.language}-{language}.xlf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        write_xliff(case, side), content_type="application/x-xliff+xml", headers=headers
    )


@require_POST
@keeps_what_was_typed
def upload(request: SignedInRequest, number: str, language: str) -> HttpResponse:
    """Take a translated file in as a draft; what is wrong with it is said in words."""
    case = case_or_404(request.user, number)
    side = side_or_404(case, language)
    require(may_translate(request.user, case))
    try:
        _take(request, case, language)
    except (BadXliff, Refused) as error:
        problem = str(error)
    except ValidationError as error:
        problem = " ".join(_in_words(case, error))
    else:
        messages.success(request, _("The file is in. Read it once before you send it on."))
        return redirect("casestudies:translate", case.number, language)
    form = TranslationForm(case, side)
    return page(request, case, side, form, problem=problem, status=422)


def _take(request: SignedInRequest, case: CaseStudyPage, language: str) -> None:
    sent = request.FILES.get("file")
    if sent is None:
        raise BadXliff(_("Choose a file first."))
    found = read_xliff(sent.read(MOST_BYTES + 1))
    if found.number != case.number or found.language != language:
        raise BadXliff(_("This file belongs to another case or another language."))
    side = side_or_404(case, language)
    save_translation(
        case=case,
        language=language,
        by=request.user,
        texts={**(side.present.texts if side.present else {}), **found.texts},
        source_revision_id=found.revision_id,
        seen=request.POST.get("seen", ""),
    )


def _in_words(case: CaseStudyPage, error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        f"{label_of_text(case, name)}: {' '.join(texts)}"
        for name, texts in error.message_dict.items()
        if name in LIMITS
    ]
