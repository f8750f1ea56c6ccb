"""Imports cases from a file of the exchange format (docs/features/exchange.md)."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casestudies.exchange.reader import Line, read_lines
from casestudies.services.exchange import Report, import_lines
from casestudies.services.imported_lines import Outcome
from casestudies.services.places import RegionWithoutPage


def positive(word: str) -> int:
    """Read a whole number above zero."""
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(f"{word!r} is not a whole number above zero")
    return int(word)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file and what to do with it."""
        parser.add_argument("file", type=Path, help="JSON Lines, UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen only")
        parser.add_argument("--publish", action="store_true", help="publish what comes in")
        parser.add_argument("--strict", action="store_true", help="make every warning an error")
        parser.add_argument("--batch", type=positive, default=100, help="cases a transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, report every finding by its line, and end with 1 when a line stayed out."""
        lines = self._read(options["file"])
        try:
            report = import_lines(
                lines=lines,
                publish=options["publish"],
                strict=options["strict"],
                dry_run=options["dry_run"],
                batch=options["batch"],
                progress=self._show_progress,
            )
        except RegionWithoutPage as problem:
            raise CommandError(str(problem), returncode=2) from problem
        self._show_findings(report)
        self._show_outcome(report, dry_run=options["dry_run"])
        refused = report.count(Outcome.REFUSED)
        if refused:
            raise CommandError(f"{refused} of {len(report.lines)} lines stayed out.", returncode=1)

    @staticmethod
    def _read(path: Path) -> list[Line]:
        try:
            with path.open("rb") as file:
                return list(read_lines(file))
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}", returncode=2) from problem

    def _show_progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
        self.stdout.flush()

    def _show_findings(self, report: Report) -> None:
        for line in report.lines:
            for words in line.found.errors:
                self.stderr.write(f"line {line.number}: {words}")
            for words in line.found.warnings:
                self.stderr.write(f"line {line.number}: warning: {words}", self.style.WARNING)

    def _show_outcome(self, report: Report, *, dry_run: bool) -> None:
        counts = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in Outcome)
        lead = "Nothing was written. It would be: " if dry_run else ""
        self.stdout.write(f"{lead}{counts}; {report.published} published.")
