"""Makes the regions, Members, vocabularies, page tree and roles a portal starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.home.services import set_up_portal


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing."""
        set_up_portal()
        self.stdout.write("The portal stands: regions, Members, vocabularies, pages and roles.")
