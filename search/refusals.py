"""Documents that the engine refused: named with the reason, and tried again when asked to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from search.models import IndexChange
from search.outbox import document_id, place_of


@dataclass(frozen=True)
class Refusal:
    """An object whose document was refused last time, since when, and the engine's reason."""

    id: str
    kind: str
    object_id: int
    since: datetime
    reason: str


def refusals(limit: int | None = None) -> list[Refusal]:
    """Give what was refused, each object once, the latest first."""
    rows = IndexChange.objects.filter(dead=True).order_by("-id")
    latest: dict[tuple[str, int], IndexChange] = {}
    for row in rows.iterator():
        latest.setdefault((row.kind, row.object_id), row)
        if limit and len(latest) == limit:
            break
    return [
        Refusal(document_id(*place), *place, row.recorded_at, row.reason)
        for place, row in latest.items()
    ]


def retry_documents(names: Iterable[str]) -> int:
    """Have the worker look again at these objects that were refused; gives how many changes."""
    changed = 0
    for kind, pk in filter(None, map(place_of, names)):
        again = IndexChange.objects.filter(kind=kind, object_id=pk, dead=True)
        changed += again.update(dead=False, due_at=timezone.now(), attempts=0)
    return changed


def retry_all_documents() -> int:
    """Have the worker look again at everything that was refused; gives how many changes."""
    again = IndexChange.objects.filter(dead=True)
    return again.update(dead=False, due_at=timezone.now(), attempts=0)
