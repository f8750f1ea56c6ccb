"""How finding is doing: for `search_status`, `/readyz` and the operator's monitor."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from search.breaker import State
from search.engines import get_breaker, get_engine
from search.engines.base import EngineDown
from search.models import IndexChange

LATE_SECONDS = 120.0


@dataclass(frozen=True)
class Status:
    """What waits, what was refused, whether the engine answers and what it holds."""

    pending: int
    oldest_seconds: float
    dead: int
    drift: int | None
    engine: str
    breaker: str
    generations: dict[str, int] = field(default_factory=dict)

    @property
    def findings(self) -> list[str]:
        """What an operator should look at, in words; empty when all is well."""
        found = []
        if self.breaker != State.CLOSED:
            found.append(f"the {self.engine} engine does not answer")
        if self.oldest_seconds > LATE_SECONDS:
            found.append(f"a change has waited for {self.oldest_seconds:.0f} seconds")
        if self.dead:
            found.append(f"{self.dead} documents were refused")
        return found

    def as_dict(self) -> dict[str, Any]:
        """Give the object that `search_status --json` prints."""
        return asdict(self)


def read_status() -> Status:
    """Look at the outbox and ask the engine once."""
    waiting = IndexChange.objects.filter(dead=False)
    oldest = waiting.aggregate(first=Min("recorded_at"))["first"]
    answers, counts = _ask_engine()
    return Status(
        pending=waiting.count(),
        oldest_seconds=round((timezone.now() - oldest).total_seconds(), 1) if oldest else 0.0,
        dead=IndexChange.objects.filter(dead=True).count(),
        drift=None,
        engine=settings.SEARCH_ENGINE,
        breaker=get_breaker().state if answers else State.OPEN.value,
        generations=counts,
    )


def _ask_engine() -> tuple[bool, dict[str, int]]:
    engine = get_engine()
    try:
        counts = engine.counts()
    except EngineDown:
        return False, {}
    return True, {audience.value: count for audience, count in counts.items()}
