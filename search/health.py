"""Whether the portal is alive, and whether it is ready to take readers."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.engines import get_engine

# What can only become true stays true: these are looked up until they are, and then no more.
_seen: set[str] = set()


def forget() -> None:
    """Look everything up again."""
    _seen.clear()


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether database, migrations and index are there: 200 when ready, 503 when not.

    An engine that falls silent later does not make the portal unready: search then answers from
    the listing, and `index` says `degraded`.
    """
    database = _database()
    parts = {
        "database": database,
        "migrations": _migrations() if database == "ok" else "unknown",
        "index": _index(),
    }
    fit = set(parts.values()) <= {"ok", "degraded"}
    return JsonResponse({"ready": fit} | parts, status=200 if fit else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    if "migrations" not in _seen:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "pending"
        _seen.add("migrations")
    return "ok"


def _index() -> str:
    if get_engine().ping():
        _seen.add("index")
        return "ok"
    return "degraded" if "index" in _seen else "missing"
