"""What Wagtail may let a person do with our pages: our rules, and nobody publishes by hand.

Wagtail asks a page for its tester; a False here also binds superusers.
"""

from typing import TYPE_CHECKING, Any

from wagtail.models import Page, PagePermissionTester

from casestudies.permissions import may_delete, may_edit, may_see_draft, may_submit
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from portal.directory.models import User


class FixedPlaceRights(PagePermissionTester):
    """A page that the portal itself places: never copied or moved by hand."""

    user: "User"

    def can_copy(self) -> bool:
        """Never: a copy would have no number, no author and no review."""
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Never."""
        return False

    def can_move(self) -> bool:
        """Never: the place of a page says whose it is."""
        return False

    def can_move_to(self, destination: Page) -> bool:
        """Never."""
        return False

    def can_reorder_children(self) -> bool:
        """Never: the order is the readers' choice."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Never: who may read is a field of the case."""
        return False

    def can_unpublish(self) -> bool:
        """Never by hand: `withdraw_case` keeps the reason."""
        return False

    def can_publish_subpage(self) -> bool:
        """Never."""
        return False


class CaseRights(FixedPlaceRights):
    """A case: edited and sent by our rules, published by the end of its review only."""

    def __init__(self, user: "User", page: Any) -> None:
        super().__init__(user, page)
        self.case = page

    def can_edit(self) -> bool:
        """Ask `may_edit`."""
        return self.user.is_active and bool(may_edit(self.user, self.case))

    def can_view_revisions(self) -> bool:
        """Ask `may_see_draft`: old revisions are drafts too."""
        return self.user.is_active and bool(may_see_draft(self.user, self.case))

    def can_submit_for_moderation(self) -> bool:
        """Ask `may_submit`."""
        return self.user.is_active and bool(may_submit(self.user, self.case))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Ask `may_delete`."""
        return self.user.is_active and bool(may_delete(self.user, self.case))

    def can_add_subpage(self) -> bool:
        """Never: nothing stands below a case."""
        return False

    def can_publish(self) -> bool:
        """Never: the finish action publishes what was decided."""
        return False

    def can_unschedule(self) -> bool:
        """Never by hand."""
        return False

    def can_lock(self) -> bool:
        """Never: the review decides whose turn it is."""
        return False


class AdministrationRights(FixedPlaceRights):
    """The page of an administration; deleted only while it is empty."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only an operator or a curator, and only while no case stands below."""
        standing = standing_of(self.user)
        allowed = standing.is_superuser or standing.is_curator
        return self.user.is_active and allowed and self.page.is_leaf()


class CuratedRights(FixedPlaceRights):
    """A page that a region's coordinators keep themselves, without a review."""

    def __init__(self, user: "User", page: Page, region_id: int | None) -> None:
        super().__init__(user, page)
        standing = standing_of(user)
        presides = standing.coordinates(region_id) or standing.is_superuser
        self.presides = user.is_active and presides

    def can_edit(self) -> bool:
        """The region's coordinators."""
        return self.presides

    def can_publish(self) -> bool:
        """The region's coordinators."""
        return self.presides


class ForumRights(CuratedRights):
    """The page of a region: kept by its coordinators, who add collections; never deleted."""

    def can_publish_subpage(self) -> bool:
        """The region's coordinators publish their collections."""
        return self.presides

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Never: a region is data of the directory."""
        return False


class CollectionRights(CuratedRights):
    """A collection: its region's coordinators may also take it down and delete it."""

    def can_unpublish(self) -> bool:
        """The region's coordinators, while it is published."""
        return self.presides and self.page.live

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """The region's coordinators."""
        return self.presides
