"""The page of the workspace about what a region lacks, and the same as a file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casestudies.figures.scopes import regions_seen_by
from portal.core.csv_files import csv_answer
from portal.core.languages import OWN_NAMES
from portal.directory.requests import SignedInRequest
from search.gaps import LEAST_DAYS, Gap, gaps_in


@login_required
@require_safe
def gaps(request: SignedInRequest) -> HttpResponse:
    """Show what was looked for in one's regions and did not help; 403 for who has none."""
    context = {
        "day": timezone.localdate(),
        "heads": _heads(),
        "rows": [list(zip(_heads(), _cells(gap), strict=True)) for gap in _found(request)],
        "least_days": LEAST_DAYS,
    }
    return render(request, "search/gaps.html", context)


@login_required
@require_safe
def gaps_file(request: SignedInRequest) -> HttpResponse:
    """Give the same as CSV, with the day."""
    today = timezone.localdate()
    rows = [(*_cells(gap), today) for gap in _found(request)]
    name = f"customs-forum-searches-{today:%Y-%m-%d}.csv"
    return csv_answer(name, [*_heads(), _("As of")], rows)


def _found(request: SignedInRequest) -> list[Gap]:
    regions = regions_seen_by(request.user)
    if not regions:
        raise PermissionDenied(_("Only coordinators and the curator read what was looked for."))
    return gaps_in(regions)


def _heads() -> list[str]:
    return [_("Words"), _("Language"), _("Region"), _("Days"), _("What came of it")]


def _cells(gap: Gap) -> tuple[str | int, ...]:
    came = _("Nothing good was found") if gap.found_something else _("Nothing was found")
    language = OWN_NAMES.get(gap.language, gap.language)
    return gap.words, language, gap.region.short_label, gap.days, came
