"""Uploads are never trusted: pictures are drawn anew, documents are judged by their content."""

from portal.core.uploads.documents import DOCUMENT_BYTES, DOCUMENT_EXTENSIONS, check_document
from portal.core.uploads.pictures import (
    IMAGE_BYTES,
    IMAGE_EXTENSIONS,
    IMAGE_PIXELS,
    clean_image,
)

__all__ = [
    "DOCUMENT_BYTES",
    "DOCUMENT_EXTENSIONS",
    "IMAGE_BYTES",
    "IMAGE_EXTENSIONS",
    "IMAGE_PIXELS",
    "check_document",
    "clean_image",
]
