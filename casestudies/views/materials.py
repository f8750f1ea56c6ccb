"""The library of an administration: its pictures and files, sent, described, used again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.downloads import Material, drafts_with, may_keep, may_remove
from casestudies.libraries import cases_by_material, newest_materials
from casestudies.models import Library
from casestudies.permissions import may_see_draft
from casestudies.services.materials import describe_material, remove_material
from casestudies.services.uploads import store_document, store_image
from casestudies.views.kept import keeps_what_was_typed
from casestudies.views.material_form import MaterialForm
from casestudies.wizard.start import places_of
from portal.core.models import PortalDocument, PortalImage
from portal.core.paging import page_of
from portal.core.uploads import DOCUMENT_EXTENSIONS, IMAGE_EXTENSIONS
from portal.core.uploads.refusals import named
from portal.directory.models import Administration
from portal.directory.requests import SignedInRequest

PICTURES, FILES = "pictures", "files"
MODELS: dict[str, type[PortalImage] | type[PortalDocument]] = {
    PICTURES: PortalImage,
    FILES: PortalDocument,
}
LABELS = {PICTURES: gettext_lazy("Pictures"), FILES: gettext_lazy("Files")}
ACCEPTED = {PICTURES: IMAGE_EXTENSIONS, FILES: DOCUMENT_EXTENSIONS}
# How cases name them: the group in a case's text, and the column with the number.
IN_CASES = {PICTURES: ("images", "image"), FILES: ("files", "document")}
SIZE = 24


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def materials(request: SignedInRequest) -> HttpResponse:
    """List the pictures or the files of an administration, or take new ones into its library."""
    places = places_of(request.user)
    kind = request.GET.get("kind", PICTURES)
    if kind not in MODELS:
        raise Http404
    if not places:
        return render(request, "casestudies/materials/list.html", {"places": places})
    place = _place(places, request.GET.get("of", places[0].iso2))
    errors = _take(request, place, kind) if request.method == "POST" else []
    if request.method == "POST" and not errors:
        return redirect(request.get_full_path())
    page = page_of(newest_materials(MODELS[kind], place), request, size=SIZE)
    uses = cases_by_material(place, *IN_CASES[kind])
    context = {
        "places": places,
        "place": place,
        "kind": kind,
        "whose": [_link(item.label, item.iso2, kind, item == place) for item in places],
        "kinds": [_link(label, place.iso2, name, name == kind) for name, label in LABELS.items()],
        "accept": ",".join(ACCEPTED[kind]),
        "page_of_items": page,
        "rows": [{"item": item, "cases": uses.get(item.pk, [])} for item in page],
        "errors": [{"id": "id_new-file", "text": error} for error in errors],
    }
    status = 422 if errors else 200
    return render(request, "casestudies/materials/list.html", context, status=status)


def _link(label: object, iso2: str, kind: str, current: bool) -> dict[str, object]:
    return {"label": label, "url": f"?of={iso2}&kind={kind}", "current": current}


def _place(places: list[Administration], iso2: str) -> Administration:
    """Give the administration of this code, if the person writes for it."""
    for place in places:
        if place.iso2 == iso2:
            return place
    raise Http404


def _take(request: SignedInRequest, place: Administration, kind: str) -> list[str]:
    """Store what was sent; give what was refused, in words."""
    uploads = request.FILES.getlist("new-file")
    errors = [] if uploads else [_("Choose at least one file.")]
    for upload in uploads:
        try:
            _store(request, place, kind, upload)
        except ValidationError as error:
            errors.append(named(str(upload.name), error))
    kept = len(uploads) - len(errors)
    if kept > 0:
        words = ngettext("%(n)s file is kept.", "%(n)s files are kept.", kept)
        messages.success(request, words % {"n": kept})
    return errors


def _store(
    request: SignedInRequest, place: Administration, kind: str, upload: UploadedFile
) -> Material:
    store: Any = store_image if kind == PICTURES else store_document
    return store(author=request.user, administration=place, upload=upload)


@require_POST
def materials_send(request: SignedInRequest) -> JsonResponse:
    """Take one file that a script sends by itself: its number, or why it is refused."""
    place = next(
        (item for item in _own_places(request) if item.iso2 == request.POST.get("of")), None
    )
    upload = request.FILES.get("file")
    kind = request.POST.get("kind", "")
    if place is None or upload is None or kind not in MODELS:
        return JsonResponse({"reason": _("You do not write for this administration.")}, status=403)
    try:
        return JsonResponse({"id": _store(request, place, kind, upload).pk}, status=201)
    except ValidationError as error:
        return JsonResponse({"reason": " ".join(error.messages)}, status=422)


def _own_places(request: SignedInRequest) -> list[Administration]:
    return places_of(request.user) if request.user.is_authenticated else []


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def material(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Show one picture or file with its texts, or write them."""
    item = _item_or_404(request, kind, pk)
    form = MaterialForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        describe_material(item=item, by=request.user, texts=form.cleaned_data)
        messages.success(request, _("Saved. Cases that have it already keep their own texts."))
        return redirect("casestudies:material", kind, pk)
    context = {
        "item": item,
        "kind": kind,
        "form": form,
        "cases": [case for case in drafts_with(item) if may_see_draft(request.user, case)],
        "may_remove": may_remove(request.user, item),
    }
    status = 422 if form.errors else 200
    return render(request, "casestudies/materials/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def material_remove(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Ask, then delete a picture or a file that no case has."""
    item = _item_or_404(request, kind, pk)
    verdict = may_remove(request.user, item)
    if not verdict:
        messages.error(request, str(verdict.reason))
        return redirect("casestudies:material", kind, pk)
    if request.method == "POST":
        library = f"{reverse('casestudies:materials')}?of={_code(item)}&kind={kind}"
        remove_material(item=item, by=request.user)
        messages.success(request, _("It is deleted."))
        return redirect(library)
    context = {"item": item, "kind": kind}
    return render(request, "casestudies/materials/remove.html", context)


def _item_or_404(request: SignedInRequest, kind: str, pk: int) -> Material:
    """Give an item of a library that this person keeps; for anybody else it does not exist."""
    model: Any = MODELS.get(kind)
    if model is None:
        raise Http404
    item: Material = get_object_or_404(model, pk=pk)
    if not may_keep(request.user, item):
        raise Http404
    return item


def _code(item: Material) -> str:
    library = Library.objects.filter(collection=item.collection_id).first()
    return library.administration.iso2 if library else ""
