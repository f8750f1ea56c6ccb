"""Makes the indices that are missing; what they must hold is noted for the worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import get_engine
from search.engines.base import EngineDown
from search.worker import ensure_index


class Command(BaseCommand):
    help = "Make the search indices that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them; a second run changes nothing."""
        try:
            made = ensure_index(get_engine())
        except EngineDown as fault:
            raise CommandError(str(fault), returncode=1) from fault
        self.stdout.write("Indices made; the worker fills them." if made else "Nothing to do.")
