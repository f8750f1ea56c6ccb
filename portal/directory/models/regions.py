"""The six regions and the bodies that run them, as data an editor can change."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.languages import supported
from portal.core.models.labels import Labelled


class Region(Labelled):
    """A region of the organisation; `name` is its official name, `short_name` the everyday one."""

    code = models.CharField(max_length=4, unique=True)
    slug = models.SlugField(unique=True)
    short_name = models.CharField(max_length=80)
    short_fr = models.CharField(max_length=80, blank=True)
    short_es = models.CharField(max_length=80, blank=True)
    short_ar = models.CharField(max_length=80, blank=True)
    short_ru = models.CharField(max_length=80, blank=True)
    short_pt = models.CharField(max_length=80, blank=True)
    meeting = models.CharField(_("regional meeting"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    kind = "region"

    @property
    def short_label(self) -> str:
        """The everyday name in the active language."""
        return self.short_label_in(get_language())

    def short_label_in(self, language: str | None) -> str:
        """Give the everyday name in a language, or in English where none is given."""
        code = supported(language)
        return (getattr(self, f"short_{code}") if code != "en" else "") or self.short_name

    def __str__(self) -> str:
        return self.short_label


class RegionalBody(models.Model):
    """A Vice-Chair's office, ROCB, RTC or RILO of a region, with its seat and dates."""

    class Kind(models.TextChoices):
        VICE_CHAIR = "vice_chair", _("Vice-Chair")
        ROCB = "rocb", _("Regional Office for Capacity Building")
        RTC = "rtc", _("Regional Training Centre")
        RILO = "rilo", _("Regional Intelligence Liaison Office")

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="bodies")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    administration = models.ForeignKey(
        "directory.Administration", null=True, blank=True, on_delete=models.SET_NULL
    )
    name = models.CharField(max_length=160, blank=True)
    seat = models.CharField(max_length=120, blank=True)
    url = models.URLField(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["region", "kind", "name"]
        verbose_name = _("regional body")
        verbose_name_plural = _("regional bodies")

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} ({self.region})"
