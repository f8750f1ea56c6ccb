"""Equal phrases in the editors' desk, for the global curator."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import SynonymGroup
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
