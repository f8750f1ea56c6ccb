"""The closed vocabularies and the letters in the editors' desk, for the global curator."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from casestudies.models import GlossaryTerm, LetterText, Term, Topic
from portal.core.models.labels import TRANSLATED_CODES
from portal.directory.wagtail_hooks import NAME_PANELS


class TopicViewSet(ModelViewSet):
    """Topics: their names, groups and synonyms."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "parent"]
    list_filter = ["parent"]
    search_fields = ["name", "slug", "synonyms"]
    panels = [
        *NAME_PANELS,
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("synonyms"),
        FieldPanel("position"),
    ]


class TermViewSet(ModelViewSet):
    """The terms of the other vocabularies."""

    model = Term
    icon = "list-ul"
    list_display = ["name", "vocabulary", "slug", "parent"]
    list_filter = ["vocabulary"]
    search_fields = ["name", "slug"]
    panels = [
        FieldPanel("vocabulary"),
        *NAME_PANELS,
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("position"),
    ]


class LetterTextViewSet(ModelViewSet):
    """The letters that coordinators begin with."""

    model = LetterText
    icon = "mail"
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "text"]
    panels = [
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("text"),
        *[FieldPanel(f"text_{code}") for code in TRANSLATED_CODES],
    ]


class GlossaryViewSet(ModelViewSet):
    """The terms that translators see beside a text."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["name", "name_fr", "name_es", "name_ar", "name_ru", "name_pt"]
    search_fields = ["name", "name_fr", "name_es", "name_ar", "name_ru", "name_pt", "slug"]
    panels = [*NAME_PANELS, FieldPanel("slug")]


class VocabularyGroup(ModelViewSetGroup):
    """The vocabularies' entry in the menu."""

    menu_label = _("Vocabularies")
    menu_icon = "tag"
    items = (TopicViewSet, TermViewSet, GlossaryViewSet, LetterTextViewSet)
