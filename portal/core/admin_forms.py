"""The admin's forms of pictures and documents: what comes in there is judged as everywhere."""

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.core.uploads import check_document, clean_image


class CleanImageForm(BaseImageForm):
    """Takes a new picture drawn anew, without its metadata."""

    def clean_file(self) -> File:
        """Give the file there was, or the new one drawn anew."""
        file: UploadedFile = self.cleaned_data["file"]
        return clean_image(file) if "file" in self.changed_data else file


class CheckedDocumentForm(BaseDocumentForm):
    """Takes a new document whose content is what its name says."""

    def clean_file(self) -> File:
        """Give the file there was, or the new one after its check."""
        file: UploadedFile = self.cleaned_data["file"]
        return check_document(file) if "file" in self.changed_data else file
