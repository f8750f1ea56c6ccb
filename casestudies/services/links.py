"""Keeps the table of link states: which addresses cases name, and what comes of following them."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from wagtail.models import Revision

from casestudies.models import CaseStudyPage, LinkState
from casestudies.models.links import addresses_in
from portal.core.outward import PUBLIC, Forbidden, Reach, Unreachable, status_of

TURN_SECONDS = 20
BATCH = 200
NOT_THERE = frozenset({404, 410})
AGAIN_AFTER = {
    LinkState.Outcome.ALIVE: timedelta(days=30),
    LinkState.Outcome.UNSURE: timedelta(days=7),
    LinkState.Outcome.FORBIDDEN: timedelta(days=7),
    LinkState.Outcome.GONE: timedelta(days=1),
    LinkState.Outcome.UNREACHABLE: timedelta(days=1),
}
FAILED = (
    LinkState.Outcome.GONE,
    LinkState.Outcome.UNREACHABLE,
    LinkState.Outcome.FORBIDDEN,
)


def watch_links(*, since: datetime | None = None) -> int:
    """Put the addresses of cases saved since then into the table; give how many are new.

    Without `since` every case is read, and addresses that no case names any more are forgotten.
    """
    cases = CaseStudyPage.objects.order_by()
    if since:
        cases = cases.filter(latest_revision_created_at__gte=since)
    named = _named_in(cases.values_list("latest_revision", "live_revision"))
    rows = LinkState.objects.filter(address__in=named) if since else LinkState.objects.all()
    known = dict(rows.values_list("address", "pk"))
    if since is None:
        lost = [pk for address, pk in known.items() if address not in named]
        for start in range(0, len(lost), BATCH):
            LinkState.objects.filter(pk__in=lost[start : start + BATCH]).delete()
    new = sorted(named - known.keys())
    now = timezone.now()
    LinkState.objects.bulk_create(
        [LinkState(address=address, due_at=now) for address in new], ignore_conflicts=True
    )
    return len(new)


def _named_in(pairs: Iterable[tuple[int | None, int | None]]) -> set[str]:
    ids = sorted({pk for pair in pairs for pk in pair if pk})
    named: set[str] = set()
    for start in range(0, len(ids), BATCH):
        contents = Revision.objects.filter(pk__in=ids[start : start + BATCH])
        for content in contents.values_list("content", flat=True):
            named |= addresses_in(content)
    return named


def follow_links(*, seconds: float = TURN_SECONDS, reach: Reach = PUBLIC) -> int:
    """Follow addresses that are due, one after the other, and give how many were followed.

    Each host is asked once; none is begun after `seconds`.
    """
    end = time.monotonic() + seconds
    due = LinkState.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    asked: set[str] = set()
    followed = 0
    for state in due[:BATCH]:
        host = urlsplit(state.address).netloc.casefold()
        if host in asked:
            continue
        if time.monotonic() >= end:
            break
        asked.add(host)
        if _claim(state):
            _record(state, _outcome_of(state.address, reach))
            followed += 1
    return followed


def _claim(state: LinkState) -> bool:
    # Two workers may have read the same row: only one of them moves its date.
    later = timezone.now() + timedelta(hours=1)
    same = LinkState.objects.filter(pk=state.pk, due_at=state.due_at)
    return same.update(due_at=later) == 1


def _outcome_of(address: str, reach: Reach) -> LinkState.Outcome:
    try:
        status = status_of(address, reach=reach)
    except Forbidden:
        return LinkState.Outcome.FORBIDDEN
    except Unreachable:
        return LinkState.Outcome.UNREACHABLE
    if status in NOT_THERE:
        return LinkState.Outcome.GONE
    # A site that asks for a sign-in, or is busy, is there.
    return LinkState.Outcome.ALIVE if status < 400 else LinkState.Outcome.UNSURE


def _record(state: LinkState, outcome: LinkState.Outcome) -> None:
    now = timezone.now()
    LinkState.objects.filter(pk=state.pk).update(
        outcome=outcome,
        failures=state.failures + 1 if outcome in FAILED else 0,
        looked_at=now,
        due_at=now + AGAIN_AFTER[outcome],
    )
