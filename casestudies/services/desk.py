"""The desk that answers what Wagtail asks of our pages and tasks, with our rules and services."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester, Task, TaskState

from casestudies.models import AdministrationPage, CaseStudyPage, CollectionPage
from casestudies.page_rights import AdministrationRights, CaseRights, CollectionRights
from casestudies.permissions import may_edit
from casestudies.queue import waiting_for
from casestudies.services.actions import actions_for, form_of
from casestudies.services.decisions import decide

if TYPE_CHECKING:
    from portal.directory.models import User


class ReviewDesk:
    """Implements `casestudies.models.desk.Desk`."""

    def rights(self, user: "User", page: Page) -> PagePermissionTester:
        """Give the tester of a page of ours."""
        if isinstance(page, CaseStudyPage):
            return CaseRights(user, page)
        if isinstance(page, CollectionPage):
            return CollectionRights(user, page, page.get_parent().specific.region_id)
        if isinstance(page, AdministrationPage):
            return AdministrationRights(user, page)
        return PagePermissionTester(user, page)

    def actions(self, task: Task, page: Page, user: "User") -> list[tuple[str, Any, bool]]:
        """Give the actions open to a person, if the page waits at this very task."""
        case = page.specific
        if case.current_workflow_task != task:
            return []
        return [(action.name, action.label, True) for action in actions_for(case, user)]

    def form(self, action: str) -> type[forms.Form]:
        """Give the form of an action."""
        return form_of(action)

    def act(self, task_state: TaskState, user: "User", action: str, data: dict[str, Any]) -> None:
        """Go through the one door."""
        decide(task_state=task_state, by=user, action=action, answers=data)

    def locks_out(self, user: "User", page: Page) -> bool:
        """Say whether a person may not edit the case now."""
        return not may_edit(user, page.specific)

    def waiting(self, user: "User") -> "QuerySet[TaskState]":
        """Give what waits for a person."""
        return waiting_for(user)
