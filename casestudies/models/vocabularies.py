"""The closed vocabularies: two-level topics, the terms of the field, the translators' glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from portal.core.models.labels import Labelled


class Topic(Labelled, TagBase):
    """A topic, or a group of topics where it has no parent; curated, never typed freely."""

    free_tagging = False

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("slug"), unique=True, max_length=100)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    synonyms = models.TextField(
        _("synonyms"), blank=True, help_text=_("In any language, separated by |")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.label

    @property
    def synonym_list(self) -> list[str]:
        """The synonyms, one string each."""
        return [word.strip() for word in self.synonyms.split("|") if word.strip()]


class Vocabulary(models.TextChoices):
    """The vocabularies other than topics."""

    BUILDING_BLOCK = "building_block", _("Building blocks of Customs in the 21st Century")
    INNOVATION_TYPE = "innovation_type", _("Type of innovation")
    INSTRUMENT = "instrument", _("Instruments")
    PMM_DIMENSION = "pmm_dimension", _("Performance dimension")
    TECHNOLOGY = "technology", _("Technologies used")
    PROCESS = "process", _("Customs process")
    MODE = "mode", _("Mode of transport")
    BENEFICIARY = "beneficiary", _("Beneficiaries")


class Term(Labelled):
    """One word of a closed vocabulary; a term that has children only groups them."""

    vocabulary = models.CharField(_("vocabulary"), max_length=16, choices=Vocabulary.choices)
    slug = models.SlugField(max_length=60)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["vocabulary", "position"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="one_term_per_slug")
        ]


class GlossaryTerm(Labelled):
    """A Customs term as it is said in each language, shown beside a text to be translated."""

    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
