"""Compares the index with the database; with `--repair`, notes what is wrong for the workers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import get_engine
from search.engines.base import EngineDown
from search.generations import NothingToDo
from search.reconcile import Check, TooMuch


class Command(BaseCommand):
    help = "Compare the search index with the database, and mend it if asked to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--repair`."""
        parser.add_argument("--repair", action="store_true", help="mend what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything and say what was found; end with 1 where something is left to do."""
        check = Check(get_engine(), repair=options["repair"])
        try:
            for done, whole in check.steps():
                self.stdout.write(f"{done} of {whole}")
        except TooMuch as fault:
            why = f"{self._told(check)} Nothing was mended: {fault}. See docs/operations/search.md."
            raise CommandError(why, returncode=1) from fault
        except (EngineDown, NothingToDo) as fault:
            raise CommandError(str(fault), returncode=1) from fault
        if check.drift and not options["repair"]:
            raise CommandError(self._told(check), returncode=1)
        self.stdout.write(self._told(check))

    def _told(self, check: Check) -> str:
        counts = ", ".join(f"{drift} {count}" for drift, count in check.found.items() if count)
        return f"Found: {counts or 'nothing'}."
