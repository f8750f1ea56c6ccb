"""What people are told: in the portal, by mail as each of them chose, and reminded of once."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notification is about; mails are chosen by kind."""

    ASKED = "asked", _("Something waits for me")
    REMINDED = "reminded", _("Something has waited for long, or is to be read again")
    REVIEWED = "reviewed", _("A reviewer whom I asked has answered")
    DECIDED = "decided", _("A case of mine was cleared, returned or declined")
    PUBLISHED = (
        "published",
        _("A case of mine was published, moved or withdrawn, or has other readers"),
    )
    TRANSLATED = "translated", _("A translation of mine was checked or returned")


class How(models.TextChoices):
    """How somebody wants to hear of a kind by mail."""

    ONCE = "once", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Never")


class MailChoice(models.Model):
    """How one person wants mails of one kind; without a row they come at once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    how = models.CharField(max_length=5, choices=How.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_mail_choice_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.how}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications narrowed by what is still to be done with them."""

    def unread(self) -> "NotificationQuerySet":
        """Those that were not opened."""
        return self.filter(read_at__isnull=True)

    def to_mail(self, now: datetime) -> "NotificationQuerySet":
        """Those whose mail is due, the longest waiting first."""
        return self.filter(mail__in=WAITING, due_at__lte=now).order_by("due_at", "pk")


class Notification(models.Model):
    """One event of a case told to one person. The title is not kept: it is asked for each time."""

    class Mail(models.TextChoices):
        ONCE = "once", "to be sent by itself"
        DAILY = "daily", "to be sent with the others of the day"
        NONE = "none", "not wanted"
        SENT = "sent", "taken by the mail server"
        DROPPED = "dropped", "no longer theirs to see, or over"
        FAILED = "failed", "given up"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.CharField(max_length=24)
    case = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="notifications"
    )
    decision = models.ForeignKey(
        "casestudies.Decision", null=True, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=7, choices=Mail.choices)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "read_at"]),
            models.Index(fields=["mail", "due_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"


WAITING = (Notification.Mail.ONCE, Notification.Mail.DAILY)


class Reminder(models.Model):
    """That somebody was reminded of one wait: `wait` names the step or request and its state."""

    event = models.CharField(max_length=24)
    wait = models.CharField(max_length=48)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "wait"], name="one_reminder_a_wait")
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.wait}"
