"""How the templates of the home page and the standing pages ask for what they show."""

from django import template
from django.utils.safestring import SafeString

from casestudies.templatetags.reading import reader_of
from portal.home.markdown import safe_html
from portal.home.selectors import HomeReading, read_home

register = template.Library()


@register.simple_tag(takes_context=True)
def home_reading(context: template.Context) -> HomeReading:
    """Give what this reader sees on the home page."""
    return read_home(reader_of(context))


@register.filter
def markdown(text: str) -> SafeString:
    """Draw an editor's Markdown, cleaned of everything that could act."""
    return safe_html(text)
