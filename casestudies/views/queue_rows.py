"""The rows of a queue as its table shows them: age in words, who holds it, what is next."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.queue import Waiting
from casestudies.states import State

LATE_DAYS = 14
VERY_LATE_DAYS = 30


def queue_rows(items: Iterable[Waiting]) -> list[dict[str, Any]]:
    """Give one row for each case that waits."""
    return [_row(item) for item in items]


def _row(item: Waiting) -> dict[str, Any]:
    case = item.case
    address = reverse("casestudies:review_case", args=[case.pk])
    clearance = item.state.kind == State.CLEARANCE
    days = days_since(item.state.since)
    return {
        "title": item.title,
        "url": address,
        "lang": case.language,
        "about": f"{case.number or ''} {case.administration.label}".strip(),
        "status_label": item.state.kind.label,
        "status_kind": "active",
        "age": age_in_words(days),
        "age_kind": "wrong" if days > VERY_LATE_DAYS else "caution" if days > LATE_DAYS else "",
        "holder": _("Contact point") if clearance else case.administration.region.short_label,
        "next": _next(item, clearance),
        "actions": [{"label": _("Read and decide"), "url": address}],
    }


def _next(item: Waiting, clearance: bool) -> str:
    if item.is_mine:
        return _("You wrote in it: a colleague decides")
    return _("Clear or return") if clearance else _("Publish, return or decline")


def days_since(moment: datetime | None) -> int:
    """Give the whole days since a moment."""
    return (timezone.now() - moment).days if moment else 0


def age_in_words(days: int) -> str:
    """Say how long something has waited."""
    if days < 1:
        return _("Today")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
