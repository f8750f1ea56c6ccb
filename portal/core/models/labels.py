"""Records with a name in each of the six languages."""

from django.db import models
from django.utils.translation import get_language

from portal.core.languages import LANGUAGE_CODES, supported

TRANSLATED_CODES = tuple(code for code in LANGUAGE_CODES if code != "en")


class Labelled(models.Model):
    """A name in English and, where given, in the five other languages."""

    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    name_es = models.CharField(max_length=200, blank=True)
    name_ar = models.CharField(max_length=200, blank=True)
    name_ru = models.CharField(max_length=200, blank=True)
    name_pt = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language, or in English where none is given."""
        return self.label_in(get_language())

    def label_in(self, code: str | None) -> str:
        """Give the name in the language `code`, or in English where none is given."""
        short = supported(code)
        return (getattr(self, f"name_{short}") if short != "en" else "") or self.name

    @property
    def labels(self) -> dict[str, str]:
        """Every name by language code, without the empty ones."""
        own = {code: getattr(self, f"name_{code}") for code in TRANSLATED_CODES}
        return {"en": self.name} | {code: name for code, name in own.items() if name}
