"""The admin's own ways to name things to people who were never shown them, closed.

Wagtail names by their titles what somebody may not act on, and its API lists every file. Who may
find what is said by the policy of each model.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from portal.core.models import PortalDocument, PortalImage

ACTIONS = ("add", "change", "delete", "choose")


def known_to(user: Any, model: type[Model]) -> QuerySet[Any]:
    """Give what of a model the admin's lists may name to a person."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ACTIONS)


def discreet(action: type[BulkAction]) -> type[BulkAction]:
    """Give the same act on many things, but what it leaves out is named only to who knows it."""
    return type(f"Discreet{action.__name__}", (_NamesWhatIsKnown, action), {})


class _NamesWhatIsKnown:
    model: type[Model]
    request: Any

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """Give what can be acted on, and of the rest what this person may know of."""
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        left_out = others["items_with_no_access"]
        asked = known_to(self.request.user, self.model).filter(pk__in=[it.pk for it in left_out])
        known = set(asked.values_list("pk", flat=True))
        return objects, others | {"items_with_no_access": [it for it in left_out if it.pk in known]}


class ReadOnlyPages(PagesAdminAPIViewSet):
    """Pages for choosers and the explorer; acts go through the admin's screens, which ask us."""

    actions: dict[str, Any] = {}


class KnownImages(ImagesAdminAPIViewSet):
    """Images that the person may use in the admin."""

    def get_queryset(self) -> "QuerySet[PortalImage]":
        """Leave out what is not theirs."""
        return known_to(self.request.user, self.model).order_by("id")


class KnownDocuments(DocumentsAdminAPIViewSet):
    """Documents that the person may use in the admin."""

    def get_queryset(self) -> "QuerySet[PortalDocument]":
        """Leave out what is not theirs."""
        return known_to(self.request.user, self.model).order_by("id")
