"""Any search as an Atom feed: the newest changes of what it finds, for readers and programs."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.addresses import feed_address, page_address
from search.criteria import Sort
from search.results import Hit
from search.service import find
from search.views import read_asked
from search.wording import heading_of


class SearchFeed(Atom1Feed):
    """Atom in which each entry says its own language."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Give the language of the entry."""
        return super().item_attributes(item) | {"xml:lang": item["language"]}


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """Answer a search as Atom; what changed last comes first unless another order is asked for."""
    criteria = replace(read_asked(request).criteria, page=1)
    if criteria.sort is Sort.RELEVANCE:
        criteria = replace(criteria, sort=Sort.UPDATED)
    results = find(criteria, request.user)
    feed = SearchFeed(
        title=_("%(found)s · Customs Forum") % {"found": heading_of(criteria, results).plain},
        link=request.build_absolute_uri(page_address(criteria)),
        feed_url=request.build_absolute_uri(feed_address(criteria)),
        description="",
        language=criteria.ui,
    )
    for hit in results.hits:
        feed.add_item(**_entry(request, hit))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entry(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    source = hit.administration or hit.region
    return {
        "title": hit.title,
        "link": request.build_absolute_uri(hit.url),
        # Never the address of the page: an experience keeps its identity when it moves.
        "unique_id": f"tag:{request.get_host().split(':')[0]},2026:{hit.id}",
        "description": escape(hit.summary),
        "updateddate": hit.updated or datetime(2026, 1, 1, tzinfo=UTC),
        "author_name": source.label if source else None,
        "categories": tuple(topic.label for topic in hit.topics),
        "language": hit.text_language,
    }
