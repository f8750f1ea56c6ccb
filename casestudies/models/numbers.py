"""Case numbers: given once, never changed, never given again."""

from django.db import models


class CaseNumberSequence(models.Model):
    """The last number given in a year; it only grows, also when drafts are deleted."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"CS-{self.year}-{self.last:06d}"
