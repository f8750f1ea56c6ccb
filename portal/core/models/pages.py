"""The base of every page: one tree under six language prefixes."""

from django.utils.translation import get_language
from wagtail.models import Page

from portal.core.languages import direction, supported


class BasePage(Page):
    """A page whose text may be in another language than the interface."""

    class Meta:
        abstract = True

    @property
    def text_language(self) -> str:
        """The language of the page's own text; the interface's unless a page knows better."""
        return supported(get_language())

    @property
    def text_direction(self) -> str:
        """`rtl` or `ltr`, for the page's own text."""
        return direction(self.text_language)
