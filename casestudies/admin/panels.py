"""Every field of a case in the admin, in the order of the wizard; nothing that publishes.

And the rows of a collection, which name cases as well.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
)

from casestudies.admin.forms import TERM_FIELDS, CaseForm
from casestudies.admin.rows import RowsPanel
from casestudies.models import CollectionPage
from casestudies.models.fields import (
    FILES_LIMIT,
    IMAGES_LIMIT,
    REUSABLE_BLOCKS_LIMIT,
    TOPICS_LIMIT,
)


def _fields(*names: str) -> list[Panel]:
    return [FieldPanel(name) for name in names]


IDENTITY = [
    FieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("language"),
    InlinePanel("partners", panels=_fields("kind", "administration", "name"), label=_("Partner")),
    MultiFieldPanel(
        _fields("owner_unit", "owner_mailbox", "contact_name", "contact_email"),
        heading=_("Case owner"),
    ),
]
CLASSIFICATION = [
    InlinePanel(
        "topic_items",
        panels=_fields("tag"),
        heading=_("Topics, the first is the primary one"),
        label=_("Topic"),
        max_num=TOPICS_LIMIT,
    ),
    *_fields(*TERM_FIELDS),
    *_fields("year", "stage"),
]
STORY = [
    *_fields("problem", "solution", "novelty", "legal_basis", "partnership"),
    InlinePanel(
        "reusable_blocks",
        panels=_fields("name", "what", "factors", "lesson"),
        label=_("Reusable building block"),
        max_num=REUSABLE_BLOCKS_LIMIT,
    ),
]
RESULTS = [
    *_fields("months", "cost", "funding"),
    InlinePanel(
        "results",
        panels=_fields("indicator", "unit", "before", "after", "period", "method"),
        label=_("Result"),
    ),
    *_fields("outcomes", "evaluation"),
    *_fields("challenges", "conditions", "lessons", "differently", "transfer"),
]
MATERIALS = [
    RowsPanel(
        "images",
        panels=_fields("image", "alternative_text", "caption", "credit", "licence"),
        label=_("Image"),
        max_num=IMAGES_LIMIT,
    ),
    RowsPanel(
        "files",
        panels=_fields("document", "title", "credit", "licence", "members_only"),
        label=_("File"),
        max_num=FILES_LIMIT,
    ),
    InlinePanel("links", panels=_fields("url", "title"), label=_("Link")),
    FieldPanel("video"),
    RowsPanel(
        "related_cases",
        panels=[
            FieldPanel("kind"),
            PageChooserPanel("target", "casestudies.CaseStudyPage"),
        ],
        label=_("Related case"),
    ),
]
RIGHTS = [
    *_fields("licence", "cleared", "no_sensitive_detail", "visibility", "embargo_until"),
    *_fields("change_kind", "change_note"),
]
TABS = (
    (_("Identity"), IDENTITY),
    (_("Classification"), CLASSIFICATION),
    (_("Story"), STORY),
    (_("Results and lessons"), RESULTS),
    (_("Materials"), MATERIALS),
    (_("Rights and life"), RIGHTS),
)


def case_edit_handler() -> TabbedInterface:
    """Give the tabs of a case's edit page."""
    tabs = [ObjectList(panels, heading=heading) for heading, panels in TABS]
    return TabbedInterface(tabs, base_form_class=CaseForm)


def collection_panels() -> list[Panel]:
    """Give the panels of a collection: its own, then its cases."""
    return [*CollectionPage.content_panels, RowsPanel("items", heading=_("Cases in order"))]
