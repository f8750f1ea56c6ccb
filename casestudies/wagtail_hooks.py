"""Where the Wagtail admin meets the review: records, our views, and what is not shown."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.query import PageQuerySet

from casestudies.admin.viewset import case_viewset
from casestudies.admin.vocabularies import VocabularyGroup
from casestudies.models import CaseStudyPage
from casestudies.permissions import may_read
from casestudies.views.permanent import gone

LOG_ACTIONS = {
    "casestudies.sent": (_("Send"), _("Sent for review")),
    "casestudies.changed_in_review": (_("Change in review"), _("Changed in review")),
    "casestudies.withdrawn": (_("Withdraw"), _("Withdrawn")),
    "casestudies.restored": (_("Restore"), _("Restored")),
    "casestudies.confirmed": (_("Confirm"), _("Still true")),
    "casestudies.visibility_changed": (_("Change the readers"), _("Readers changed")),
    "casestudies.moved": (
        _("Give to another administration"),
        _("Given to another administration"),
    ),
    "casestudies.translation_checked": (_("Check a translation"), _("Translation checked")),
    "casestudies.translation_taken_off": (_("Take off a translation"), _("Translation taken off")),
    "casestudies.co_author_named": (_("Name a co-author"), _("Co-author named")),
    "casestudies.co_author_taken_off": (_("Take off a co-author"), _("Co-author taken off")),
    "casestudies.workshop_opened": (_("Open a write-shop"), _("Write-shop opened")),
    "casestudies.workshop_draft": (
        _("Begin a draft for a write-shop"),
        _("Begun for a write-shop"),
    ),
    "casestudies.template_handed_in": (
        _("Hand a filled template in"),
        _("Filled template handed in"),
    ),
    "casestudies.cleared": (_("Clear"), _("Cleared")),
    "casestudies.published": (_("Approve"), _("Approved for publication")),
    "casestudies.returned": (
        pgettext_lazy("history", "Return"),
        pgettext_lazy("history", "Returned"),
    ),
    "casestudies.declined": (
        pgettext_lazy("history", "Decline"),
        pgettext_lazy("history", "Declined"),
    ),
    "casestudies.review_asked": (_("Ask for a review"), _("Asked for a review")),
    "casestudies.review_accepted": (_("Accept a review"), _("Review accepted")),
    "casestudies.review_declined": (_("Decline a review"), _("Review declined")),
    "casestudies.review_taken_back": (_("Take a request back"), _("Request taken back")),
    "casestudies.review_taken_over": (_("Take a review over"), _("Review taken over")),
    "casestudies.review_submitted": (_("Send a review"), _("Review sent")),
    "casestudies.topic_renamed": (_("Rename a topic"), _("Topic renamed")),
    "casestudies.topic_merged": (_("Merge a topic"), _("Topic merged into another")),
}
# What the review decides has no button here; the edit view refuses it as well.
HIDDEN_ACTIONS = {
    "action-cancel-workflow",
    "action-publish",
    "action-restart-workflow",
    "action-unpublish",
}
HIDDEN_SETTINGS = {"workflows", "workflow-tasks"}
HIDDEN_REPORTS = {"page-types-usage"}


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Give Wagtail's history the words for our own actions."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("register_admin_viewset")
def serve_cases_by_our_views() -> ViewSet:
    """Serve the admin's pages about cases by our views."""
    return case_viewset


@hooks.register("register_admin_viewset")
def show_the_vocabularies() -> VocabularyGroup:
    """Put topics and terms into the editors' desk, for those who may change them."""
    return VocabularyGroup()


@hooks.register("construct_page_action_menu")
def leave_out_what_the_review_decides(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]
) -> None:
    """Offer save, send and the actions of the present step on a case, and nothing else."""
    if isinstance(context.get("page"), CaseStudyPage):
        menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_ACTIONS]


@hooks.register("construct_page_chooser_queryset")
def choose_readable_pages_only(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Leave out of every chooser what not everybody who may choose may read, by its title alone."""
    readable = CaseStudyPage.objects.visible_to(request.user)
    hidden = CaseStudyPage.objects.live().exclude(pk__in=readable.values("pk"))
    # Ids and not a subquery: the chooser also searches, and its filters take plain values only.
    return pages.filter(live=True).exclude(pk__in=list(hidden.values_list("pk", flat=True)))


@hooks.register("construct_settings_menu")
def hide_workflow_settings(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave the workflow to `sync_roles`."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_SETTINGS]


@hooks.register("construct_reports_menu")
def hide_leaking_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hide the report that names the latest draft of each type, whoever's it is."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_REPORTS]


@hooks.register("before_serve_page")
def serve_only_to_readers(
    page: Page, request: HttpRequest, _args: Any, _kwargs: Any
) -> HttpResponse | None:
    """Answer 410 for a case withdrawn in public, 404 to whoever may not read a case."""
    if not isinstance(page, CaseStudyPage):
        return None
    if page.live and not may_read(request.user, page):
        raise Http404
    if not page.live:
        return gone(request, page)
    address = page.get_url(request)
    # Found by its number at the address of the administration that it belonged to before.
    return None if address == request.path else HttpResponseRedirect(address)
