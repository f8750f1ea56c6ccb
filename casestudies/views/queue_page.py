"""One page of a queue: mine, everything near me, or what is overdue, in few statements."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from casestudies.queue import counts_of, in_review_near, is_late, rows_of, waiting_for, with_steps
from casestudies.views.queue_rows import queue_rows
from casestudies.views.review_rows import reviews_asked
from casestudies.views.translation_rows import translations_to_check
from portal.core.paging import page_of
from portal.directory.models import Role
from portal.directory.permissions import standing_of
from portal.directory.requests import SignedInRequest

SIZE = 25
MINE, NEAR, LATE = "mine", "all", "late"


def queue_page(request: SignedInRequest) -> dict[str, Any]:
    """Give what the page of a queue shows. Raises Http404 for a part that is none."""
    part, near = request.GET.get("show", MINE), in_review_near(request.user)
    if part not in (MINE, NEAR, LATE):
        raise Http404
    late = is_late()
    task_states = {MINE: waiting_for(request.user), NEAR: near, LATE: near.filter(late)}[part]
    page = page_of(with_steps(task_states), request, size=SIZE)
    counts = counts_of(near, late)
    return {
        "rows": queue_rows(rows_of(page, request.user), names=_presides(request)),
        "page": page,
        "prefix": f"?show={part}&page=",
        "part": part,
        "parts": _parts(part, counts) if counts["all"] else [],
        **reviews_asked(request.user),
        "translation_rows": translations_to_check(request.user),
    }


def _presides(request: SignedInRequest) -> bool:
    standing = standing_of(request.user)
    offices = {role for role, _place in standing.by_region}
    return standing.is_curator or standing.is_superuser or Role.COORDINATOR in offices


def _parts(part: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {MINE: _("Waits for you"), NEAR: _("All in review"), LATE: _("Overdue")}
    return [
        {
            "value": name,
            "label": label,
            "url": f"?show={name}",
            "current": name == part,
            "count": counts.get(name),
        }
        for name, label in labels.items()
    ]
