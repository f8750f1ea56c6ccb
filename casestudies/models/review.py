"""The record of a review on Wagtail's workflow engine: tasks, decisions, versions."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState, WorkflowState

from casestudies.models.choices import ChangeKind, Visibility
from casestudies.models.tasks import ReviewTask
from casestudies.models.translations import Translation

if TYPE_CHECKING:
    from casestudies.models.pages import CaseStudyPage


class ClearanceTask(ReviewTask):
    """The national contact point clears a case for the Member."""

    def start(self, workflow_state: WorkflowState, user: object = None) -> TaskState:
        """Start, or record that this administration posts without clearance."""
        case = workflow_state.content_object.specific
        if case.administration.clearance_required:
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=case.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_SKIPPED,
        )


class DecisionTask(ReviewTask):
    """The region's coordinators publish, return or decline a case."""

    def start(self, workflow_state: WorkflowState, user: object = None) -> TaskState:
        """Start, or record that a minor change was cleared and needs no decision."""
        case = workflow_state.content_object.specific
        revision = case.get_latest_revision()
        if not (is_minor_change(case, revision.content) and was_cleared(workflow_state)):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=revision,
            task=self,
            status=TaskState.STATUS_SKIPPED,
        )


class Decision(models.Model):
    """What somebody decided on one revision, and why; never changed afterwards."""

    class Step(models.TextChoices):
        CLEARANCE = "clearance", _("Clearance")
        DECISION = "decision", _("Regional decision")

    class Kind(models.TextChoices):
        CLEARED = "cleared", _("Cleared")
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned with reasons")
        DECLINED = "declined", _("Declined with reasons")

    case = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="decisions"
    )
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState", on_delete=models.PROTECT, related_name="decisions"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="decisions"
    )
    step = models.CharField(max_length=10, choices=Step.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reasons = models.TextField(_("reasons"), blank=True, max_length=6000)
    remarks = models.JSONField(default=dict, help_text="By question of the case: what to mend.")
    asks_substantive = models.BooleanField(
        default=False, help_text="Returned: the change may not be sent as a minor one again."
    )
    digest = models.CharField(max_length=64)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_at:%Y-%m-%d}"


class CaseVersion(models.Model):
    """One published version of a case."""

    page = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=ChangeKind.choices, default=ChangeKind.FIRST)
    note = models.CharField(max_length=300, blank=True)
    visibility = models.CharField(
        max_length=8,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        help_text="Who may read this text: the case may have been opened to more since.",
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["page", "number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"


class Confirmation(models.Model):
    """The owners of a published case looked at it again: it is still true."""

    page = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="confirmations"
    )
    note = models.CharField(max_length=300, blank=True)
    review_by = models.DateField(help_text="Until when this holds.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["confirmed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.confirmed_at:%Y-%m-%d}"


def is_minor_change(case: "CaseStudyPage", content: dict[str, Any]) -> bool:
    """Say whether a text is a minor change of a published case: cleared, it goes live."""
    is_called_minor = content.get("change_kind") == ChangeKind.MINOR
    return case.live and is_called_minor and not must_be_substantive(case)


def must_be_substantive(case: "CaseStudyPage") -> bool:
    """Say whether the change that is being made was returned as more than a minor one."""
    last = CaseVersion.objects.filter(page_id=case.pk).last()
    if last is None:
        return False
    asked = Decision.objects.filter(case_id=case.pk, asks_substantive=True)
    return asked.filter(decided_at__gt=last.published_at).exists()


def was_cleared(workflow_state: WorkflowState) -> bool:
    """Say whether a contact point cleared the text in this review; skipping is no clearance."""
    states = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    return states.filter(task__in=ClearanceTask.objects.all()).exists()


def on_record() -> Q:
    """Say of revisions whether one was sent, decided on, scheduled, published or translated."""
    of_it = {"revision": OuterRef("pk")}
    return (
        Q(approved_go_live_at__isnull=False)
        | Q(Exists(TaskState.objects.filter(**of_it)))
        | Q(Exists(Decision.objects.filter(**of_it)))
        | Q(Exists(CaseVersion.objects.filter(**of_it)))
        | Q(Exists(Translation.objects.filter(source_revision=OuterRef("pk"))))
    )


def is_on_record(revision: Revision) -> bool:
    """Say whether others rely on a revision as it is, by their acts: then it never changes."""
    return Revision.objects.filter(on_record(), pk=revision.pk).exists()
