"""How finding is doing: for `search_status`, `/readyz` and the operator's monitor."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from search.breaker import State
from search.criteria import Audience
from search.drift import drift_of
from search.engines import get_breaker, get_engine
from search.engines.base import EngineDown
from search.engines.generation import Generation, Role
from search.models import IndexChange, IndexCheck
from search.refusals import refusals

LATE_SECONDS = 120.0
LATE_HOURS = 48
NAMED = 20
REBUILD_NEEDED = "the indices in use have another form than this release makes: rebuild needed"


@dataclass(frozen=True)
class Status:
    """What waits, what was refused, whether the engine answers and what it holds."""

    pending: int
    oldest_seconds: float
    dead: int
    drift: int | None
    engine: str
    breaker: str
    generations: list[dict[str, Any]] = field(default_factory=list)
    rebuild_needed: bool = False
    checked: dict[str, Any] = field(default_factory=dict)
    refused: list[dict[str, str]] = field(default_factory=list)

    @property
    def findings(self) -> list[str]:
        """What an operator should look at, in words; empty when all is well."""
        found = []
        if self.breaker != State.CLOSED:
            found.append(f"the {self.engine} engine does not answer")
        if self.rebuild_needed:
            found.append(REBUILD_NEEDED)
        if self.oldest_seconds > LATE_SECONDS:
            found.append(f"a change has waited for {self.oldest_seconds:.0f} seconds")
        if self.dead:
            named = "; ".join(f"{each['id']}: {each['reason']}" for each in self.refused)
            found.append(f"{self.dead} changes were refused ({named})")
        if self.drift:
            found.append(f"the index differs from the database: {self.checked['found']}")
        if self.checked and self.checked["hours_ago"] > LATE_HOURS:
            found.append(f"the index was last checked {self.checked['hours_ago']} hours ago")
        return found

    def as_dict(self) -> dict[str, Any]:
        """Give the object that `search_status --json` prints."""
        return asdict(self)


def read_status() -> Status:
    """Look at the outbox and ask the engine once."""
    waiting = IndexChange.objects.filter(dead=False)
    oldest = waiting.aggregate(first=Min("recorded_at"))["first"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    answers, generations = _ask_engine()
    checked = _last_check()
    return Status(
        pending=waiting.count(),
        oldest_seconds=round(max(age, 0.0), 1),
        dead=IndexChange.objects.filter(dead=True).count(),
        drift=checked["left"] if checked else None,
        engine=settings.SEARCH_ENGINE,
        breaker=get_breaker().state if answers else State.OPEN.value,
        generations=generations,
        rebuild_needed=any(
            found["role"] == Role.CURRENT and found["form"] != get_engine().form
            for found in generations
        ),
        checked=checked,
        refused=[{"id": each.id, "reason": each.reason} for each in refusals(limit=NAMED)],
    )


def _last_check() -> dict[str, Any]:
    """Tell of the last check of the whole index: when, what it found, what of it is left."""
    check = IndexCheck.objects.exclude(at=None).first()
    if check is None or check.at is None:
        return {}
    return {
        "hours_ago": round((timezone.now() - check.at).total_seconds() / 3600, 1),
        "objects": check.objects_seen,
        "found": check.found,
        "repaired": check.repaired,
        "left": 0 if check.repaired else drift_of(check.found),
    }


def _ask_engine() -> tuple[bool, list[dict[str, Any]]]:
    engine = get_engine()
    try:
        found = engine.generations()
        counts = engine.counts() if engine.in_use() else {}
    except EngineDown:
        return False, []
    return True, [_described(each, counts) for each in found]


def _described(generation: Generation, counts: Mapping[Audience, int]) -> dict[str, Any]:
    held: dict[str, Any] = {
        "name": generation.name,
        "form": generation.form,
        "role": generation.role,
    }
    if generation.role is Role.CURRENT:
        held |= {audience.value: count for audience, count in counts.items()}
    return held
