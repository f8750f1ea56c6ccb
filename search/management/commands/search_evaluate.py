"""Measures how well an engine answers judged queries (docs/features/relevance.md)."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.languages import LANGUAGE_CODES
from search.engines.base import Document, EngineDown
from search.evaluation.collections import read_documents, read_questions
from search.evaluation.judgements import BadFileError, Question, read_judgements
from search.evaluation.portal_content import read_cases
from search.evaluation.runs import Answer, Side, ask_all, read_side
from search.evaluation.scratch import filled_engine
from search.evaluation.tables import comparison, each, table

JUDGEMENTS = Path("tests/search/judgements")


def side(written: str) -> Side:
    """Read an engine with its weights, for the command line."""
    try:
        return read_side(written)
    except ValueError as problem:
        raise ArgumentTypeError(str(problem)) from problem


class Command(BaseCommand):
    help = "Measure how well an engine answers judged queries, in an index of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what is asked, and who is asked."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--judgements", type=Path, default=JUDGEMENTS, help="of the portal's cases"
        )
        what.add_argument("--collection", type=Path, help="a public collection in BEIR's layout")
        parser.add_argument(
            "--language", choices=LANGUAGE_CODES, default="en", help="of a collection"
        )
        parser.add_argument(
            "--engine", type=side, default="embedded", help="an engine, or engine:weight=number,…"
        )
        parser.add_argument("--against", type=side, help="another to compare it with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask every query, print the tables; end with 1 where something judged is missing."""
        sides = [chosen for chosen in (options["engine"], options["against"]) if chosen]
        try:
            questions, documents = self._read(options)
            runs = [self._run(chosen, questions, documents) for chosen in sides]
        except BadFileError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except EngineDown as fault:
            raise CommandError(str(fault), returncode=1) from fault
        for chosen, answers in zip(sides, runs, strict=True):
            self._show(chosen, answers, in_full=options["verbosity"] > 1)
        if len(runs) > 1:
            self.stdout.write(f"{sides[0].name} → {sides[1].name}: {comparison(*runs)}")
        self._end(questions, {name for name, _document in documents})

    def _read(self, options: dict[str, Any]) -> tuple[list[Question], list[tuple[str, Document]]]:
        folder, language = options["collection"], options["language"]
        if folder:
            return read_questions(folder, language), list(read_documents(folder, language))
        return read_judgements(options["judgements"]), list(read_cases())

    def _run(
        self, chosen: Side, questions: Sequence[Question], documents: Sequence[tuple[str, Document]]
    ) -> Sequence[Answer]:
        names = {document["id"]: name for name, document in documents}
        held = (document for _name, document in documents)
        with filled_engine(chosen.engine, held) as engine:
            return ask_all(engine, questions, names, chosen.weights)

    def _show(self, chosen: Side, answers: Sequence[Answer], *, in_full: bool) -> None:
        self.stdout.write(chosen.name)
        for line in (*table(answers), *(each(answers) if in_full else ())):
            self.stdout.write(f"  {line}")

    def _end(self, questions: Iterable[Question], known: set[str]) -> None:
        judged = {name for question in questions for name in question.grades}
        if missing := sorted(judged - known):
            shown = ", ".join(missing[:5])
            raise CommandError(
                f"{len(missing)} judged texts are not there, so the figures are too low: {shown}",
                returncode=1,
            )
