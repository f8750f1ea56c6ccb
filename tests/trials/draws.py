"""What editors draw from a seed: which object, which words, which line of an exchange file."""

import json
import random
from typing import Any

from casestudies.exchange.reader import read_lines
from casestudies.models import CaseStudyPage, Visibility
from casestudies.models.fields import TITLE_LIMIT
from casestudies.services.exchange import import_lines

CODES = {"malta": "MT", "france": "FR", "japan": "JP"}
WORDS = ("transit", "seal", "scanner", "window", "parcel", "risk", "drone", "ledger", "kennel")


class Draws:
    """Dice, and what is made of them: the same for the same seed and database."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def pick(self, rows: Any) -> Any:
        """Draw one of these rows, by their order; None where there is none."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.model.objects.get(pk=self.dice.choice(keys)) if keys else None

    @staticmethod
    def imported() -> Any:
        """Give the cases that a line of a file can change."""
        return CaseStudyPage.objects.exclude(external_id=None)

    def line_of(self, name: str) -> dict[str, Any]:
        """Write a new text for a case, where it is known with its place and its readers."""
        known = CaseStudyPage.objects.filter(external_id=name).first()
        slug = known.administration.slug if known else self.dice.choice(list(CODES))
        return {
            "external_id": name,
            "administration": CODES[slug],
            "language": self.dice.choice(("en", "fr", "ru")),
            "title": self.title(),
            "summary": self.words(6),
            "solution": self.words(12),
            "topics": self.dice.sample(["transit", "single-window"], self.dice.randint(0, 1)),
            "visibility": known.visibility if known else self.dice.choice(Visibility.values),
        }

    @staticmethod
    def bring(line: dict[str, Any], *, publish: bool) -> None:
        """Bring a line in as the import does; raises AssertionError where it is refused."""
        report = import_lines(lines=list(read_lines([json.dumps(line).encode()])), publish=publish)
        errors = [found for each in report.lines for found in each.found.errors]
        assert not errors, errors

    def title(self) -> str:
        """Draw a title that is nobody else's."""
        return self.words(4).capitalize()[:TITLE_LIMIT]

    def words(self, count: int) -> str:
        """Draw so many words and a number."""
        return " ".join(self.dice.choices(WORDS, k=count)) + f" {self.dice.randrange(10**6)}"
