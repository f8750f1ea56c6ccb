"""Cases written without a line: templates that came back filled in, and write-shops."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Administration, Region

CASE = "casestudies.CaseStudyPage"


class FilledTemplate(models.Model):
    """What a file said about a case, kept whole, so that nothing that was typed is lost.

    `typed` are inputs by their names, as the wizard's form takes them; `shown` a mark of each
    answer that the file had when it was made; `outcomes` what became of each question.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Understood")
        EMPTY = "empty", _("Left empty")
        OVER = "over", _("Over the limit")
        WRONG = "wrong", _("Not understood")
        CHANGED = "changed", _("Changed meanwhile")
        KEPT = "kept", _("The saved text was kept")

    case = models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="filled_templates")
    file_name = models.CharField(max_length=160)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    typed = models.JSONField(default=dict)
    names = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    strays = models.JSONField(default=list)
    outcomes = models.JSONField(default=dict)
    # Empty while it waits for an author: who hands files in for others does not write for them.
    taken_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def still_open(self) -> list[str]:
        """The questions about which somebody has to do something."""
        waiting = (self.Outcome.OVER, self.Outcome.WRONG, self.Outcome.CHANGED)
        return [name for name in self.names if self.outcomes.get(name) in waiting]


class Workshop(models.Model):
    """A write-shop: people of a region's Members write their cases together on a day."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="workshops")
    title = models.CharField(_("title"), max_length=120)
    day = models.DateField(_("date"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.title


class WorkshopSeat(models.Model):
    """A participant of a write-shop, for whom, and the draft that was opened for them.

    The draft is the administration's: it may be deleted there, and the seat stays.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="workshop_seats"
    )
    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(
        CASE, null=True, blank=True, on_delete=models.SET_NULL, related_name="workshop_seat"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="one_seat_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.workshop}"
