"""Recording changes, handing them to workers, and keeping withdrawn objects out of sight."""

import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from search.criteria import Audience
from search.facets import Kind
from search.models import HiddenFrom, IndexChange, IndexClock

LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=0.5)
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Claim:
    """The changes of one object that a worker holds, and the number its write will carry."""

    kind: str
    object_id: int
    version: int
    rows: tuple[int, ...]

    @property
    def document_id(self) -> str:
        """The name of the object in every index."""
        return document_id(self.kind, self.object_id)


def document_id(kind: str, object_id: int) -> str:
    """Give the name an object has in every index."""
    return f"{kind}-{object_id}"


def place_of(name: str) -> tuple[str, int] | None:
    """Give the kind and the id behind a name in an index; None where nobody can have given it."""
    kind, _dash, number = name.rpartition("-")
    if kind in Kind and number.isdecimal() and len(number) < 19:
        return kind, int(number)
    return None


def record(
    *,
    kind: str,
    object_ids: Iterable[int],
    hidden_from: HiddenFrom = HiddenFrom.UNSAID,
    after: timedelta = timedelta(0),
) -> None:
    """Note that objects changed; call it in the transaction of the change.

    With `after` the workers do not begin before so much time has gone.
    """
    due = timezone.now() + after
    IndexChange.objects.bulk_create(
        (
            IndexChange(
                kind=kind,
                object_id=object_id,
                hidden_from=hidden_from,
                recorded_at=due,
                due_at=due,
            )
            for object_id in object_ids
        ),
        batch_size=500,
    )


def next_version() -> int:
    """Give a number higher than every one given before; call it before reading an object."""
    with transaction.atomic():
        IndexClock.objects.get_or_create(pk=1)
        clock = IndexClock.objects.select_for_update().get(pk=1)
        clock.value = max(clock.value + 1, now_as_number())
        clock.save(update_fields=["value"])
    return clock.value


def now_as_number() -> int:
    """Give the number that the clock on the wall would give now: milliseconds."""
    return time.time_ns() // 1_000_000


def never_below(number: int) -> None:
    """Give only higher numbers from now on, because an index holds this one."""
    IndexClock.objects.get_or_create(pk=1)
    IndexClock.objects.filter(pk=1, value__lt=number).update(value=number)


def claim(limit: int = 200) -> list[Claim]:
    """Take due changes for a minute, each object once; two workers never take the same row."""
    if not _due().exists():
        return []
    with transaction.atomic():
        rows = list(_due().select_for_update(skip_locked=True).order_by("id")[:limit])
        if not rows:
            return []
        version = next_version()
        IndexChange.objects.filter(pk__in=[row.pk for row in rows]).update(
            due_at=timezone.now() + LEASE, sequence=version
        )
    by_object: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        by_object.setdefault((row.kind, row.object_id), []).append(row.pk)
    return [Claim(*place, version, tuple(found)) for place, found in by_object.items()]


def _due() -> QuerySet[IndexChange]:
    return IndexChange.objects.filter(dead=False, due_at__lte=timezone.now())


def finish(claims: Sequence[Claim]) -> None:
    """Forget changes that every index now shows, and what was refused of them before."""
    last = {(item.kind, item.object_id): max(item.rows) for item in claims}
    with transaction.atomic():
        dead = IndexChange.objects.filter(dead=True, object_id__in=[pk for _kind, pk in last])
        over = [row.pk for row in dead if row.pk < last.get((row.kind, row.object_id), 0)]
        IndexChange.objects.filter(pk__in=[*_rows(claims), *over]).delete()


def release(claims: Sequence[Claim], *, reason: str = "", later: bool = False) -> None:
    """Give changes back: to be tried at once, or `later` after a longer and longer pause."""
    rows = list(IndexChange.objects.filter(pk__in=_rows(claims)))
    for row in rows:
        row.due_at = timezone.now() + (_pause(row.attempts) if later else timedelta(0))
        row.attempts += 1
        row.reason = reason[:300]
    IndexChange.objects.bulk_update(rows, ["due_at", "attempts", "reason"], batch_size=200)


def _pause(attempts: int) -> timedelta:
    """Give a pause that doubles with every attempt, a little different for each row."""
    longest = min(FIRST_PAUSE * 2 ** min(attempts, 20), LONGEST_PAUSE)
    return longest * random.uniform(0.7, 1.3)  # noqa: S311 - spreads the load, guards nothing


def bury(item: Claim, *, reason: str) -> None:
    """Lay aside a document that the engine will never take; the others go on."""
    IndexChange.objects.filter(pk__in=item.rows).update(dead=True, reason=reason[:300])


def record_refused(refused: Mapping[str, str]) -> None:
    """Lay aside documents that a new index refused, each with the reason, once an object."""
    for name, reason in refused.items():
        if place := place_of(name):
            kind, pk = place
            told = {"reason": reason[:300]}
            if not IndexChange.objects.filter(kind=kind, object_id=pk, dead=True).update(**told):
                IndexChange.objects.create(kind=kind, object_id=pk, dead=True, **told)


def concealed_from(audience: Audience) -> QuerySet[IndexChange]:
    """Give the changes that once hid an object from an audience and are not in the index yet."""
    hidden = [state for state in HiddenFrom if state.conceals(audience)]
    return IndexChange.objects.filter(hidden_from__in=hidden)


def denied_ids(audience: Audience) -> tuple[str, ...]:
    """Name the objects whose withdrawal has not reached the index yet."""
    later = IndexChange.objects.filter(
        kind=OuterRef("kind"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    ).exclude(hidden_from=HiddenFrom.UNSAID)
    rows = concealed_from(audience).filter(~Exists(later))
    return tuple(
        sorted({document_id(kind, pk) for kind, pk in rows.values_list("kind", "object_id")})
    )


def _rows(claims: Sequence[Claim]) -> list[int]:
    return [pk for item in claims for pk in item.rows]
