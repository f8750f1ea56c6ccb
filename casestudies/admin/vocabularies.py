"""The closed vocabularies and the letters in the editors' desk, for the global curator."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from casestudies.curating import may_take_address
from casestudies.models import GlossaryTerm, LetterText, Term, Topic
from portal.core.models.labels import TRANSLATED_CODES
from portal.directory.wagtail_hooks import NAME_PANELS


class TopicForm(WagtailAdminModelForm):
    """Keeps addresses: a topic's own is changed where the old one is kept, and none is reused."""

    def clean_slug(self) -> str:
        """Refuse another address for a topic, and for a new one an address of earlier days."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk and slug != self.instance.slug:
            words = _(
                "Change the address under Topics in the workspace: the old one is kept there."
            )
            raise ValidationError(words)
        verdict = may_take_address(self.instance, slug)
        if not verdict:
            raise ValidationError(str(verdict.reason))
        return slug


class TopicViewSet(ModelViewSet):
    """Topics: their names, groups and synonyms."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "parent"]
    list_filter = ["parent"]
    search_fields = ["name", "slug", "synonyms"]
    edit_handler = ObjectList(
        [
            *NAME_PANELS,
            FieldPanel("slug"),
            FieldPanel("parent"),
            FieldPanel("synonyms"),
            FieldPanel("position"),
        ],
        base_form_class=TopicForm,
    )


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
