"""Write-shops: opening one, following everybody's progress, handing filled templates in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casestudies.models import CaseStudyPage, Workshop
from casestudies.offline.document import read_document
from casestudies.offline.understanding import understand
from casestudies.offline.writing import blank_case
from casestudies.offline_permissions import may_hand_in, may_run_workshops
from casestudies.services.offline import hand_in
from casestudies.services.workshops import Seat, add_participants, open_workshop
from casestudies.views.kept import keeps_what_was_typed
from casestudies.views.offline import ACCEPT, word_file
from casestudies.wizard.kinds import CountedField
from casestudies.workshops import progress_in, regions_run_by, workshops_for, writers_of
from portal.core.uploads.refusals import named
from portal.directory.models import Region
from portal.directory.requests import SignedInRequest

MOST_FILES = 60


class ParticipantsForm(forms.Form):
    """Who takes part: people who write for a Member of the region already."""

    participants = forms.MultipleChoiceField(
        label=gettext_lazy("Participants"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one participant.")},
    )

    def __init__(self, data: QueryDict | None = None, *, seats: list[Seat]) -> None:
        super().__init__(data, auto_id="id_%s")
        self.seats = {f"{person.pk}-{place.pk}": (person, place) for person, place in seats}
        self.fields["participants"].choices = [  # type: ignore[attr-defined]
            (key, f"{place.label} · {person}") for key, (person, place) in self.seats.items()
        ]

    @property
    def chosen(self) -> list[Seat]:
        """The people with the administrations they write for."""
        return [self.seats[key] for key in self.cleaned_data["participants"]]


class WorkshopForm(ParticipantsForm):
    """A new write-shop."""

    title = CountedField(
        limit=120,
        label=gettext_lazy("Title of the write-shop"),
        error_messages={"required": gettext_lazy("Give the write-shop a title.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Give the date."),
            "invalid": gettext_lazy("Write the date as 2026-03-31."),
        },
    )
    field_order = ("title", "day", "participants")


@require_safe
@keeps_what_was_typed
def workshops(request: SignedInRequest) -> HttpResponse:
    """List the write-shops of a person's regions; for who runs none, there is no such page."""
    regions = regions_run_by(request.user)
    if not regions:
        raise Http404
    context = {"regions": regions, "workshops": workshops_for(request.user)}
    return render(request, "casestudies/workshops/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def workshop_new(request: SignedInRequest, region: str) -> HttpResponse:
    """Ask for title, date and participants, and open a draft for each."""
    place = Region.objects.filter(slug=region).first()
    if place is None or not may_run_workshops(request.user, place):
        raise Http404
    form = WorkshopForm(request.POST or None, seats=writers_of(place))
    if request.method == "POST" and form.is_valid():
        workshop = open_workshop(
            region=place,
            by=request.user,
            title=form.cleaned_data["title"],
            day=form.cleaned_data["day"],
            seats=form.chosen,
        )
        return redirect("casestudies:workshop", workshop.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "region": place}
    return render(request, "casestudies/workshops/new.html", context, status=status)


@require_safe
@keeps_what_was_typed
def workshop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far every participant is."""
    return _page(request, _workshop_or_404(request, pk))


@require_POST
@keeps_what_was_typed
def workshop_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open drafts for more people."""
    shop = _workshop_or_404(request, pk)
    form = ParticipantsForm(request.POST, seats=_free_seats(shop))
    if not form.is_valid():
        return _page(request, shop, form=form)
    add_participants(workshop=shop, by=request.user, seats=form.chosen)
    return redirect("casestudies:workshop", pk)


@require_POST
@keeps_what_was_typed
def workshop_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep filled templates for their authors, each for the draft that it was made for."""
    shop = _workshop_or_404(request, pk)
    files = request.FILES.getlist("files")
    errors = [] if files else [_("Choose at least one file.")]
    if len(files) > MOST_FILES:
        errors, files = [_("Send at most %(most)s files at once.") % {"most": MOST_FILES}], []
    kept = 0
    for file in files:
        try:
            _hand_in(request, shop, file)
            kept += 1
        except ValidationError as error:
            errors.append(named(str(file.name), error))
    if kept:
        words = ngettext(
            "%(n)s file is handed in. Its author takes it in.",
            "%(n)s files are handed in. Their authors take them in.",
            kept,
        )
        messages.success(request, words % {"n": kept})
    if errors:
        return _page(request, shop, errors=errors)
    return redirect("casestudies:workshop", pk)


def _hand_in(request: SignedInRequest, shop: Workshop, file: UploadedFile) -> None:
    said = understand(read_document(file))
    case = CaseStudyPage.objects.filter(
        number=said.identity.number, workshop_seat__workshop=shop
    ).first()
    if case is None:
        raise ValidationError(
            _("It was not made from a template of this write-shop. Its author can send it.")
        )
    verdict = may_hand_in(request.user, shop, case)
    if not verdict:
        raise ValidationError(str(verdict.reason))
    hand_in(workshop=shop, case=case, by=request.user, said=said, file_name=str(file.name))


@require_safe
@keeps_what_was_typed
def workshop_template(request: SignedInRequest, pk: int, number: str, size: str) -> HttpResponse:
    """Give the empty template of a participant: with the number of the draft, and no word of it."""
    shop = _workshop_or_404(request, pk)
    seat = get_object_or_404(shop.seats.select_related("person", "case"), case__number=number)
    language = seat.person.language
    blank = blank_case(language=language, title=shop.title)
    return word_file(blank, size, f"{number}-{language}.docx", number=number, language=language)


def _workshop_or_404(request: SignedInRequest, pk: int) -> Workshop:
    found = get_object_or_404(Workshop.objects.select_related("region"), pk=pk)
    if not may_run_workshops(request.user, found.region):
        raise Http404
    return found


def _free_seats(shop: Workshop) -> list[Seat]:
    taken = set(shop.seats.values_list("person", flat=True))
    return [seat for seat in writers_of(shop.region) if seat[0].pk not in taken]


def _page(
    request: SignedInRequest,
    shop: Workshop,
    *,
    form: ParticipantsForm | None = None,
    errors: list[str] | None = None,
) -> HttpResponse:
    free = _free_seats(shop)
    context = {
        "workshop": shop,
        "rows": progress_in(shop),
        "form": form or (ParticipantsForm(seats=free) if free else None),
        "errors": [{"id": "id_files", "text": text} for text in errors or []],
        "accept": ACCEPT,
    }
    status = 422 if errors or (form and form.errors) else 200
    return render(request, "casestudies/workshops/progress.html", context, status=status)
