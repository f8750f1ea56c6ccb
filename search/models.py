"""The outbox: which objects have to be looked at again, noted together with their change."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from search.criteria import Audience
from search.facets import Kind


class HiddenFrom(models.TextChoices):
    """Whom an object must not be shown to, from the moment of the change until it is drained.

    The latest change that says anything about it counts; most changes say nothing.
    """

    UNSAID = "", "unsaid"
    NOBODY = "nobody", "nobody"
    PUBLIC = "public", "the public"
    EVERYBODY = "all", "everybody"

    def conceals(self, audience: Audience) -> bool:
        """Say whether a reader of that audience must not see the object any more."""
        return self is HiddenFrom.EVERYBODY or self.value == audience.value


class IndexChange(models.Model):
    """One change of one object; a worker looks at the object as it is then, not at the change.

    `sequence` is given when a worker takes the row, before it reads the object: whoever holds the
    higher number has read the newer state.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    hidden_from = models.CharField(
        max_length=8, choices=HiddenFrom.choices, default=HiddenFrom.UNSAID, blank=True
    )
    sequence = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    dead = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "index change"
        indexes = [
            models.Index(fields=["due_at", "id"], name="due_index_change", condition=Q(dead=False)),
            models.Index(fields=["kind", "object_id", "id"], name="index_change_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.object_id}"


class IndexClock(models.Model):
    """One row: the last number given to a worker. It follows the clock on the wall.

    A database that comes back from a backup must not give numbers which an index has seen.
    `filling_until` is in the future while somebody fills a new index.
    """

    value = models.BigIntegerField(default=0)
    filling_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.value)
