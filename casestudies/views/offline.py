"""Working offline: the template, for a new case or a draft, and the file that comes back."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casestudies.models import CaseStudyPage, FilledTemplate
from casestudies.offline.document import read_document
from casestudies.offline.identity import Size
from casestudies.offline.package import CONTENT_TYPE
from casestudies.offline.report import files_about
from casestudies.offline.understanding import Understood, understand
from casestudies.offline.writing import blank_case, write_template
from casestudies.offline_permissions import may_fill_in, may_read_report
from casestudies.permissions import may_see_draft
from casestudies.services.offline import begin_from_template, fill_in
from casestudies.services.refusals import Refused, require
from casestudies.views.drafting import case_or_404, closed
from casestudies.views.kept import keeps_what_was_typed
from casestudies.wizard.start import places_of
from casestudies.wizard.uploading import Files
from portal.core.languages import LANGUAGE_CODES, OWN_NAMES, supported
from portal.directory.models import Administration, User
from portal.directory.requests import SignedInRequest

SIZE_NAMES = {
    Size.SNAPSHOT: gettext_lazy("Snapshot"),
    Size.FULL: gettext_lazy("Full case"),
}
ACCEPT = ".docx"


class SendForm(forms.Form):
    """The file that comes back, and for whom, where one writes for several administrations."""

    administration = forms.ChoiceField(label=gettext_lazy("Administration"))
    file = forms.FileField(
        label=gettext_lazy("The filled template (.docx)"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Files | None = None,
        *,
        places: list[Administration],
    ) -> None:
        super().__init__(data, files, auto_id="id_%s")
        self.places = {str(place.pk): place for place in places}
        self.initial["key"] = uuid4()
        if len(places) < 2:
            del self.fields["administration"]
        else:
            choices = [(pk, place.label) for pk, place in self.places.items()]
            self.fields["administration"] = forms.ChoiceField(
                label=gettext_lazy("Administration"), choices=choices
            )

    @property
    def place(self) -> Administration:
        """The administration for which a new case is begun."""
        first = next(iter(self.places))
        return self.places[self.cleaned_data.get("administration", first)]


@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest) -> HttpResponseBase:
    """Offer the template in every language, and take a filled one as a new draft."""
    if request.user.is_authenticated or request.method == "POST":
        return _offline_signed_in(request)
    return _page(request, None)


@keeps_what_was_typed
def _offline_signed_in(request: SignedInRequest) -> HttpResponse:
    places = places_of(request.user)
    form = SendForm(request.POST or None, request.FILES or None, places=places) if places else None
    if request.method == "POST" and form and form.is_valid():
        try:
            return _to_report(_take(request, form))
        except ValidationError as error:
            form.add_error("file", error)
    return _page(request, form)


def _take(request: SignedInRequest, form: SendForm) -> FilledTemplate:
    file = form.cleaned_data["file"]
    said = understand(read_document(file))
    if said.identity.number:
        case = _named_draft(request.user, said)
        return fill_in(case=case, author=request.user, said=said, file_name=file.name)
    return begin_from_template(
        author=request.user,
        administration=form.place,
        said=said,
        file_name=file.name,
        key=form.cleaned_data["key"],
    )


def _named_draft(user: User, said: Understood) -> CaseStudyPage:
    """Give the draft that a file was made for; one that is not theirs is as good as none."""
    case = CaseStudyPage.objects.filter(number=said.identity.number).first()
    if case is None or not may_see_draft(user, case):
        raise ValidationError(
            _("This file belongs to the draft %(number)s, in which you do not write.")
            % {"number": said.identity.number}
        )
    verdict = may_fill_in(user, case)
    if not verdict:
        raise ValidationError(str(verdict.reason))
    return case


def _page(request: HttpRequest, form: SendForm | None) -> HttpResponse:
    context = {
        "section": "share",
        "form": form,
        "languages": [(code, OWN_NAMES[code], _downloads(code)) for code in LANGUAGE_CODES],
    }
    status = 422 if form and form.errors else 200
    return render(request, "casestudies/offline/start.html", context, status=status)


def _downloads(code: str) -> list[tuple[str, str]]:
    with override(code):
        return [
            (str(SIZE_NAMES[size]), reverse("casestudies:offline_template", args=[size]))
            for size in Size
        ]


@require_safe
def template(request: HttpRequest, size: str) -> HttpResponse:
    """Give an empty template in the language of the address."""
    language = supported(get_language())
    case = blank_case(language=language)
    return word_file(case, size, f"customs-forum-{size}-{language}.docx")


def word_file(
    case: CaseStudyPage, size: str, name: str, *, number: str = "", language: str = ""
) -> HttpResponse:
    """Send a template, or 404 for a size that there is not."""
    if size not in {*Size}:
        raise Http404
    language = language or supported(get_language())
    content = write_template(case, language=language, size=Size(size), number=number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


@require_safe
@keeps_what_was_typed
def case_template(request: SignedInRequest, number: str, size: str) -> HttpResponse:
    """Give the template of a draft, with its answers, in the language of the address."""
    case = case_or_404(request.user, number)
    require(may_fill_in(request.user, case))
    draft = case.get_latest_revision_as_object()
    name = f"{number}-{size}-{supported(get_language())}.docx"
    return word_file(draft, size, name, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def case_file(request: SignedInRequest, number: str) -> HttpResponse:
    """Offer the template of a draft, and take it in when it comes back."""
    case = case_or_404(request.user, number)
    verdict = may_fill_in(request.user, case)
    if not verdict:
        return closed(request, case, verdict.reason, 409 if request.method == "POST" else 200)
    form = SendForm(request.POST or None, request.FILES or None, places=[case.administration])
    if request.method == "POST" and form.is_valid():
        try:
            return _to_report(_take_into(request, case, form))
        except ValidationError as error:
            form.add_error("file", error)
        except Refused as refusal:
            return closed(request, case, refusal.reason, 409)
    context = {
        "section": "share",
        "case": case,
        "draft": case.get_latest_revision_as_object(),
        "form": form,
        "sizes": [
            (SIZE_NAMES[size], reverse("casestudies:share_template", args=[number, size]))
            for size in Size
        ],
        "files": files_about(case) if may_read_report(request.user, case) else [],
    }
    status = 422 if form.errors else 200
    return render(request, "casestudies/offline/case.html", context, status=status)


def _take_into(request: SignedInRequest, case: CaseStudyPage, form: SendForm) -> FilledTemplate:
    file = form.cleaned_data["file"]
    said = understand(read_document(file))
    if said.identity.number != case.number:
        raise ValidationError(
            _("This file belongs to another case. Download the template of this one.")
        )
    return fill_in(case=case, author=request.user, said=said, file_name=file.name)


def _to_report(filled: FilledTemplate) -> HttpResponse:
    return redirect("casestudies:share_report", filled.case.number, filled.pk)
