"""Draws the options of the filters in Python: a page has hundreds, and an include for each of them
costs more than the search itself. A test holds the result equal to `components/facet_option.html`.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from search.results import FacetValue

register = template.Library()

# Values are slugs, so they can be a part of an id as they are.
OPTION = (
    '<div class="c-choice"><input class="c-choice__input" type="checkbox" name="{name}"'
    ' value="{value}" id="facet-{name}-{value}"{checked}><label class="c-choice__label"'
    ' for="facet-{name}-{value}"><bdi>{label}</bdi></label>'
    '<span class="c-facet__count">{count}</span></div>'
)


@register.simple_tag
def facet_options(name: str, values: Iterable[FacetValue]) -> SafeString:
    """Draw the values of one facet as checkboxes with their counts."""
    parameter = escape(name)
    drawn = [
        OPTION.format(
            name=parameter,
            value=escape(option.value),
            checked=" checked" if option.selected else "",
            label=escape(option.label),
            count=int(option.count),
        )
        for option in values
    ]
    return mark_safe("".join(drawn))  # noqa: S308
