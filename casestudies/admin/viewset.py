"""Which view serves which address of a case in the admin, and who gets to any of them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.viewsets.pages import PageViewSet

from casestudies.admin.views import (
    CaseCollectActionDataView,
    CaseEditView,
    CaseRevertView,
    CaseWorkflowActionView,
)
from casestudies.models import CaseStudyPage
from casestudies.permissions import may_see_draft

# What Wagtail calls the page of an address, depending on the view.
PAGE_NAMES = ("page_id", "pk", "page_to_move_id")
View = Callable[..., HttpResponseBase]


class CaseViewSet(PageViewSet):
    """The admin's views of cases, all behind the rule of who may see a draft."""

    model = CaseStudyPage
    edit_view_class = CaseEditView
    revisions_revert_view_class = CaseRevertView
    workflow_action_view_class = CaseWorkflowActionView
    collect_workflow_action_data_view_class = CaseCollectActionDataView

    def get_view_by_name(self, name: str) -> View:
        """Give the view, closed to whoever may not see the draft of the case it is about."""
        view = super().get_view_by_name(name)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            pk = next((kwargs[name] for name in PAGE_NAMES if name in kwargs), None)
            case = CaseStudyPage.objects.filter(pk=pk).first() if pk else None
            if case and not may_see_draft(request.user, case):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded


case_viewset = CaseViewSet()
