"""The case study: one record, one number, one address, whatever the language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import PagePermissionTester, Revision

from casestudies.models.choices import (
    ChangeKind,
    CostBand,
    Level,
    Licence,
    Stage,
    Visibility,
)
from casestudies.models.desk import desk
from casestudies.models.fields import TEXT_LIMITS
from casestudies.models.former_topics import with_present_topics
from casestudies.models.parts import CaseTopic
from casestudies.models.review import is_on_record
from casestudies.models.vocabularies import Term, Topic
from casestudies.querysets import CaseManager
from portal.core.languages import Language
from portal.core.models.pages import BasePage
from portal.directory.models import Administration

OF_THE_RECORD = (
    "slug",
    "url_path",
    "number",
    "external_id",
    "administration_id",
    "level",
    "withdrawn_at",
    "withdrawn_reason",
)
# The author's choice in the first version; from then on changed by services of their own, so that
# no older text brings an older answer back.
SINCE_PUBLISHED = ("visibility", "review_by")


class CaseStudyPage(BasePage):
    """A case study of innovation or modernisation, written and owned by one administration."""

    # Identity
    number = models.CharField(
        _("case number"), max_length=16, unique=True, null=True, editable=False
    )
    external_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    summary = models.TextField(_("in short"), max_length=TEXT_LIMITS["summary"], blank=True)
    administration = models.ForeignKey(
        Administration,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("administration"),
    )
    language = models.CharField(
        _("language of the original"), max_length=2, choices=Language.choices, default=Language.EN
    )
    owner_unit = models.CharField(_("unit"), max_length=160, blank=True)
    owner_mailbox = models.EmailField(_("generic mailbox"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact person"), blank=True)
    is_illustration = models.BooleanField(_("illustration"), default=False)

    # Classification
    topics = ClusterTaggableManager(
        through=CaseTopic, to=Topic, blank=True, verbose_name=_("topics")
    )
    terms = ParentalManyToManyField(Term, blank=True, related_name="cases")

    # Timing
    year = models.PositiveSmallIntegerField(_("year put into practice"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices, blank=True)

    # Story
    problem = models.TextField(
        _("problem or opportunity"), max_length=TEXT_LIMITS["problem"], blank=True
    )
    solution = models.TextField(_("what was done"), max_length=TEXT_LIMITS["solution"], blank=True)
    novelty = models.TextField(_("what is new here"), max_length=TEXT_LIMITS["novelty"], blank=True)
    legal_basis = models.TextField(
        _("legal and policy basis"), max_length=TEXT_LIMITS["legal_basis"], blank=True
    )
    partnership = models.TextField(
        _("partnership and change management"), max_length=TEXT_LIMITS["partnership"], blank=True
    )

    # Resources
    months = models.PositiveSmallIntegerField(_("months to implement"), null=True, blank=True)
    cost = models.CharField(_("cost band"), max_length=12, choices=CostBand.choices, blank=True)
    funding = models.CharField(_("funding source"), max_length=160, blank=True)

    # Results
    outcomes = models.TextField(
        _("results, outcomes, impact"), max_length=TEXT_LIMITS["outcomes"], blank=True
    )
    evaluation = models.URLField(_("independent evaluation"), max_length=400, blank=True)

    # Learning
    challenges = models.TextField(
        _("challenges and failures"), max_length=TEXT_LIMITS["challenges"], blank=True
    )
    conditions = models.TextField(
        _("conditions for success"), max_length=TEXT_LIMITS["conditions"], blank=True
    )
    lessons = models.TextField(_("lessons learned"), max_length=TEXT_LIMITS["lessons"], blank=True)
    differently = models.TextField(
        _("what we would do differently"), max_length=TEXT_LIMITS["differently"], blank=True
    )
    transfer = models.TextField(_("transfer"), max_length=TEXT_LIMITS["transfer"], blank=True)

    # Materials, rights, life
    video = models.URLField(_("video"), max_length=400, blank=True)
    licence = models.CharField(
        _("licence"), max_length=16, choices=Licence.choices, default=Licence.CC_BY
    )
    cleared = models.BooleanField(_("cleared by the administration"), default=False)
    no_sensitive_detail = models.BooleanField(_("no sensitive enforcement detail"), default=False)
    visibility = models.CharField(
        _("who may read it"),
        max_length=8,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        db_index=True,
    )
    embargo_until = models.DateField(_("not before"), null=True, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)
    level = models.CharField(
        max_length=10, choices=Level.choices, default=Level.SHARED, editable=False
    )
    change_kind = models.CharField(
        max_length=12, choices=ChangeKind.choices, default=ChangeKind.FIRST
    )
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = CaseManager()

    template = "casestudies/case_study_page.html"
    section = "regions"
    parent_page_types = ["casestudies.AdministrationPage"]
    subpage_types: list[str] = []
    is_creatable = False

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Answer Wagtail's questions with the rules of the portal, for operators too."""
        return desk().rights(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a revision under a title; a text that others have read is never written over."""
        if not self.title.strip():
            raise ValidationError({"title": _("Give the case a title.")})
        kept = kwargs.get("overwrite_revision")
        if kept and is_on_record(kept):
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def get_admin_display_title(self) -> str:
        """Give the published title: choosers and lists show it to people who may not see drafts."""
        return self.title if self.live else super().get_admin_display_title()

    @property
    def text_language(self) -> str:
        """The language the case was written in."""
        return self.language

    def with_content_json(self, content: dict) -> "CaseStudyPage":
        """Read a revision, keeping what belongs to the record and not to its text."""
        case = super().with_content_json(with_present_topics(content))
        kept = OF_THE_RECORD + (SINCE_PUBLISHED if self.first_published_at else ())
        for name in kept:
            setattr(case, name, getattr(self, name))
        return case

    def terms_of(self, vocabulary: str) -> list[Term]:
        """Give the case's terms of one vocabulary, in the vocabulary's order."""
        found = [term for term in self.terms.all() if term.vocabulary == vocabulary]
        return sorted(found, key=lambda term: term.position)

    @property
    def ordered_topics(self) -> list[Topic]:
        """The topics in the author's order, the primary one first."""
        return [item.tag for item in self.topic_items.all()]
