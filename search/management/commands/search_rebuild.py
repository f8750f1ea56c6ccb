"""Fills new indices from the database and switches to them, without a moment of silence."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import get_engine
from search.engines.base import EngineDown
from search.worker import rebuild


class Command(BaseCommand):
    help = "Build the search indices anew from the database and switch to them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild; on a failure the present indices stay in use."""
        try:
            looked_at = rebuild(get_engine(), progress=self._show)
        except EngineDown as fault:
            raise CommandError(str(fault), returncode=1) from fault
        self.stdout.write(f"{looked_at} objects looked at; the new indices are in use.")

    def _show(self, done: int, whole: int) -> None:
        self.stdout.write(f"{done} of {whole}")
