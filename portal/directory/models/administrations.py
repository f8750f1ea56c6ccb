"""The Customs administrations of the 187 Members and of the European Union."""

from functools import lru_cache

from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.core.languages import supported
from portal.core.models.labels import Labelled
from portal.directory.models.regions import Region


# Lists name all Members, and turning to another language for each name costs more than the list.
@lru_cache(maxsize=2000)
def iso_name(iso2: str, language: str) -> str:
    """Give the name of a country in a language, empty where ISO has none."""
    with override(language):
        return str(countries.name(iso2))


class Administration(Labelled):
    """A Member's Customs administration; `name` follows the organisation's own usage."""

    iso2 = models.CharField(_("country code"), max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, blank=True)
    slug = models.SlugField(unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="administrations")
    is_member = models.BooleanField(_("counted as a Member"), default=True)
    note = models.CharField(max_length=200, blank=True)
    clearance_required = models.BooleanField(
        _("clearance by the national contact point"),
        default=True,
        help_text=_("Without it, cases go straight to the region's coordinators."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("administration")
        verbose_name_plural = _("administrations")

    kind = "administration"

    def label_in(self, code: str | None) -> str:
        """Give the name in the language `code`: our own, else ISO's, else the English one."""
        short = supported(code)
        if short == "en":
            return self.name
        return getattr(self, f"name_{short}") or iso_name(self.iso2, short) or self.name

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.label_in(get_language())
