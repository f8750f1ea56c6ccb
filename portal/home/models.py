"""The home page and the standing pages (about, accessibility, licence), in six languages."""

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from casestudies.models.containers import ContainerPage
from casestudies.readers.finding import case_at, withdrawn_case_at
from portal.core.languages import Language, supported

# Below the home page a case stands under its region and its administration.
CASE_DEPTH = 3


class HomePage(ContainerPage):
    """The portal's home page; its words come from the interface catalogues."""

    template = "home/home_page.html"
    has_search_box = True
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["forums.RegionalForumPage", "home.StandardPage"]
    is_creatable = False
    max_count = 1

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page at an address at once; Wagtail's way takes two statements a level."""
        if not path_components:
            return super().route(request, path_components)
        address = {
            "slug": path_components[-1],
            "url_path": f"{self.url_path}{'/'.join(path_components)}/",
        }
        page = self._page_at(request, address, is_case=len(path_components) == CASE_DEPTH)
        if page is None:
            raise Http404
        return RouteResult(page)

    def _page_at(
        self, request: HttpRequest, address: dict[str, str], *, is_case: bool
    ) -> Page | None:
        if is_case:
            return self._case_at(request, address) or self._case_at(
                request, {"slug": address["slug"]}
            )
        page = Page.objects.live().filter(**address).first()
        return page.specific if page else None

    def _case_at(self, request: HttpRequest, address: dict[str, str]) -> Page | None:
        """Give a case at its address; by its slug alone it is found where it stood before."""
        language = supported(get_language())
        found = case_at(request.user, language=language, **address)
        return found or withdrawn_case_at(**address)


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
