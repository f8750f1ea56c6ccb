"""Documents are judged by their content: of the kind they say, plain paper, nothing that acts."""

import secrets
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename

from portal.core.uploads import contents, office, opendocument
from portal.core.uploads.pdf import check_pdf
from portal.core.uploads.refusals import Fault, refuse, refuse_size

DOCUMENT_BYTES = 20 * 1024 * 1024
PDF = ".pdf"
DOCUMENT_EXTENSIONS = (PDF, *office.MAIN_PARTS, *opendocument.KINDS)


def check_document(upload: UploadedFile) -> ContentFile:
    """Give an uploaded document under its name, once its content has been judged.

    It goes into a folder whose name nobody can guess.

    Raises ValidationError, in words that say how to mend it, for anything else.
    """
    refuse_size(upload.size, DOCUMENT_BYTES)
    name = PurePath(upload.name or "")
    extension = name.suffix.lower()
    upload.seek(0)
    content = upload.read()
    _check(content, extension)
    stem = get_valid_filename(name.stem[:60] or "file")
    return ContentFile(content, name=f"{secrets.token_hex(12)}/{stem}{extension}")


def _check(content: bytes, extension: str) -> None:
    if extension not in DOCUMENT_EXTENSIONS:
        refuse(Fault.DOCUMENT)
    if content.startswith(contents.OLE):
        refuse(Fault.OLD)
    if not content.startswith(contents.PDF if extension == PDF else contents.ZIP):
        refuse(Fault.NAME, extension=extension)
    if extension == PDF:
        check_pdf(content)
    elif extension in office.MAIN_PARTS:
        office.check_office(content, extension)
    else:
        opendocument.check_open_document(content, extension)
