"""The repeated groups of a case: ordered children that travel with its revisions."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable

from casestudies.models.choices import Licence
from casestudies.models.fields import BLOCK_LIMITS
from casestudies.models.vocabularies import Topic
from portal.directory.models import Administration

CASE = "casestudies.CaseStudyPage"


def rows_in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the rows of a repeated group, as a revision holds them, in the authors' order."""
    return sorted(rows, key=lambda row: row["sort_order"] or 0)


class CaseTopic(ItemBase, Orderable):
    """A topic on a case; the first in order is the primary one."""

    tag = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="case_items")
    content_object = ParentalKey(CASE, on_delete=models.CASCADE, related_name="topic_items")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="topic_once_per_case")
        ]


class Partner(Orderable):
    """A Member, agency, trade partner or donor that took part."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("Member administration")
        AGENCY = "agency", _("Government agency")
        TRADE = "trade", _("Trade partner")
        DONOR = "donor", _("Donor or international organisation")

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="partners")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    administration = models.ForeignKey(
        Administration, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("Member")
    )
    name = models.CharField(_("name"), max_length=160, blank=True)

    def __str__(self) -> str:
        return self.name or (self.administration.label if self.administration else "")


class ResultRow(Orderable):
    """One measured result: the indicator before and after, and how it was measured."""

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="results")
    indicator = models.CharField(_("indicator"), max_length=160)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    before = models.CharField(_("before"), max_length=40, blank=True)
    after = models.CharField(_("after"), max_length=40, blank=True)
    period = models.CharField(_("period"), max_length=80, blank=True)
    method = models.CharField(_("how it was measured"), max_length=300, blank=True)

    @property
    def is_measured(self) -> bool:
        """Whether both values are numbers, so that they can be compared."""
        return number_in(self.before) is not None and number_in(self.after) is not None


def number_in(text: str) -> Decimal | None:
    """Read a decimal number, with a point or a comma; give None for anything else."""
    try:
        value = Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


class ReusableBlock(Orderable):
    """A building block of the experience that others can take over."""

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="reusable_blocks")
    name = models.CharField(_("name"), max_length=BLOCK_LIMITS["name"])
    what = models.TextField(_("what it is"), max_length=BLOCK_LIMITS["what"], blank=True)
    factors = models.TextField(
        _("enabling factors"), max_length=BLOCK_LIMITS["factors"], blank=True
    )
    lesson = models.TextField(_("lesson"), max_length=BLOCK_LIMITS["lesson"], blank=True)


class CaseImage(Orderable):
    """An image on a case, with its own alternative text.

    Credit and licence stand here, too, so that what was cleared stays as it was when the library
    changes; no licence means that of the case.
    """

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("core.PortalImage", on_delete=models.CASCADE, related_name="+")
    alternative_text = models.CharField(_("alternative text"), max_length=250)
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=16, choices=Licence.choices, blank=True)


class CaseFile(Orderable):
    """A file attached to a case."""

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("core.PortalDocument", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=16, choices=Licence.choices, blank=True)
    members_only = models.BooleanField(_("for Members only"), default=False)


class CaseLink(Orderable):
    """A link to more material; the text of a case never depends on it."""

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("address"), max_length=400)
    title = models.CharField(_("title"), max_length=160)


class RelatedCase(Orderable):
    """How a case stands to another one."""

    class Kind(models.TextChoices):
        PART_OF = "part_of", _("Part of")
        BUILDS_ON = "builds_on", _("Builds on")
        INSPIRED_BY = "inspired_by", _("Inspired by")
        REPLACES = "replaces", _("Replaces")

    page = ParentalKey(CASE, on_delete=models.CASCADE, related_name="related_cases")
    kind = models.CharField(_("relation"), max_length=12, choices=Kind.choices)
    target = models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="related_from")
