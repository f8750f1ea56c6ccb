"""The base of every page: one tree under six language prefixes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, override
from wagtail.models import Page, PageViewRestriction

from portal.core.languages import LANGUAGE_CODES, direction, supported

# One for all: a query set that was read once costs nothing more.
_NO_RESTRICTIONS = PageViewRestriction.objects.none()


class BasePage(Page):
    """A page whose text may be in another language than the interface."""

    # Who may read a case is the case's own field; a second lock beside it would only confuse.
    private_page_options: list[str] = []
    # The entry of the menu that is current here, and whether the page has a large search field.
    section = ""
    has_search_box = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give what the frame needs to know of this page."""
        frame = {"section": self.section, "hide_search": self.has_search_box}
        return super().get_context(request, *args, **kwargs) | frame

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Give none: there is no way to set one, and looking costs two statements a page."""
        return _NO_RESTRICTIONS

    @property
    def text_language(self) -> str:
        """The language of the page's own text; the interface's unless a page knows better."""
        return supported(get_language())

    @property
    def text_direction(self) -> str:
        """`rtl` or `ltr`, for the page's own text."""
        return direction(self.text_language)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Give six entries, one a language, each naming the other five."""
        addresses = {code: self._address_in(code, request) for code in LANGUAGE_CODES}
        alternates = [
            {"location": address, "lang_code": code} for code, address in addresses.items()
        ]
        changed = self.last_published_at or self.latest_revision_created_at
        return [
            {"location": address, "lastmod": changed, "alternates": alternates}
            for address in addresses.values()
        ]

    def _address_in(self, code: str, request: HttpRequest | None) -> str:
        with override(code):
            address = self.get_url(request)
        return request.build_absolute_uri(address) if request else address
