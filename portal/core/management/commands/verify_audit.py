"""Check that the record of acts is whole: nothing changed, nothing taken out, nothing cut off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.audit import faults_of_record
from portal.core.models import AuditEntry


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every entry that was tampered with; ends with 1 where there is one."""
        faults = list(faults_of_record())
        for fault in faults:
            self.stderr.write(f"entry {fault.number}: {fault.what}")
        if faults:
            raise CommandError(f"The record is not whole: {len(faults)} faults.", returncode=1)
        last = AuditEntry.objects.order_by("number").last()
        told = f", the last sealed {last.seal}" if last else ""
        self.stdout.write(f"The record is whole: {last.number if last else 0} entries{told}")
