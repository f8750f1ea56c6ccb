"""The record of acts in the workspace, narrowed by its address, and as a file."""

from datetime import UTC
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from casestudies.acts import (
    RecordForm,
    acts_for,
    may_read_record,
    numbers_of,
    told_once,
    words_of,
)
from portal.core.csv_files import Cell, csv_answer
from portal.core.models import AuditEntry
from portal.core.paging import page_of
from portal.directory.requests import SignedInRequest

MOST_ROWS = 10_000


@login_required
@require_safe
def record(request: SignedInRequest) -> HttpResponse:
    """Show what was done, the latest first; 403 for who has no part in it."""
    form = _form(request)
    page = page_of(form.narrowed(told_once(acts_for(request.user))), request)
    numbers = numbers_of(page.object_list)
    narrowing = urlencode({name: value for name, value in form.data.items() if value})
    context = {
        "form": form,
        "page": page,
        "rows": [(act, numbers.get(act.page_id, ""), words_of(act)) for act in page.object_list],
        "prefix": f"?{narrowing}&page=" if narrowing else "?page=",
        "narrowing": narrowing,
    }
    return render(request, "casestudies/workspace/record.html", context)


@login_required
@require_safe
def record_file(request: SignedInRequest) -> HttpResponse:
    """Give the same as CSV, up to 10,000 rows, with what a verifier needs."""
    acts = _form(request).narrowed(acts_for(request.user))[:MOST_ROWS]
    heads = (
        _("Number"),
        _("When"),
        _("Who"),
        _("What"),
        pgettext("record", "About"),
        _("Why"),
        _("Seal"),
    )
    return csv_answer("record.csv", heads, map(_cells, acts))


def _form(request: SignedInRequest) -> RecordForm:
    verdict = may_read_record(request.user)
    if not verdict:
        raise PermissionDenied(str(verdict.reason))
    names = RecordForm.base_fields
    return RecordForm({name: request.GET.get(name, "") for name in names})


def _cells(act: AuditEntry) -> list[Cell]:
    at = act.at.astimezone(UTC).isoformat(timespec="seconds")
    return [act.number, at, act.person, words_of(act), act.label, act.reason, act.seal]
