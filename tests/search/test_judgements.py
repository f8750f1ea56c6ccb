"""The judged queries are well formed and speak of demonstration cases that exist."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.home.demo_content import DEMO

JUDGEMENTS = Path(__file__).parent / "judgements"
KINDS = {"acronym", "topic", "phrase", "name", "question", "typo", "cross_language"}
KEYS = {"id", "kind", "language", "query", "note", "judgements"}
GRADES = {0, 1, 2, 3}


def rows(paths: list[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def judged() -> list[dict[str, Any]]:
    return rows(sorted(JUDGEMENTS.glob("*.jsonl")))


def test_every_query_has_its_keys_and_words() -> None:
    assert [row for row in judged() if set(row) != KEYS or not row["query"].strip()] == []


def test_there_are_enough_queries_and_each_has_its_own_id_and_words() -> None:
    asked = judged()
    assert len(asked) >= 60
    assert len({row["id"] for row in asked}) == len(asked)
    assert len({(row["language"], row["query"]) for row in asked}) == len(asked)


def test_every_kind_has_its_file() -> None:
    named = {
        path.stem: {row["kind"] for row in rows([path])} for path in JUDGEMENTS.glob("*.jsonl")
    }
    assert named == {kind: {kind} for kind in KINDS}


def test_every_interface_language_asks_at_least_ten_times() -> None:
    asked = [row["language"] for row in judged()]
    languages = {code for code, _ in settings.LANGUAGES}
    assert set(asked) == languages
    assert min(asked.count(code) for code in languages) >= 10


def test_only_demonstration_cases_are_judged() -> None:
    cases = {row["external_id"] for row in rows(sorted(DEMO.glob("cases-*.jsonl")))}
    named = {case for row in judged() for case in row["judgements"]}
    assert named - cases == set()


def test_grades_are_known_and_every_query_has_a_useful_answer() -> None:
    for row in judged():
        grades = row["judgements"].values()
        assert all(type(grade) is int for grade in grades), row["id"]
        assert set(grades) <= GRADES, row["id"]
        assert max(grades) >= 2, row["id"]


def test_cross_language_queries_are_answered_best_in_another_language() -> None:
    written = {
        row["external_id"]: row["language"] for row in rows(sorted(DEMO.glob("cases-*.jsonl")))
    }
    for row in rows([JUDGEMENTS / "cross_language.jsonl"]):
        best = {written[case] for case, grade in row["judgements"].items() if grade == 3}
        assert best, row["id"]
        assert row["language"] not in best, row["id"]
