"""Builds a new generation of indices and goes over to it, goes back, or removes old ones."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import get_engine
from search.engines.base import EngineDown
from search.generations import GateClosed, NothingToDo, prune, rebuild, roll_back


class Command(BaseCommand):
    help = "Build the search indices anew from the database and go over to them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--rollback` or `--prune`."""
        other = parser.add_mutually_exclusive_group()
        other.add_argument("--rollback", action="store_true", help="go back to the previous ones")
        other.add_argument("--prune", action="store_true", help="remove all but those in use")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the three; on a failure the present indices stay in use."""
        try:
            if options["rollback"]:
                self.stdout.write(f"Generation {roll_back(get_engine())} is in use again.")
            elif options["prune"]:
                removed = ", ".join(prune(get_engine())) or "nothing"
                self.stdout.write(f"Removed: {removed}.")
            else:
                looked_at = rebuild(get_engine(), progress=self._show)
                self.stdout.write(f"{looked_at} objects looked at; the new indices are in use.")
        except GateClosed as closed:
            why = "\n".join(
                ["The new indices are not used, the present ones stay:", *closed.reasons]
            )
            raise CommandError(why, returncode=1) from closed
        except (EngineDown, NothingToDo) as fault:
            raise CommandError(str(fault), returncode=1) from fault

    def _show(self, done: int, whole: int) -> None:
        self.stdout.write(f"{done} of {whole}")
