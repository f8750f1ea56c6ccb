"""The home page and the standing pages (about, accessibility, licence), in six languages."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from casestudies.models.containers import ContainerPage
from portal.core.languages import Language, supported


class HomePage(ContainerPage):
    """The portal's home page; its words come from the interface catalogues."""

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["forums.RegionalForumPage", "home.StandardPage"]
    is_creatable = False
    max_count = 1


class StandardPage(ContainerPage):
    """A standing page with one text a language."""

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*ContainerPage.content_panels, InlinePanel("texts", heading=_("Texts"))]

    @cached_property
    def text(self) -> "StandardPageText | None":
        """The text in the active language, else in English, else the first there is."""
        rows = {row.language: row for row in self.texts.all()}
        return (
            rows.get(supported(get_language())) or rows.get("en") or next(iter(rows.values()), None)
        )

    @property
    def text_language(self) -> str:
        """The language of the text that is shown."""
        return self.text.language if self.text else super().text_language


class StandardPageText(Orderable):
    """The text of a standing page in one language, in Markdown."""

    page = ParentalKey(StandardPage, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), help_text=_("Markdown"))

    panels = [FieldPanel("language"), FieldPanel("title"), FieldPanel("body")]
