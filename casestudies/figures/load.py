"""What reviewers have to do, and how soon they answer."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.figures.scopes import REGION, Scope
from casestudies.figures.tables import Table, median_days
from casestudies.models import ReviewAssignment
from casestudies.models.reviewing import OPEN
from portal.core.csv_files import Cell
from portal.directory.models import Membership, Role

YEAR = timedelta(days=365)
Asked = ReviewAssignment.State


class Request(NamedTuple):
    """A request for a review: its state, when it was made, and since when it is so."""

    state: str
    asked: datetime
    since: datetime


def load_of(scope: Scope, today: date) -> Table:
    """Give every reviewer of the regions, or the person alone, with what was asked of them."""
    requests = _requests(scope)
    people = Membership.objects.active().filter(role=Role.REVIEWER).select_related("region")
    if scope.kind == REGION:
        people = people.filter(region__in=list(scope.labels))
    else:
        people = people.filter(person=scope.person_id)
    found = people.select_related("person").order_by("region__position", "person__last_name", "pk")
    return Table(
        title=_("Reviewers and their load"),
        about=_("Open requests now; reviews sent and declined in the last 365 days."),
        heads=[
            _("Reviewer"),
            _("Region"),
            _("Asked"),
            _("Reading"),
            _("Sent"),
            _("Declined"),
            _("Median days to a review"),
        ],
        rows=[
            (
                str(item.person),
                item.region.short_label if item.region else "",
                *_cells(requests[item.region_id or 0, item.person_id]),
            )
            for item in found
        ],
    )


def _cells(requests: list[Request]) -> tuple[Cell, ...]:
    number = {state: sum(item.state == state for item in requests) for state in Asked}
    sent = [item.since - item.asked for item in requests if item.state == Asked.SUBMITTED]
    return (
        number[Asked.INVITED],
        number[Asked.ACCEPTED],
        number[Asked.SUBMITTED],
        number[Asked.DECLINED],
        median_days(sent),
    )


def _requests(scope: Scope) -> dict[tuple[int, int], list[Request]]:
    lately = Q(state__in=OPEN) | Q(since__gte=timezone.now() - YEAR)
    rows = ReviewAssignment.objects.filter(lately)
    if scope.kind == REGION:
        rows = rows.filter(**scope.of("case__"))
    else:
        rows = rows.filter(reviewer=scope.person_id)
    found: dict[tuple[int, int], list[Request]] = defaultdict(list)
    region = "case__administration__region_id"
    for place, person, *about in rows.values_list(
        region, "reviewer_id", "state", "invited_at", "since"
    ):
        found[place, person].append(Request(*about))
    return found
