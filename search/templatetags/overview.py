"""Draws the table and the map of results in Python, as `finder` draws their list."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from search.atlas import Place, Tile
from search.items import Item
from search.results import Label
from search.templatetags.finder import component

register = template.Library()

ROW = (
    '<tr><th scope="row">{kind}<a href="{url}" lang="{lang}" dir="{dir}"><bdi>{title}</bdi></a>'
    "</th><td>{administration}</td><td>{region}</td><td>{year}</td><td>{stage}</td>"
    '<td class="c-table__topics">{topics}</td><td>{cost}</td><td>{level}</td></tr>'
)
LIT = (
    '<li><a class="c-atlas__tile c-atlas__tile--{shade}" href="{url}" title="{label}">'
    '<span class="c-atlas__code">{code}</span> <span class="c-atlas__label">{label}</span> '
    "<b>{count}</b></a></li>"
)
UNLIT = (
    '<li class="c-atlas__tile" aria-hidden="true" title="{label}">'
    '<span class="c-atlas__code">{code}</span></li>'
)


@register.simple_tag
def table_rows(items: Iterable[Item]) -> SafeString:
    """Draw a row for each result; what does not apply to it is an empty cell."""
    return mark_safe("".join(map(_row, items)))  # noqa: S308


def _row(item: Item) -> str:
    hit = item.hit
    return ROW.format(
        kind=f'<span class="c-table__kind">{escape(item.kind)}</span>' if item.kind else "",
        url=escape(hit.url),
        lang=hit.text_language,
        dir=hit.direction,
        title=conditional_escape(hit.title_marked),
        administration=_name(hit.administration),
        region=component("region", slug=hit.region.value, label=hit.region.label)
        if hit.region
        else "",
        year=hit.year or "",
        stage=_name(hit.stage),
        topics=gettext(", ").join(map(_name, hit.topics)),
        cost=_name(hit.cost),
        level=_name(hit.level),
    )


def _name(label: Label | None) -> str:
    return f"<bdi>{escape(label.label)}</bdi>" if label else ""


@register.simple_tag
def member_tiles(tiles: Iterable[Tile]) -> SafeString:
    """Draw the Members of a region as tiles; those with results lead to them."""
    return mark_safe("".join(map(_tile, tiles)))  # noqa: S308


def _tile(tile: Tile) -> str:
    words = {"code": escape(tile.code), "label": escape(tile.label)}
    if not tile.count:
        return UNLIT.format(**words)
    return LIT.format(**words, url=escape(tile.url), count=tile.count, shade=tile.shade)


@register.simple_tag
def place_rows(places: Iterable[Place]) -> SafeString:
    """Draw what the map shows as rows: region, Member, results."""
    return mark_safe("".join(row for place in places for row in _rows_of(place)))  # noqa: S308


def _rows_of(place: Place) -> Iterable[str]:
    region = component("region", slug=place.slug, label=place.label)
    for tile in place.found:
        link = f'<a href="{escape(tile.url)}"><bdi>{escape(tile.label)}</bdi></a>'
        yield f'<tr><td>{region}</td><th scope="row">{link}</th><td>{tile.count}</td></tr>'
    if place.of_all:
        whole = escape(gettext("The region as a whole"))
        yield f'<tr><td>{region}</td><th scope="row">{whole}</th><td>{place.of_all}</td></tr>'
