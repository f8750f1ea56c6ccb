"""The report about a filled template, where what was not understood is mended."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casestudies.models import FilledTemplate
from casestudies.offline.identity import marks_in
from casestudies.offline.report import Report
from casestudies.offline_permissions import may_fill_in, may_read_report
from casestudies.services.offline import mend, take_in
from casestudies.services.refusals import Refused
from casestudies.views.conflicts import THEIRS
from casestudies.views.drafting import case_or_404, closed
from casestudies.views.kept import keeps_what_was_typed
from casestudies.wizard.row_buttons import with_rows_changed
from portal.directory.requests import SignedInRequest

MINE = "mine"
TAKE_IN = "take_in"


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def report(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Show what became of a file, or write what was mended."""
    case = case_or_404(request.user, number)
    filled = get_object_or_404(FilledTemplate.objects.select_related("sent_by"), pk=pk, case=case)
    if not may_read_report(request.user, case):
        raise Http404
    shown = Report(filled, case.get_latest_revision_as_object(), request.user)
    if request.method != "POST":
        return _page(request, shown)
    changed = with_rows_changed(request.POST, shown.form().step)
    if changed is not None:
        return _page(request, shown, typed=changed)
    undecided = [item for item in shown.changed if not _choice(request, item.question.name)]
    if undecided and request.POST.get("action") != TAKE_IN:
        return _page(request, shown, typed=request.POST, undecided=[i.question for i in undecided])
    try:
        _write(request, filled)
    except Refused as refusal:
        return closed(request, case, refusal.reason, 409)
    return redirect("casestudies:share_report", number, pk)


def _choice(request: SignedInRequest, name: str) -> str:
    chosen = request.POST.get(f"keep-{name}", "")
    return chosen if chosen in (MINE, THEIRS) else ""


def _write(request: SignedInRequest, filled: FilledTemplate) -> None:
    if request.POST.get("action") == TAKE_IN and filled.taken_in_at is None:
        filled = take_in(filled=filled, author=request.user)
    elif filled.taken_in_at:
        given_up = {name for name in filled.still_open if _choice(request, name) == THEIRS}
        filled = mend(
            filled=filled,
            author=request.user,
            typed=request.POST,
            shown=marks_in(request.POST.get("shown", "")),
            given_up=frozenset(given_up),
        )
    if left := len(filled.still_open):
        words = ngettext(
            "Saved. %(n)s answer still needs you.", "Saved. %(n)s answers still need you.", left
        )
        messages.warning(request, words % {"n": left})
    else:
        messages.success(request, _("Saved. Everything from the file is in the draft."))


def _page(
    request: SignedInRequest,
    report: Report,
    typed: QueryDict | None = None,
    undecided: list[object] | None = None,
) -> HttpResponse:
    form = report.form(typed)
    context = {
        "section": "share",
        "case": report.draft,
        "draft": report.draft,
        "filled": report.filled,
        "report": report,
        "form": form,
        "entries": [(entry, report.unlisted(entry.question)) for entry in form.entries],
        "errors": [
            {"id": f"keep-{item.name}-mine", "text": item.label}  # type: ignore[attr-defined]
            for item in undecided or []
        ],
        "undecided": undecided or [],
        "may_fill_in": may_fill_in(request.user, report.draft),
    }
    status = 422 if undecided else 200
    return render(request, "casestudies/offline/report.html", context, status=status)
