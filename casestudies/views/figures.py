"""The figures of the workspace: each role sees its part, with the day, and as files."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casestudies.figures.parts import PARTS, Maker
from casestudies.figures.scopes import (
    REGION,
    Scope,
    may_read_figures,
    regions_seen_by,
    scopes_of,
)
from portal.core.csv_files import csv_answer
from portal.directory.models import Region
from portal.directory.requests import SignedInRequest

# A page is for looking; the file has all rows.
MOST_ROWS = 50


@login_required
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """Show the figures of what a person answers for; 403 for who answers for nothing."""
    seen, chosen = _regions(request)
    scopes = scopes_of(request.user, chosen)
    today = timezone.localdate()
    narrowing = f"?region={chosen[0].slug}" if len(chosen) < len(seen) else ""
    context = {
        "day": today,
        "parts": [_part(name, maker, scope, narrowing) for name, maker, scope in _makers(scopes)],
        "regions": seen if len(seen) > 1 else [],
        "chosen": chosen[0].slug if narrowing else "",
        "sees_gaps": bool(seen),
    }
    return render(request, "casestudies/workspace/figures.html", context)


@login_required
@require_safe
def figures_file(request: SignedInRequest, name: str) -> HttpResponse:
    """Give all rows of one table as CSV, each with its day; 404 for a table that is not theirs."""
    _seen, chosen = _regions(request)
    today = timezone.localdate()
    for found, maker, scope in _makers(scopes_of(request.user, chosen)):
        if found == name:
            table = maker(scope, today)
            rows = [(*row, today) for row in table.rows]
            heads = [*table.heads, _("As of")]
            return csv_answer(f"customs-forum-{name}-{today:%Y-%m-%d}.csv", heads, rows)
    raise Http404


def _regions(request: SignedInRequest) -> tuple[list[Region], list[Region]]:
    verdict = may_read_figures(request.user)
    if not verdict:
        raise PermissionDenied(str(verdict.reason))
    seen = regions_seen_by(request.user)
    slug = request.GET.get("region")
    chosen = [region for region in seen if region.slug == slug] if slug else seen
    if slug and not chosen:
        raise Http404
    return seen, chosen


def _makers(scopes: list[Scope]) -> Iterator[tuple[str, Maker, Scope]]:
    for scope in scopes:
        for name, maker in PARTS[scope.kind].items():
            yield name, maker, scope


def _part(name: str, maker: Maker, scope: Scope, narrowing: str) -> dict[str, Any]:
    table = maker(scope, timezone.localdate())
    rows = [list(zip(table.heads, row, strict=True)) for row in table.rows[:MOST_ROWS]]
    return {
        "name": name,
        "table": table,
        "rows": rows,
        "more": len(table.rows) - len(rows),
        "narrowing": narrowing if scope.kind == REGION else "",
    }
