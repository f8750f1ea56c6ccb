"""`manage.py compile_catalogues`: makes the interface's translations ready for Django."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core.catalogues import BrokenCatalogue, compile_catalogues


class Command(BaseCommand):
    help = "Compile the catalogues (.po) that are newer than their compiled form (.mo)."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Compile, naming each file written; raises CommandError for a broken catalogue."""
        try:
            written = [path for each in settings.LOCALE_PATHS for path in compile_catalogues(each)]
        except BrokenCatalogue as reason:
            raise CommandError(str(reason)) from reason
        for path in written:
            self.stdout.write(f"compiled {path}")
