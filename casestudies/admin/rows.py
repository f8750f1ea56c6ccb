"""Rows of an admin's form that name a case, a picture or a file: only one that the writer knows.

A chooser offers no other, but whoever sends an id by hand would be shown its title, and a file that
hangs on one's own draft may be fetched.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.widgets import BaseChooser
from wagtail.permissions import policy_registry

from casestudies.models import CaseStudyPage
from casestudies.querysets import WRITERS
from portal.core.models import PortalDocument, PortalImage
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from portal.directory.models import User


class KnownField(ModelChoiceField):
    """A choice that neither takes nor shows what is not among the known."""

    queryset: Any

    def __init__(self, field: Any, known: "QuerySet[Any]") -> None:
        super().__init__(
            known,
            widget=field.widget,
            label=field.label,
            required=field.required,
            help_text=field.help_text,
        )

    def prepare_value(self, value: Any) -> Any:
        """Give what is to be shown: nothing in the place of what is not known."""
        found: Any = super().prepare_value(value)
        is_known = str(found).isdecimal() and self.queryset.filter(pk=found).exists()
        return found if is_known else None


class KnownRowForm(WagtailAdminModelForm):
    """One row, narrowed to what its writer may name; a file that hangs there may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ModelChoiceField) and isinstance(field.widget, BaseChooser):
                model: Any = field.queryset.model  # type: ignore[union-attr]
                held = getattr(self.instance, f"{name}_id")
                is_case = model is CaseStudyPage
                known = _cases(self.for_user) if is_case else _items(self.for_user, model, held)
                self.fields[name] = KnownField(field, known)


class RowsPanel(InlinePanel):
    """Rows whose form knows who writes in it."""

    def get_form_options(self) -> dict[str, Any]:
        """Hand the person on to each row."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": KnownRowForm,
            "inherit_kwargs": ["for_user"],
        }
        return options


def _cases(user: "User") -> "QuerySet[CaseStudyPage]":
    policy = policy_registry.get_by_type(CaseStudyPage)
    own = Q(pk__in=policy.instances_user_has_any_permission_for(user, ["change"]).values("pk"))
    readable = Q(pk__in=CaseStudyPage.objects.visible_to(user).values("pk"))
    return CaseStudyPage.objects.filter(own | readable)


def _items(
    user: "User", model: type[PortalImage] | type[PortalDocument], held: int | None
) -> "QuerySet[Any]":
    standing = standing_of(user)
    items: QuerySet[Any] = model._default_manager.all()
    if standing.is_superuser:
        return items
    places = [place for role, place in standing.by_administration if role in WRITERS]
    kept = Q(collection__library__administration__in=places)
    return items.filter(kept | Q(collection__library=None, uploaded_by_user=user) | Q(pk=held))
