"""What is known of the links of cases: looked up by the worker, read by the checks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from casestudies.models.pages import CaseStudyPage

ADDRESS_FIELDS = ("evaluation", "video")
# A site may be down for a night; twice, a day apart, is no accident.
FAILURES_OF_DEAD = 2


class LinkState(models.Model):
    """An address that cases name, and what came of following it last."""

    class Outcome(models.TextChoices):
        ALIVE = "alive"
        GONE = "gone"
        UNREACHABLE = "unreachable"
        FORBIDDEN = "forbidden"
        UNSURE = "unsure"

    address = models.CharField(max_length=400, unique=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.address}: {self.outcome}"

    @property
    def is_dead(self) -> bool:
        """Whether an author has to look at it."""
        if self.outcome == self.Outcome.UNREACHABLE:
            return self.failures >= FAILURES_OF_DEAD
        return self.outcome in (self.Outcome.GONE, self.Outcome.FORBIDDEN)


def addresses_of(draft: "CaseStudyPage") -> dict[str, str]:
    """Give the addresses that a draft names, each with the name of its question."""
    found = {row.url: "links" for row in draft.links.all()}
    found |= {getattr(draft, name): name for name in ADDRESS_FIELDS}
    return {address: question for address, question in found.items() if address}


def addresses_in(content: Mapping[str, Any]) -> set[str]:
    """Give the addresses that the content of a revision names."""
    rows = {row["url"] for row in content.get("links", [])}
    return {address for address in rows | {content.get(name) for name in ADDRESS_FIELDS} if address}
