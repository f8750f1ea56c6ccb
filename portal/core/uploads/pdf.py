"""PDF files: every object is looked at by its resolved names, also what is packed in others."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from pikepdf.settings import set_qpdf_limits

from portal.core.uploads import contents
from portal.core.uploads.refusals import Fault, refusal, refuse

OBJECTS = 100_000
UNPACKED_BYTES = 64 * 1024 * 1024
# What comes after the end mark would be another file for a reader that looks there.
END, ROOM_AFTER_END = b"%%EOF", b"\r\n\0 \t"
ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
    "/GoTo3DView",
}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/XFA"}
CARRYING_KEYS = {"/EF", "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings"}
CARRYING_TYPES = {"/EmbeddedFile", "/RichMedia", "/Movie", "/Sound", "/Screen", "/FileAttachment"}
OBJECTS_INSIDE = {"/N", "/First"}
REMOTE_ACTIONS = {"/GoToR", "/GoToE"}

# Process-wide: a stream may be packed many times over, and only unpacking it would tell.
set_qpdf_limits(
    flate_max_memory=UNPACKED_BYTES,
    run_length_max_memory=UNPACKED_BYTES,
    png_max_memory=UNPACKED_BYTES,
    tiff_max_memory=UNPACKED_BYTES,
    max_stream_filters=5,
    parser_max_nesting=100,
    doc_max_warnings=100,
)


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is damaged, protected, active, or that carries or fetches other files."""
    if END not in content[-1024:]:
        refuse(Fault.DAMAGED)
    if content.rpartition(END)[2].strip(ROOM_AFTER_END):
        refuse(Fault.PACKING)
    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as document:
            _check(document)
    except pikepdf.PasswordError as error:
        raise refusal(Fault.LOCKED) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        raise refusal(Fault.DAMAGED) from error


def _check(document: pikepdf.Pdf) -> None:
    if document.is_encrypted:
        refuse(Fault.LOCKED)
    if len(document.objects) > OBJECTS:
        refuse(Fault.BOMB)
    if not document.pages:
        refuse(Fault.DAMAGED)
    for item in _dictionaries(document):
        _check_item(item)


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    for found in document.objects:
        waiting: list[Any] = [found]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Array):
                inside: list[Any] = list(item)
            elif isinstance(item, Dictionary | Stream):
                yield item
                inside = [item.get(key) for key in item.keys()]  # noqa: SIM118 - not a mapping
            else:
                continue
            # What stands elsewhere in the file has its own turn.
            waiting += [
                each
                for each in inside
                if isinstance(each, Array | Dictionary | Stream) and not each.is_indirect
            ]


def _check_item(item: Any) -> None:
    keys = set(item.keys())
    if isinstance(item, Stream) and keys >= OBJECTS_INSIDE:
        # Objects in a stream that is not unpacked were not looked at: another reader may find them.
        item.read_bytes()
    action = _name(item.get("/S"))
    kinds = {_name(item.get("/Type")), _name(item.get("/Subtype"))}
    if keys & ACTIVE_KEYS or action in ACTIVE_ACTIONS or not _opens_quietly(item):
        refuse(Fault.ACTIVE)
    if keys & CARRYING_KEYS or kinds & CARRYING_TYPES:
        refuse(Fault.EMBEDDED, part=", ".join(sorted(keys & CARRYING_KEYS)) or "PDF")
    if action in REMOTE_ACTIONS or (isinstance(item, Stream) and "/F" in keys):
        refuse(Fault.LINKED, target=action or "/F")
    if action == "/URI" and contents.leads_away(str(item.get("/URI", ""))):
        refuse(Fault.LINKED, target=str(item.get("/URI"))[:80])


def _name(value: Any) -> str:
    return str(value) if isinstance(value, Name) else ""


def _opens_quietly(item: Any) -> bool:
    """Say whether opening does nothing but turn to a page."""
    action = item.get("/OpenAction")
    return not isinstance(action, Dictionary) or _name(action.get("/S")) == "/GoTo"
