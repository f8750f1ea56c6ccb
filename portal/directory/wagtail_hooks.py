"""The directory in the editors' desk: regions, who runs them, and the administrations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry

from portal.core.models.labels import TRANSLATED_CODES
from portal.directory.models import Administration, Region, RegionalBody
from portal.directory.roles import sync_roles

NAME_PANELS = [
    FieldPanel("name"),
    MultiFieldPanel(
        [FieldPanel(f"name_{code}") for code in TRANSLATED_CODES],
        heading=_("The name in the other languages"),
    ),
]


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Give the log the words for what is done with roles."""
    actions.register_action("directory.role_given", _("Give a role"), _("Role given"))
    actions.register_action("directory.role_ended", _("End a role"), _("Role ended"))


class SettlingEditView(EditView):
    """Brings groups, permissions and the tree of pages in step with what was changed."""

    def save_instance(self) -> Any:
        """Save, and settle what follows from it."""
        instance = super().save_instance()
        sync_roles()
        return instance


class RegionViewSet(ModelViewSet):
    """Names and regional meetings of the six regions."""

    model = Region
    icon = "globe"
    list_display = ["short_name", "code", "meeting"]
    panels = [
        *NAME_PANELS,
        FieldPanel("short_name"),
        MultiFieldPanel(
            [FieldPanel(f"short_{code}") for code in TRANSLATED_CODES],
            heading=_("The everyday name in the other languages"),
        ),
        FieldPanel("meeting"),
        MultiFieldPanel(
            [
                FieldPanel("time_zone"),
                FieldPanel("clearance_days"),
                FieldPanel("review_days"),
                FieldPanel("decision_days"),
            ],
            heading=_("Reminders in the review"),
        ),
    ]


class RegionalBodyViewSet(ModelViewSet):
    """Vice-Chair, ROCB, RTC and RILO of each region."""

    model = RegionalBody
    icon = "group"
    list_display = ["__str__", "region", "kind", "seat"]
    list_filter = ["region", "kind"]
    panels = [
        FieldPanel("region"),
        FieldPanel("kind"),
        FieldPanel("administration"),
        FieldPanel("name"),
        FieldPanel("seat"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]


class AdministrationViewSet(ModelViewSet):
    """Names, region and way of clearance of each administration."""

    model = Administration
    icon = "home"
    list_display = ["name", "iso2", "region", "clearance_required"]
    list_filter = ["region", "clearance_required"]
    search_fields = ["name", "iso2"]
    edit_view_class = SettlingEditView
    panels = [*NAME_PANELS, FieldPanel("region"), FieldPanel("clearance_required")]


class DirectoryGroup(ModelViewSetGroup):
    """The directory's entry in the menu."""

    menu_label = _("Directory")
    menu_icon = "group"
    items = (RegionViewSet, RegionalBodyViewSet, AdministrationViewSet)


@hooks.register("register_admin_viewset")
def show_the_directory() -> DirectoryGroup:
    """Put the directory into the editors' desk, for those who may change it."""
    return DirectoryGroup()
