"""Catalogues of plausible cases in the exchange format: as uneven as real ones, same for a seed."""

import csv
import json
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from casestudies.exchange.records import SCHEMA, TERM_KEYS
from casestudies.models import CostBand, Level, Stage
from tests.factories.prose import paragraph, title_of

Line = dict[str, Any]

LANGUAGES = {"en": 46, "fr": 20, "es": 13, "ar": 8, "ru": 7, "pt": 6}
VISIBILITIES = {"public": 92, "members": 5, "region": 3}
STAGES = dict(zip(Stage.values, (4, 5, 14, 17, 40, 12, 8), strict=True))
LEVELS = dict(zip(Level.values, (70, 25, 5), strict=True))
# What a text of the format holds, in sentences, and how often authors leave it out.
TEXTS = {
    "summary": (3, 0.03),
    "problem": (6, 0.08),
    "solution": (12, 0.05),
    "novelty": (3, 0.5),
    "outcomes": (5, 0.2),
    "challenges": (4, 0.55),
    "lessons": (4, 0.12),
    "transfer": (3, 0.7),
}
UNKNOWN_WORD = "teleportation"
RARE_NAME = "Zephyrbarrier"


def vocabulary_rows(name: str) -> list[dict[str, str]]:
    """Give the rows of one of the portal's own files of vocabularies."""
    path = Path(settings.BASE_DIR) / "casestudies" / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_catalogue(path: Path, lines: Iterable[Line]) -> Path:
    """Write the lines to a file, one case a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    return path


def make_catalogue(
    count: int, *, administrations: Sequence[str], seed: int, today: date
) -> list[Line]:
    """Give the lines of so many cases of these administrations, named by their country codes."""
    return Cataloguer(administrations, random.Random(seed), today).lines(count, f"made-{seed}")


class Cataloguer:
    """Draws cases: a few topics and Members have many, most have few, and much is left out."""

    def __init__(self, administrations: Sequence[str], dice: random.Random, today: date) -> None:
        self._dice = dice
        self._today = today
        self._administrations = _shuffled(sorted(administrations), dice)
        self._topics = _shuffled(_choosable(vocabulary_rows("topics")), dice)
        terms = vocabulary_rows("terms")
        self._terms = {
            key: _shuffled(
                _choosable([row for row in terms if row["vocabulary"] == vocabulary]), dice
            )
            for key, vocabulary in TERM_KEYS.items()
        }

    def lines(self, count: int, prefix: str) -> list[Line]:
        """Give so many lines; whatever is drawn empty is not in its line at all."""
        drawn = [self._line(f"{prefix}-{number:05d}") for number in range(1, count + 1)]
        return [{k: v for k, v in line.items() if v not in ("", None, [])} for line in drawn]

    def _line(self, external_id: str) -> Line:
        dice = self._dice
        language = _one_of(LANGUAGES, dice)
        return {
            "schema": SCHEMA,
            "external_id": external_id,
            "administration": _often_the_first(self._administrations, dice),
            "language": language,
            "title": title_of(language, dice),
            **self._texts(language),
            "topics": self._drawn_topics(),
            **{key: self._drawn_terms(key) for key in self._terms},
            "stage": self._or_nothing(_one_of(STAGES, dice), 0.06),
            "year": self._or_nothing(2025 - int(dice.expovariate(0.18)) % 25, 0.12),
            "months": self._or_nothing(dice.randint(1, 60), 0.6),
            "cost": self._or_nothing(dice.choice(CostBand.values), 0.65),
            "results": [self._result() for _row in range(dice.choice((0, 0, 0, 1, 1, 2, 5)))],
            "visibility": _one_of(VISIBILITIES, dice),
            "level": self._or_nothing(_one_of(LEVELS, dice), 0.3),
            "review_by": self._or_nothing(self._review_day(), 0.5),
            "owner_unit": self._or_nothing("Modernisation Unit", 0.3),
            "illustration": True,
        }

    def _or_nothing(self, value: Any, chance: float) -> Any:
        return None if self._dice.random() < chance else value

    def _texts(self, language: str) -> dict[str, str]:
        dice = self._dice
        texts = {
            name: "" if dice.random() < absent else paragraph(language, sentences, dice)
            for name, (sentences, absent) in TEXTS.items()
        }
        if dice.random() < 0.03:
            texts["solution"] = f"{texts['solution']} {RARE_NAME}.".strip()
        return texts

    def _drawn_topics(self) -> list[str]:
        dice = self._dice
        count = dice.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, 5))
        drawn = [_often_the_first(self._topics, dice) for _topic in range(count)]
        if drawn and dice.random() < 0.05:
            drawn.insert(dice.randint(0, len(drawn)), UNKNOWN_WORD)
        return drawn

    def _drawn_terms(self, key: str) -> list[str]:
        count = self._dice.choice((0, 0, 1, 1, 2, 3))
        return [_often_the_first(self._terms[key], self._dice) for _term in range(count)]

    def _result(self) -> dict[str, Any]:
        before = self._dice.choice((48, "12,5", "4 hours", "1 200", "", 7.25))
        after = self._dice.choice((6, "3,1", "a few minutes", "35", 0))
        return {"indicator": "Average release time", "before": before, "after": after}

    def _review_day(self) -> str:
        return (self._today + timedelta(days=self._dice.randint(-400, 900))).isoformat()


def _choosable(rows: Sequence[dict[str, str]]) -> list[str]:
    heads = {row["parent"] for row in rows}
    return [row["slug"] for row in rows if row["slug"] not in heads]


def _shuffled(values: Sequence[str], dice: random.Random) -> list[str]:
    return dice.sample(values, len(values))


def _often_the_first(values: Sequence[str], dice: random.Random) -> str:
    weights = [1 / (place + 3) for place in range(len(values))]
    return dice.choices(values, weights)[0]


def _one_of(weights: dict[str, int], dice: random.Random) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]
