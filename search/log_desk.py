"""The page of the editors' desk about searches that did not help."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.languages import LANGUAGE_CODES, OWN_NAMES, supported
from search.permissions import may_read_search_log
from search.vocabularies import regions
from search.weak_searches import (
    GOOD_RANK,
    LEAST_TIMES,
    searches_without_a_good_choice,
    searches_without_results,
)

NAME = "search_weak"


class WeakSearches(WagtailAdminTemplateMixin, TemplateView):
    """Lists them with counts, narrowed by language and region, for the global curator."""

    page_title = _("Searches that did not help")
    header_icon = "search"
    template_name = "search/admin/weak.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may read the log: members' words and counts are in it."""
        if not may_read_search_log(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page after the way to it."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both lists, and what they can be narrowed by; what nobody knows narrows nothing."""
        places = regions(supported(get_language()))
        language = self.request.GET.get("language", "")
        region = self.request.GET.get("region", "")
        chosen = {
            "language": language if language in LANGUAGE_CODES else "",
            "region": region if region in places else "",
        }
        return {
            **super().get_context_data(**kwargs),
            "chosen": chosen,
            "languages": OWN_NAMES,
            "regions": {slug: known.label for slug, known in places.items()},
            "in_vain": searches_without_results(**chosen),
            "without_choice": searches_without_a_good_choice(**chosen),
            "good_rank": GOOD_RANK,
            "least_times": LEAST_TIMES,
        }
