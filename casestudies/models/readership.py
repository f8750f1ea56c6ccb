"""How often the page of a case was opened: a number for a day, and nothing about who did."""

from django.db import models


class ViewCount(models.Model):
    """The views of one case on one day."""

    case = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="view_counts"
    )
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "day"], name="one_count_a_case_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day}: {self.views}"
