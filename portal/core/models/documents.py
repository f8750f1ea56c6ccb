"""Documents attached to cases."""

from django.db import models
from wagtail.documents.models import AbstractDocument


class PortalDocument(AbstractDocument):
    """An uploaded file with its credit and licence."""

    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    admin_form_fields = ("title", "file", "credit", "licence", "collection")
