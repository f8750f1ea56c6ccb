"""The six regions and the bodies that run them, as data an editor can change."""

from zoneinfo import available_timezones

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.languages import supported
from portal.core.models.labels import Labelled

LONGEST_WAIT = 180
A_WAIT = (MinValueValidator(1), MaxValueValidator(LONGEST_WAIT))


def time_zones() -> list[tuple[str, str]]:
    """Give the names of the time zones to choose from: places, without old and technical names."""
    names = {name for name in available_timezones() if "/" in name}
    places = {name for name in names if not name.startswith(("Etc/", "SystemV/", "US/"))}
    return [(name, name.replace("_", " ")) for name in sorted({*places, "UTC"})]


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
    time_zone = models.CharField(
        _("time zone"),
        max_length=48,
        choices=time_zones,
        default="UTC",
        help_text=_("Reminders are sent from 8 in the morning to 6 in the evening of this zone."),
    )
    clearance_days = models.PositiveSmallIntegerField(
        _("days before a contact point is reminded"), default=10, validators=A_WAIT
    )
    review_days = models.PositiveSmallIntegerField(
        _("days before a reviewer is reminded"), default=7, validators=A_WAIT
    )
    decision_days = models.PositiveSmallIntegerField(
        _("days before the coordinators are reminded"), default=14, validators=A_WAIT
    )

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
