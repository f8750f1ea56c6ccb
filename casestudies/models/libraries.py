"""Whose an uploaded picture or file is: each administration has a collection of Wagtail's."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from portal.directory.models import Administration


class Library(models.Model):
    """The pictures and files of one administration."""

    administration = models.OneToOneField(
        Administration, on_delete=models.PROTECT, related_name="library"
    )
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="library")

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def __str__(self) -> str:
        return str(self.administration)
