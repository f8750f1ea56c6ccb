"""Uploads are never trusted: images are drawn anew, documents are recognised by their content."""

import secrets
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
IMAGE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp")
IMAGE_BYTES = 12 * 1024 * 1024
IMAGE_PIXELS = 40_000_000
DOCUMENT_BYTES = 20 * 1024 * 1024
_OFFICE_FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_OPEN_DOCUMENTS = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
DOCUMENT_EXTENSIONS = (".pdf", *_OFFICE_FOLDERS, *_OPEN_DOCUMENTS)
# What the readers of these formats raise on a file that was cut, damaged or forged.
BROKEN_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)
BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)
_MACROS = "vbaproject.bin"


def clean_image(upload: UploadedFile) -> ContentFile:
    """Draw an uploaded picture anew, upright and without its metadata.

    Gives a file with a name nobody can guess, so that the picture of a draft stays unknown.
    Raises ValidationError, in words that say how to mend it, for anything that is not a picture.
    """
    _refuse_size(upload, IMAGE_BYTES)
    try:
        picture = Image.open(upload, formats=IMAGE_FORMATS)
        width, height = picture.size
        if width * height > IMAGE_PIXELS:
            raise ValidationError(
                _("This picture has too many pixels (%(width)s × %(height)s). Make it smaller.")
                % {"width": width, "height": height}
            )
        return _draw_anew(picture)
    except BROKEN_PICTURE as error:
        raise ValidationError(
            _("This is not a picture we can read. Send a JPEG, PNG or WebP file.")
        ) from error


def _draw_anew(picture: Image.Image) -> ContentFile:
    kind = picture.format or "PNG"
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB"
    fresh = upright.convert(mode)
    fresh.info.clear()
    out = BytesIO()
    fresh.save(out, format=kind, quality=88)
    extension = "jpg" if kind == "JPEG" else kind.lower()
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(12)}.{extension}")


def check_document(upload: UploadedFile) -> ContentFile:
    """Give an uploaded document under its name, once its content is what the name says.

    It goes into a folder whose name nobody can guess.

    Raises ValidationError, in words that say how to mend it, for anything else.
    """
    _refuse_size(upload, DOCUMENT_BYTES)
    extension = PurePath(upload.name or "").suffix.lower()
    upload.seek(0)
    content = upload.read()
    if not _is_what_it_says(extension, content):
        raise ValidationError(
            _(
                "This is not a document we can read. Send a PDF, Word, Excel, PowerPoint or ODF "
                "file."
            )
        )
    stem = get_valid_filename(PurePath(upload.name or "").stem[:60] or "file")
    return ContentFile(content, name=f"{secrets.token_hex(12)}/{stem}{extension}")


def _is_what_it_says(extension: str, content: bytes) -> bool:
    if extension == ".pdf":
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if extension not in DOCUMENT_EXTENSIONS:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _is_office_package(extension, package)
    except BROKEN_PACKAGE:
        return False


def _is_office_package(extension: str, package: zipfile.ZipFile) -> bool:
    names = package.namelist()
    if any(name.lower().endswith(_MACROS) for name in names):
        return False
    if extension in _OFFICE_FOLDERS:
        folder = _OFFICE_FOLDERS[extension]
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
    kind = package.getinfo("mimetype")
    return kind.file_size < 200 and package.read(kind).decode() == _OPEN_DOCUMENTS[extension]


def _refuse_size(upload: UploadedFile, limit: int) -> None:
    if (upload.size or 0) > limit:
        raise ValidationError(
            _("This file is larger than %(size)s MB. Send a smaller one.")
            % {"size": limit // (1024 * 1024)}
        )
