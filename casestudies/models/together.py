"""Writing together: who was asked to write on a case, and who has it open now."""

from django.conf import settings
from django.db import models

CASE = "casestudies.CaseStudyPage"


class CoAuthor(models.Model):
    """A colleague of the same administration who was asked to write on a case."""

    case = models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="co_authored"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="co_author_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.case_id}"


class Presence(models.Model):
    """The screen of a case that somebody last had open, and when their browser last said so."""

    case = models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    screen = models.CharField(max_length=20)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_presence_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.case_id} {self.screen}"
