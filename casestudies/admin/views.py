"""The admin's screens of a case: one request is one transaction, and it either edits or decides."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import CollectWorkflowActionDataView, WorkflowActionView
from wagtail.models import Page, TaskState

from casestudies.authorship import digest_of
from casestudies.services.actions import token_of
from casestudies.services.decisions import ALREADY_DECIDED, decide
from casestudies.services.refusals import OutOfDate, Refused
from casestudies.services.submission import lock_case, restart_if_changed, submit_case
from casestudies.wizard.progress import missing_in
from portal.directory.requests import SignedInRequest


def closed_report(request: HttpRequest) -> HttpResponse:
    """Answer for a report of Wagtail's that names the latest draft of each type, whoever's."""
    raise Http404


class ChosenPagesView(ChosenMultipleView):
    """The pages that somebody chose, by their ids; Wagtail's own gives the title of any page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Give the pages, if the chooser would have offered all of them."""
        asked = {pk for pk in request.GET.getlist("id") if pk.isdecimal()}
        offered = Page.objects.filter(pk__in=asked)
        for narrow in hooks.get_hooks("construct_page_chooser_queryset"):
            offered = narrow(offered, request)
        if offered.count() != len(asked):
            raise Http404
        return super().get(request)


class CaseEditView(EditView):
    """The edit page of a case, which obeys the review."""

    page: Any

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save, send or decide, all or nothing; say why when it is refused."""
        try:
            with transaction.atomic():
                return self._post_once(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(self.get_edit_url())

    def _post_once(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        case = lock_case(self.page.pk)
        if self.is_out_of_date:
            raise OutOfDate
        before = digest_of(case.latest_revision.content) if case.latest_revision else ""
        response = super().post(request, *args, **kwargs)
        restart_if_changed(case=case, before=before, by=request.user)
        return response

    @cached_property
    def action_name_and_method(self) -> tuple[str, Any]:
        """Know three actions; any other one, publishing above all, is refused and not a save."""
        asked = [name for name in self.request.POST if name.startswith("action-")]
        if not asked:
            return ("save", self.save_action)
        if asked == ["action-submit"]:
            return ("submit", self.submit_action)
        if asked == ["action-workflow-action"]:
            return ("perform_workflow_action", self.perform_workflow_action)
        raise Refused(_("This is decided by the review and cannot be done here."))

    def submit_action(self) -> HttpResponse:
        """Save the text and send it, as the portal's own pages do."""
        self.page = self.form.save(commit=not self.page.live)
        self.page.save_revision(user=self.request.user, log_action=True)
        missing = [str(item.question.missing) for item in missing_in(self.page)]
        if missing:
            raise Refused(" ".join(missing))
        submit_case(case=self.page, author=self.request.user)
        messages.success(self.request, _("The case has been sent."))
        return self.redirect_away()

    def perform_workflow_action(self) -> HttpResponse:
        """Decide on the text that this page showed; never together with a change of it."""
        case = lock_case(self.page.pk)
        sent = self.form.save(commit=False).serializable_data()
        if digest_of(sent) != digest_of(case.latest_revision.content):
            raise Refused(_("Save your change first: then somebody else decides on it."))
        task_state = case.current_workflow_task_state
        if task_state is None:
            raise Refused(ALREADY_DECIDED)
        decide(
            task_state=task_state,
            by=self.request.user,
            action=self.request.POST.get("workflow-action-name", ""),
            answers=self._answers(),
        )
        messages.success(self.request, _("Your decision has been recorded."))
        return self.redirect_away()

    def _answers(self) -> dict[str, str]:
        post = self.request.POST
        try:
            extra = json.loads(post.get("workflow-action-extra-data") or "{}")
        except json.JSONDecodeError:
            extra = {}
        reasons = extra.get("reasons", "") if isinstance(extra, dict) else ""
        seen = f"{post.get('loaded_revision_id')}@{post.get('loaded_revision_created_at')}"
        return {"reasons": str(reasons), "seen": seen}


class CaseRevertView(CaseEditView, RevisionsRevertView):
    """The page that brings an old text back: an edit like any other."""


class OwnTaskStateMixin:
    """Takes only a task state of the page in the address, and keeps which text was shown."""

    object: Any
    form_class: Any
    render_modal_form: Any
    task_state_id: int

    def get_task_state(self) -> TaskState:
        """Give the task state, if it belongs to this page."""
        own = TaskState.objects.for_instance(self.object)
        return get_object_or_404(own, id=self.task_state_id).specific

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the reasons, with the token of the text as it stands when this opens."""
        seen = token_of(self.object.get_latest_revision())
        return self.render_modal_form(request, self.form_class(initial={"seen": seen}))


class CaseWorkflowActionView(OwnTaskStateMixin, WorkflowActionView):
    """The small window in which a coordinator decides."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Decide, all or nothing; say why when it is refused."""
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
            return redirect(self.redirect_url)


class CaseCollectActionDataView(OwnTaskStateMixin, CollectWorkflowActionDataView):
    """The small window that asks for the reasons on behalf of the edit page."""
