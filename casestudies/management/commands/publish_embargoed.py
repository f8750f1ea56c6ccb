"""Publish the cases whose embargo has ended, now; `run_clock` does it by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from casestudies.services.publication import publish_embargoed_cases


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish and say how many."""
        self.stdout.write(f"published: {len(publish_embargoed_cases())}")
