"""Which pages the admin's lists, searches and reports may name to a person."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from casestudies.models import CaseStudyPage
from casestudies.permissions import may_see_draft

if TYPE_CHECKING:
    from portal.directory.models import User


class DiscreetPagePolicy(PagePermissionPolicy):
    """Wagtail's own policy, without the drafts that a person is not to know of yet.

    Coordinators hold edit on their region's whole subtree, so that they can work on what was
    sent to them: by Wagtail's rule alone, they would read the title of every draft in it.
    """

    def instances_user_has_any_permission_for(
        self, user: "User", actions: Iterable[str]
    ) -> PageQuerySet:
        """Give the pages, without unseen drafts."""
        return _without_unseen(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user: "User") -> PageQuerySet:
        """Give the pages that lists may show, without unseen drafts."""
        return _without_unseen(super().explorable_instances(user), user)

    def user_has_any_permission_for_instance(
        self, user: "User", actions: Iterable[str], instance: Page
    ) -> bool:
        """Say whether a person may do any of this with a page; never with an unseen draft."""
        case = instance.specific
        if isinstance(case, CaseStudyPage) and not may_see_draft(user, case):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)


def _without_unseen(pages: PageQuerySet, user: "User") -> PageQuerySet:
    return pages.exclude(pk__in=CaseStudyPage.objects.unseen_by(user).values("pk"))
