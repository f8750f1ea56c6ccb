"""Case numbers: the next one of the year, under a lock, never given twice."""

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseNumberSequence


@transaction.atomic
def next_case_number(*, year: int | None = None) -> str:
    """Give the next number of a year (this one unless given), such as CS-2026-000123.

    The row stays locked until the caller's transaction ends, so creations of cases wait in line.
    """
    wanted = year or timezone.localdate().year
    CaseNumberSequence.objects.get_or_create(year=wanted)
    sequence = CaseNumberSequence.objects.select_for_update().get(year=wanted)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return str(sequence)
