"""Follow the links of cases that are due; `run_clock` does it by itself, a few every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casestudies.services.links import TURN_SECONDS, follow_links, watch_links


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to go on."""
        parser.add_argument("--seconds", type=float, default=TURN_SECONDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read which links there are, follow some, and say how many."""
        new = watch_links()
        followed = follow_links(seconds=options["seconds"])
        self.stdout.write(f"new: {new}, followed: {followed}")
