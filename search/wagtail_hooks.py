"""Search in the editors' desk: equal phrases, what the engine refused, what did not help."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.viewsets.model import ModelViewSet

from search import log_desk
from search.desk import NAME, RefusedDocuments
from search.models import SynonymGroup
from search.permissions import may_read_search_log, may_retry_documents
from search.synonyms import file_groups


class OwnGroupsPanel(HelpPanel):
    """The groups of the portal's own files, to be read beside what is written."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel on one form."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add each group, as a line of the form that the curator writes."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            lines = [", ".join(phrase.written for phrase in group) for group in file_groups()]
            return context | {"lines": lines}


class SynonymGroupViewSet(ModelViewSet):
    """Groups of equal phrases that a curator adds, or switches off."""

    model = SynonymGroup
    icon = "link"
    menu_label = _("Equal phrases")
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "languages", "active"]
    list_filter = ["active"]
    search_fields = ["phrases"]
    panels = [
        FieldPanel("phrases"),
        FieldPanel("active"),
        OwnGroupsPanel(
            template="search/admin/own_groups.html",
            heading=_("The portal's own groups"),
            classname="collapsed",
        ),
    ]


@hooks.register("register_admin_viewset")
def show_equal_phrases() -> SynonymGroupViewSet:
    """Put the curator's groups into the editors' desk, for those who may change them."""
    return SynonymGroupViewSet()


class RefusedItem(MenuItem):
    """The way to what the engine refused, for those who look after search."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether this person may go there."""
        return bool(may_retry_documents(request.user))


@hooks.register("register_admin_urls")
def serve_refused_documents() -> list[URLPattern]:
    """Serve the page about what the engine refused."""
    return [path("search/refused/", RefusedDocuments.as_view(), name=NAME)]


@hooks.register("register_reports_menu_item")
def show_refused_documents() -> MenuItem:
    """Put that page among the reports."""
    return RefusedItem(RefusedDocuments.page_title, reverse(NAME), icon_name="warning")


class WeakSearchesItem(MenuItem):
    """The way to the searches that did not help, for those who read the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether this person may go there."""
        return bool(may_read_search_log(request.user))


@hooks.register("register_admin_urls")
def serve_weak_searches() -> list[URLPattern]:
    """Serve the page about searches that did not help."""
    return [path("search/weak/", log_desk.WeakSearches.as_view(), name=log_desk.NAME)]


@hooks.register("register_reports_menu_item")
def show_weak_searches() -> MenuItem:
    """Put that page among the reports."""
    title, url = log_desk.WeakSearches.page_title, reverse(log_desk.NAME)
    return WeakSearchesItem(title, url, icon_name="search")
