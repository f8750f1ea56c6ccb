"""The letters that go with a region's decision, as texts that the curator edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casestudies.models.review import Decision
from portal.core.languages import supported

PLACES = _("[title], [number] and [administration] stand for those of the case.")


class LetterText(models.Model):
    """A letter to begin with, in each of the six languages; a coordinator completes it."""

    class Kind(models.TextChoices):
        PUBLISHED = Decision.Kind.PUBLISHED.value, _("Published")
        RETURNED = Decision.Kind.RETURNED.value, _("Returned with reasons")
        DECLINED = Decision.Kind.DECLINED.value, _("Declined with reasons")

    kind = models.CharField(_("decision"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120, unique=True)
    text = models.TextField(_("English"), help_text=PLACES)
    text_fr = models.TextField(_("French"), blank=True)
    text_es = models.TextField(_("Spanish"), blank=True)
    text_ar = models.TextField(_("Arabic"), blank=True)
    text_ru = models.TextField(_("Russian"), blank=True)
    text_pt = models.TextField(_("Portuguese"), blank=True)

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return self.name

    def text_in(self, language: str) -> str:
        """Give the text in a language, or in English where none is given."""
        code = supported(language)
        return (getattr(self, f"text_{code}") if code != "en" else "") or self.text
