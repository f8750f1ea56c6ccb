"""Builds the indices where there are none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import get_engine
from search.engines.base import EngineDown
from search.status import REBUILD_NEEDED
from search.worker import ensure_index


class Command(BaseCommand):
    help = "Build the search indices where there are none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build them; a second run changes nothing."""
        engine = get_engine()
        try:
            made = ensure_index(engine)
            in_use = engine.in_use()
        except EngineDown as fault:
            raise CommandError(str(fault), returncode=1) from fault
        self.stdout.write("The indices are built." if made else "Nothing to do.")
        if in_use and in_use.form != engine.form:
            self.stdout.write(f"{REBUILD_NEEDED.capitalize()}.")
