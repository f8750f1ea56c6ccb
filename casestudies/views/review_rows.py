"""The reviews asked of a person, as the rows of a queue."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casestudies.models import ReviewAssignment
from casestudies.review_reading import requests_of
from casestudies.views.queue_rows import age_in_words, days_since
from portal.directory.models import Role, User
from portal.directory.permissions import standing_of

LATE_DAYS = 7
SENT_SHOWN = 20


def reviews_asked(user: User) -> dict[str, Any]:
    """Give what a page shows of the reviews asked of a person."""
    offices, requests = standing_of(user).by_region, list(requests_of(user))
    return {
        "asked_rows": [_row(item) for item in reversed(requests) if item.is_open],
        "sent_rows": [_row(item) for item in requests if not item.is_open][:SENT_SHOWN],
        "is_reviewer": any(role == Role.REVIEWER for role, _place in offices),
    }


def _row(item: ReviewAssignment) -> dict[str, Any]:
    case, days = item.case, days_since(item.since)
    address = reverse("casestudies:review_asked", args=[item.pk])
    return {
        "title": case.draft_title,
        "url": address,
        "lang": case.language,
        "about": f"{case.number or ''} {case.administration.label}".strip(),
        "status_label": item.get_state_display(),
        "status_kind": "active" if item.is_open else "good",
        "age": age_in_words(days),
        "age_kind": "caution" if item.is_open and days > LATE_DAYS else "",
        "holder": _("You") if item.is_open else case.administration.region.short_label,
        "next": _next(item),
        "actions": [{"label": _open(item), "url": address}],
    }


def _next(item: ReviewAssignment) -> str:
    return {
        ReviewAssignment.State.INVITED: _("Accept or decline"),
        ReviewAssignment.State.ACCEPTED: _("Write your review and send it"),
    }.get(ReviewAssignment.State(item.state), _("The coordinators decide"))


def _open(item: ReviewAssignment) -> str:
    return _("Answer") if item.state == ReviewAssignment.State.INVITED else _("Open")
