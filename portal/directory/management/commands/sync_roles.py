"""Makes groups, permissions, tasks and workflows match the directory; safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.directory.roles import sync_roles


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the whole sync in one transaction."""
        sync_roles()
        self.stdout.write("Roles are in step with the directory.")
