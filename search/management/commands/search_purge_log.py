"""Remove entries of the search log that are older than ninety days."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.log import purge


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many there were."""
        count = purge(timezone.localdate())
        if options["verbosity"]:
            self.stdout.write(f"{count} old searches forgotten.")
