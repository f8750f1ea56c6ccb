"""Collections: cases a curator put together, in order, with a word on each."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable, PagePermissionTester

from casestudies.models.containers import ContainerPage
from casestudies.models.desk import desk
from portal.core.languages import Language


class CollectionPage(ContainerPage):
    """A curated collection of a region."""

    summary = models.TextField(_("summary"), max_length=300)
    introduction = models.TextField(_("the curator's case for it"), max_length=2500)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.EN
    )
    featured = models.BooleanField(_("featured on the home page"), default=False)
    is_illustration = models.BooleanField(_("illustration"), default=False)

    template = "casestudies/collection_page.html"
    section = "collections"
    parent_page_types = ["forums.RegionalForumPage"]
    subpage_types: list[str] = []
    # The rows of cases are added where it is known who may name which case.
    content_panels = [
        *ContainerPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("language"),
        FieldPanel("featured"),
    ]

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Leave the collection to the coordinators of the region it stands in."""
        return desk().rights(user, self)

    @property
    def text_language(self) -> str:
        """The language the curator wrote in."""
        return self.language


class CollectionItem(Orderable):
    """A case in a collection and why the curator chose it."""

    collection = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="collection_items"
    )
    comment = models.TextField(_("the curator's comment"), max_length=800)

    panels = [PageChooserPanel("case"), FieldPanel("comment")]
