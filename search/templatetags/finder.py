"""Draws filters and results in Python: a page has hundreds of the ones and twenty of the others,
and including a template for each costs more than the search. Tests hold them equal to components.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from portal.core.languages import direction
from search.items import Item, TopicLink
from search.rail import Group, Question
from search.results import FacetValue, Hit
from search.years import Bar

register = template.Library()

# The label holds its box: an id for each of hundreds would weigh more than all their names.
OPTION = (
    '<label class="c-choice"><input class="c-choice__input" type="checkbox" name="{name}"'
    ' value="{value}"'
)
OPTION_LABEL = '><bdi>{label}</bdi><span class="c-facet__count">'
ITEM = (
    '<li><article class="c-item"><p class="c-item__facts">{facts}</p>'
    '<h2 class="c-item__title"><a href="{url}" lang="{lang}" dir="{dir}"><bdi>{title}</bdi></a>'
    "</h2>"
    "{passage}{topics}</article></li>"
)


@register.simple_tag
def facet_options(name: str, values: Iterable[FacetValue]) -> SafeString:
    """Draw the values of one facet as checkboxes with their counts."""
    drawn = []
    for option in values:
        before, after = _option(name, option.value, option.label)
        checked = " checked" if option.selected else ""
        drawn.append(f"{before}{checked}{after}{int(option.count)}</span></label>")
    return mark_safe("".join(drawn))  # noqa: S308


@lru_cache(maxsize=8192)
def _option(name: str, value: str, label: str) -> tuple[str, str]:
    words = {"name": escape(name), "value": escape(value), "label": escape(label)}
    return OPTION.format(**words), OPTION_LABEL.format(**words)


@register.simple_tag
def facet_question(question: Question) -> SafeString:
    """Draw one filter: the values most results have, and the others folded, in their groups."""
    return mark_safe(  # noqa: S308
        f'<fieldset class="c-facet"{" data-filter-list" if question.is_long else ""}>'
        f'<legend class="c-facet__legend">{escape(question.label)}</legend>'
        f"<div>{facet_options(question.name, question.shown)}</div>"
        f"{_folded(question) if question.folded else ''}</fieldset>"
    )


def _folded(question: Question) -> str:
    count = question.folded_count
    more = ngettext("%(rest)s more", "%(rest)s more", count) % {"rest": count}
    field = component("choice_filter", id=question.name) if question.is_long else ""
    groups = "".join(_group(question.name, *each) for each in enumerate(question.folded, 1))
    return (
        f'<details class="c-facet__more"><summary>{escape(more)}'
        f'<span class="u-hidden">: {escape(question.label)}</span></summary>{field}'
        f'<div class="c-choices__scroll">{groups}</div></details>'
    )


def _group(name: str, number: int, group: Group) -> str:
    options = facet_options(name, group.values)
    if not group.label:
        return f'<div class="c-choices__group">{options}</div>'
    own = f"group-{name}-{number}"
    return (
        f'<div class="c-choices__group" role="group" aria-labelledby="{own}">'
        f'<p class="c-choices__name" id="{own}">{escape(group.label)}</p>{options}</div>'
    )


@register.simple_tag
def found_items(items: Iterable[Item]) -> SafeString:
    """Draw the results of a page, each as the component `case_item.html` does."""
    return mark_safe("".join(map(_item, items)))  # noqa: S308


def _item(item: Item) -> str:
    hit = item.hit
    return ITEM.format(
        facts="".join(f"<span>{fact}</span>" for fact in _facts(item, hit) if fact),
        url=escape(hit.url),
        lang=hit.text_language,
        dir=hit.direction,
        title=conditional_escape(hit.title_marked),
        passage=_passage(item),
        topics=_topics(item.topics),
    )


def _facts(item: Item, hit: Hit) -> Iterable[str]:
    if hit.region:
        yield component("region", slug=hit.region.value, label=hit.region.label)
    yield escape(item.kind)
    if hit.administration:
        yield f"<bdi>{escape(hit.administration.label)}</bdi>"
    yield str(hit.year or "")
    yield escape(hit.stage.label) if hit.stage else ""
    if hit.level:
        yield component("level", level=hit.level.value, label=hit.level.label)


def _passage(item: Item) -> str:
    if not item.passage:
        return ""
    code = item.passage_language
    text = conditional_escape(item.passage)
    return f'<p><bdi lang="{code}" dir="{direction(code)}">{text}</bdi></p>'


def _topics(topics: tuple[TopicLink, ...]) -> str:
    drawn = "".join(
        f'<li><a class="c-tag" href="{escape(topic.url)}"><bdi>{escape(topic.label)}</bdi></a></li>'
        for topic in topics
    )
    return f'<ul class="c-tags" role="list">{drawn}</ul>' if drawn else ""


@register.simple_tag
def year_links(bars: Iterable[Bar]) -> SafeString:
    """Draw the years that have results as links with their counts, the latest first."""
    return mark_safe(  # noqa: S308
        "".join(
            f'<li><a href="{escape(bar.url)}">{bar.label}</a>'
            f' <span class="c-facet__count">{bar.count}</span></li>'
            for bar in reversed(tuple(bars))
            if bar.count
        )
    )


def component(name: str, **words: str) -> str:
    """Give a small component, drawn once for each of its words."""
    return _drawn(name, get_language(), **words)


@lru_cache(maxsize=1024)
def _drawn(name: str, _language: str | None, **words: str) -> str:
    return render_to_string(f"components/{name}.html", words).strip()
