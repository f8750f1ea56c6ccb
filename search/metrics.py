"""How finding is doing, in the text format of Prometheus, for the operator's monitor alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.breaker import State
from search.criteria import Audience
from search.engines import get_breaker
from search.engines.generation import Role
from search.status import Status, read_status

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """One measure: its name, what it says, and a value for each set of labels."""

    name: str
    words: str
    values: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        name = f"portal_search_{self.name}"
        lines = [f"# HELP {name} {self.words}", f"# TYPE {name} gauge"]
        lines += [f"{name}{labels} {value}" for labels, value in self.values.items()]
        return "\n".join(lines)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the gauges to whoever shows the token; where production has none, there is no page."""
    if not settings.METRICS_TOKEN and not settings.METRICS_OPEN:
        raise Http404
    if settings.METRICS_TOKEN and not _shows_token(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    text = "".join(f"{gauge}\n" for gauge in _gauges(read_status()))
    return HttpResponse(text, content_type=FORMAT)


def _shows_token(request: HttpRequest) -> bool:
    shown = request.headers.get("Authorization", "")
    return constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}")


def _gauges(status: Status) -> Iterator[Gauge]:
    documents = _documents(status)
    up, is_open = int(bool(documents)), int(get_breaker().state != State.CLOSED)
    yield Gauge("changes_pending", "Changes that wait for the index.", {"": status.pending})
    yield Gauge("oldest_change_seconds", "Age of the oldest of them.", {"": status.oldest_seconds})
    yield Gauge("changes_refused", "Changes that the engine refused.", {"": status.dead})
    yield Gauge("engine_up", "Whether the engine answers with an index.", {"": up})
    yield Gauge("breaker_open", "Whether this process spares the engine.", {"": is_open})
    found = {f'{{audience="{audience}"}}': count for audience, count in documents.items()}
    yield Gauge("documents", "Documents that can be found.", found)


def _documents(status: Status) -> Mapping[str, int]:
    current = next((each for each in status.generations if each["role"] == Role.CURRENT), {})
    return {each.value: current[each.value] for each in Audience if each.value in current}
