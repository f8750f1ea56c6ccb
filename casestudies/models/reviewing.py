"""Regional review: who was asked to read a case, and what they found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.vocabularies import Topic
from portal.core.languages import Language

REASON_LIMIT = 600


class Gate(models.TextChoices):
    """What a case has to be before it is scored at all."""

    RELEVANT = "relevant", _("Relevant to Customs")
    PRACTISED = "practised", _("In practice, or honestly marked as an idea")
    LAWFUL = "lawful", _("Cleared and lawful: nothing in it harms anybody")
    PLAIN = "plain", _("Plain, and complete in itself")


class Criterion(models.TextChoices):
    """What a case is scored for, 0 to 5."""

    NOVELTY = "novelty", _("Novelty in its context")
    EVIDENCE = "evidence", _("Evidence")
    TRANSFERABILITY = "transferability", _("Transferability")
    CLARITY = "clarity", _("Clarity")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    COOPERATION = "cooperation", _("Co-operation")


class ReviewAssignment(models.Model):
    """One person asked to review a case on one of its ways through the review."""

    class State(models.TextChoices):
        INVITED = "invited", _("Asked")
        ACCEPTED = "accepted", _("Reading")
        DECLINED = "declined", _("Declined")
        SUBMITTED = "submitted", _("Review sent")
        WITHDRAWN = "withdrawn", _("Taken back")

    case = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="review_assignments"
    )
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState", on_delete=models.PROTECT, related_name="review_assignments"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_assignments"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    since = models.DateTimeField(_("in this state since"))
    invited_at = models.DateTimeField(auto_now_add=True)
    no_conflict = models.BooleanField(_("no conflict of interest"), default=False)
    reason = models.CharField(_("reason for declining"), max_length=REASON_LIMIT, blank=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=("workflow_state", "reviewer"),
                condition=Q(state__in=("invited", "accepted", "submitted")),
                name="one_open_assignment_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether something is still expected of this person."""
        return self.state in OPEN


OPEN = (ReviewAssignment.State.INVITED, ReviewAssignment.State.ACCEPTED)
COUNTED = (*OPEN, ReviewAssignment.State.SUBMITTED)


class Review(models.Model):
    """What a reviewer found: a draft until it is sent, and never changed afterwards."""

    class Recommendation(models.TextChoices):
        NO = "no", _("No")
        MAYBE = "maybe", _("Maybe, when mended")
        YES = "yes", _("Yes")

    assignment = models.OneToOneField(
        ReviewAssignment, on_delete=models.CASCADE, related_name="review"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="reviews"
    )
    gates = models.JSONField(default=dict, help_text="By gate: yes or no.")
    scores = models.JSONField(default=dict, help_text="By criterion: value (0 to 5, na), comment.")
    remarks = models.JSONField(default=dict, help_text="By field of the case: a comment.")
    opinion = models.TextField(blank=True)
    recommendation = models.CharField(max_length=5, choices=Recommendation.choices, blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assignment}"


class ReviewerProfile(models.Model):
    """What a reviewer knows and reads, by their own word: the ground of proposals."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviewer_profile"
    )
    topics = models.ManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    languages = models.JSONField(_("languages"), default=list)

    def __str__(self) -> str:
        return str(self.person)

    @property
    def language_names(self) -> list[str]:
        """The names of the languages this person reads."""
        return [str(Language(code).label) for code in self.languages]
