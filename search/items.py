"""Results as the list and the table of the page show them."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from search.addresses import page_address
from search.criteria import Criteria
from search.facets import FACETS, Kind
from search.results import Hit, Label, Results


@dataclass(frozen=True)
class TopicLink:
    """A topic of a result and the search for it."""

    label: str
    url: str


@dataclass(frozen=True)
class Item:
    """One result: the hit, the passage to show, and where its topics lead."""

    hit: Hit
    kind: str
    passage: SafeString | str
    passage_language: str
    topics: tuple[TopicLink, ...]


def items_of(results: Results, criteria: Criteria) -> list[Item]:
    """Give each result with the passage that matched, or else its summary."""
    return [_item(hit, criteria) for hit in results.hits]


def _item(hit: Hit, criteria: Criteria) -> Item:
    best = hit.highlights[0] if hit.highlights else None
    return Item(
        hit=hit,
        kind=_kind(hit, criteria),
        passage=_excerpt(best.html) if best else hit.summary,
        passage_language=best.language if best else hit.text_language,
        topics=tuple(_topic(topic, criteria) for topic in hit.topics),
    )


def _excerpt(html: SafeString) -> SafeString:
    """Show by dots where a passage was cut out of a sentence."""
    begins = not html[:1].islower()
    ends = html.rstrip().endswith((".", "!", "?", "…", ":", "؟", "»"))
    return format_html("{}{}{}", "" if begins else "… ", html, "" if ends else " …")


def _kind(hit: Hit, criteria: Criteria) -> str:
    return "" if hit.kind == Kind.CASE else FACETS["kind"].label_of(hit.kind, criteria.ui)


def _topic(topic: Label, criteria: Criteria) -> TopicLink:
    return TopicLink(topic.label, _topic_address(topic.value, criteria.ui))


@lru_cache(maxsize=1024)
def _topic_address(slug: str, language: str) -> str:
    return page_address(Criteria(filters={"topic": (slug,)}, ui=language))
