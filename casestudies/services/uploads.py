"""Keeps uploaded pictures and files in the library of an administration, checked and renamed."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casestudies.libraries import SMALL
from casestudies.permissions import may_create
from casestudies.services.libraries import library_of
from casestudies.services.refusals import require
from portal.core.models import PortalDocument, PortalImage
from portal.core.uploads import check_document, clean_image

if TYPE_CHECKING:
    from portal.directory.models import Administration, User


def store_image(
    *, author: "User", administration: "Administration", upload: UploadedFile
) -> PortalImage:
    """Keep a picture, drawn anew, in the library of an administration.

    Raises `Refused` for a person who does not write for it, ValidationError for a file that is no
    picture.
    """
    require(may_create(author, administration))
    # Before the transaction: drawing takes a while, and on SQLite nobody else could write.
    file = clean_image(upload)
    with transaction.atomic():
        image = PortalImage(
            title=PurePath(upload.name or "").stem[:160],
            file=file,
            collection=library_of(administration=administration).collection,
            uploaded_by_user=author,
        )
        image._set_image_file_metadata()
        image.save()
    image.get_rendition(SMALL)
    return image


def store_document(
    *, author: "User", administration: "Administration", upload: UploadedFile
) -> PortalDocument:
    """Keep a document in the library of an administration.

    Raises `Refused` for a person who does not write for it, ValidationError for a content that is
    not what its name says.
    """
    require(may_create(author, administration))
    file = check_document(upload)
    with transaction.atomic():
        document = PortalDocument(
            title=PurePath(upload.name or "").stem[:160],
            file=file,
            collection=library_of(administration=administration).collection,
            uploaded_by_user=author,
        )
        document._set_document_file_metadata()
        document.save()
    return document
