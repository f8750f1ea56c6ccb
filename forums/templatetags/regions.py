"""How the region's template asks for what it shows."""

from django import template

from casestudies.templatetags.reading import reader_of
from forums.models import RegionalForumPage
from forums.selectors import RegionReading, read_region

register = template.Library()


@register.simple_tag(takes_context=True)
def region_reading(context: template.Context, page: RegionalForumPage) -> RegionReading:
    """Give what this reader may see of a region."""
    return read_region(page, reader_of(context))
