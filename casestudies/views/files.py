"""Pictures and files, sent to whoever may read a case they belong to; nothing goes round this."""

from hashlib import sha256
from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from casestudies.downloads import Material, may_download
from portal.core.models import PortalDocument, PortalRendition

SHOWN_IN_THE_BROWSER = (".jpg", ".png", ".webp", ".pdf")


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a picture in one of its sizes; the original of a picture is sent to nobody."""
    renditions = PortalRendition.objects.select_related("image")
    rendition = get_object_or_404(renditions, file=f"images/{name}")
    return _sent(request, rendition.image, rendition.file)


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Send a document under its own name."""
    found = get_object_or_404(PortalDocument, pk=pk)
    if found.filename != name:
        raise Http404
    return _sent(request, found, found.file)


def _sent(request: HttpRequest, item: Material, file: FieldFile) -> HttpResponseBase:
    # The right first: "not changed" would let a cache go on giving out what is restricted now.
    if not may_download(request.user, item):
        raise Http404
    etag = quote_etag(sha256(str(file.name).encode()).hexdigest()[:20])
    response = get_conditional_response(request, etag=etag) or _whole(file)
    response["ETag"] = etag
    # Caches may keep it, and ask each time whether it still may be given: restricting is at once.
    # What only a person who is signed in may see is never stored, as every answer to them.
    response["Cache-Control"] = "public, no-cache"
    return response


def _whole(file: FieldFile) -> FileResponse:
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = PurePath(str(file.name))
    is_saved = name.suffix.lower() not in SHOWN_IN_THE_BROWSER
    return FileResponse(content, as_attachment=is_saved, filename=name.name)
