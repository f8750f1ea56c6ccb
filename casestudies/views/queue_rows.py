"""The rows of a queue as its table shows them: age in words, who holds it, what is next."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.models import ReviewAssignment
from casestudies.queue import Waiting
from casestudies.states import State

VERY_LATE_TIMES = 2


def queue_rows(items: Iterable[Waiting], *, names: bool) -> list[dict[str, Any]]:
    """Give one row for each case that waits; `names` whether reviewers may be named."""
    return [_row(item, names=names) for item in items]


def _row(item: Waiting, *, names: bool) -> dict[str, Any]:
    case = item.case
    address = reverse("casestudies:review_case", args=[case.pk])
    label = _("Read and decide") if item.waits_for_me else _("Read")
    return {
        "title": item.title,
        "url": address,
        "lang": case.language,
        "about": f"{case.number or ''} {case.administration.label}".strip(),
        "status_label": item.kind.label,
        "status_kind": "active",
        "age": _age(item),
        "age_kind": _age_kind(item),
        "holder": _holder(item, names=names and not item.is_mine),
        "next": _next(item),
        "actions": [{"label": label, "url": address}],
    }


def _age(item: Waiting) -> str:
    words = age_in_words(item.days)
    return _("%(age)s, overdue") % {"age": words} if item.is_late else words


def _age_kind(item: Waiting) -> str:
    if item.days >= VERY_LATE_TIMES * item.late_after:
        return "wrong"
    return "caution" if item.is_late else ""


def _holder(item: Waiting, *, names: bool) -> str:
    if item.kind == State.CLEARANCE:
        return _("Contact point")
    readers = [str(asked.reviewer) for asked in item.requests if asked.is_open]
    return ", ".join(readers) if readers and names else item.case.administration.region.short_label


def _next(item: Waiting) -> str:
    if item.waits_for_me and item.is_mine:
        return _("You wrote in it: a colleague decides")
    if item.kind == State.CLEARANCE:
        return _("Clear or return") if item.waits_for_me else _("The contact point clears it")
    if not item.waits_for_me:
        return _("The regional coordinator decides")
    return _next_in_region(item)


def _next_in_region(item: Waiting) -> str:
    sent = sum(asked.state == ReviewAssignment.State.SUBMITTED for asked in item.requests)
    if not item.requests:
        return _("Ask reviewers, or decide")
    if sent == len(item.requests):
        words = ngettext("%(sent)d review is in: decide", "%(sent)d reviews are in: decide", sent)
        return words % {"sent": sent}
    return _("%(sent)d of %(all)d reviews are in") % {"sent": sent, "all": len(item.requests)}


def days_since(moment: datetime | None) -> int:
    """Give the whole days since a moment."""
    return (timezone.now() - moment).days if moment else 0


def age_in_words(days: int) -> str:
    """Say how long something has waited."""
    if days < 1:
        return _("Today")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
