"""Case numbers: the next one of the year, under a lock, never given twice."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseNumberSequence


def next_case_number(*, year: int | None = None) -> str:
    """Give the next number of a year (this one unless given), such as CS-2026-000123."""
    return next_case_numbers(count=1, year=year)[0]


@transaction.atomic
def next_case_numbers(*, count: int, year: int | None = None) -> list[str]:
    """Give the next numbers of a year (this one unless given), in order.

    The row stays locked until the caller's transaction ends, so creations of cases wait in line.
    """
    wanted = year or timezone.localdate().year
    CaseNumberSequence.objects.get_or_create(year=wanted)
    sequence = CaseNumberSequence.objects.select_for_update().get(year=wanted)
    numbers = []
    for _each in range(count):
        sequence.last += 1
        numbers.append(str(sequence))
    sequence.save(update_fields=["last"])
    return numbers


@transaction.atomic
def reserve_numbers(*, numbers: Iterable[str]) -> None:
    """Move the sequences past well-formed numbers that come from elsewhere."""
    last: dict[int, int] = {}
    for number in numbers:
        year, count = (int(part) for part in number.split("-")[1:])
        last[year] = max(last.get(year, 0), count)
    for year, count in sorted(last.items()):
        CaseNumberSequence.objects.get_or_create(year=year)
        CaseNumberSequence.objects.filter(year=year, last__lt=count).update(last=count)
