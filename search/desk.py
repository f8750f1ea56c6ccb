"""The page of the editors' desk about documents that the search engine refused."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from casestudies.models import CaseStudyPage, CollectionPage
from casestudies.querysets import on_open_ground
from search.permissions import may_retry_documents
from search.refusals import refusals, retry_all_documents, retry_documents

SHOWN = 100
NAME = "search_refused"


class RefusedDocuments(WagtailAdminTemplateMixin, TemplateView):
    """Lists them with the engine's reasons; a posted form has one or all tried again."""

    page_title = _("Refused by search")
    header_icon = "warning"
    template_name = "search/admin/refused.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who looks after search."""
        if not may_retry_documents(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page after the way to it."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was refused, with the titles of what is published."""
        found = refusals(limit=SHOWN)
        titles = _titles([each.object_id for each in found])
        listed = [(each, titles.get(each.object_id)) for each in found]
        return {**super().get_context_data(**kwargs), "listed": listed}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Have the named documents tried again, or all where none is named."""
        named = request.POST.getlist("document")
        count = retry_documents(named) if named else retry_all_documents()
        words = ngettext(
            "%(count)s document is tried again.", "%(count)s documents are tried again.", count
        )
        messages.success(request, words % {"count": count})
        return redirect(NAME)


def _titles(pks: list[int]) -> dict[int, Page]:
    published = CaseStudyPage.objects.published().filter(pk__in=pks)
    collections = on_open_ground(CollectionPage.objects.live()).filter(pk__in=pks)
    return {page.pk: page for page in [*published, *collections]}
