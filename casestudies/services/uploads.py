"""Keeps uploaded pictures and files of a draft: checked, renamed, known to belong to a person."""

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.core.models import PortalDocument, PortalImage
from portal.core.uploads import check_document, clean_image

if TYPE_CHECKING:
    from portal.directory.models import User


@transaction.atomic
def store_image(*, author: "User", upload: UploadedFile, description: str = "") -> PortalImage:
    """Keep a picture, drawn anew; raises ValidationError for anything that is not a picture."""
    file = clean_image(upload)
    image = PortalImage(
        title=(upload.name or "")[:255],
        file=file,
        description=description[:255],
        uploaded_by_user=author,
    )
    image._set_image_file_metadata()
    image.save()
    return image


@transaction.atomic
def store_document(*, author: "User", upload: UploadedFile, title: str = "") -> PortalDocument:
    """Keep a document; raises ValidationError for a content that is not what its name says."""
    file = check_document(upload)
    document = PortalDocument(
        title=title[:255] or (upload.name or "")[:255], file=file, uploaded_by_user=author
    )
    document.save()
    return document
