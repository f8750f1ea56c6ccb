"""How long the review takes: from sending to clearance, and from there to the decision."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from casestudies.figures.scopes import Scope
from casestudies.figures.tables import Table, median_days
from casestudies.models import Decision
from portal.core.csv_files import Cell

# So many quarters are shown, the present one included.
QUARTERS = 8
Quarter = tuple[int, int]


class Answer(NamedTuple):
    """One answer to a case on its way: where, in which step, and the moments that count."""

    place: int
    step: str
    sent: datetime
    cleared: datetime | None
    answered: datetime

    @property
    def quarter(self) -> Quarter:
        """The quarter in which it was given."""
        return quarter_of(localdate(self.answered))


def quarter_of(day: date) -> Quarter:
    """Give the year and the quarter of a day."""
    return day.year, (day.month + 2) // 3


def first_day_shown(today: date) -> date:
    """Give the first day of the earliest quarter that is shown."""
    year, quarter = quarter_of(today)
    months = year * 12 + quarter * 3 - 3 - (QUARTERS - 1) * 3
    return date(months // 12, months % 12 + 1, 1)


def times_of(scope: Scope, today: date) -> Table:
    """Give the medians of each place and quarter, the latest first, with the cases counted."""
    groups: dict[tuple[int, Quarter], list[Answer]] = defaultdict(list)
    for answer in _answers(scope, first_day_shown(today)):
        groups[answer.place, answer.quarter].append(answer)
    order = list(scope.labels)
    found = sorted(groups.items(), key=lambda item: (order.index(item[0][0]), _latest(item[0][1])))
    return Table(
        title=_("How long the review takes"),
        about=_(
            "Medians in days, by the quarter in which the answer was given. Every answer counts: "
            "also what was returned or declined. From fewer than three there is no median."
        ),
        heads=[
            _("Where"),
            _("Quarter"),
            _("Answers of contact points"),
            _("Sending to clearance"),
            _("Regional decisions"),
            _("Clearance to decision"),
            _("Sending to decision"),
        ],
        rows=[
            (scope.labels[place], f"{year} Q{quarter}", *_cells(answers))
            for (place, (year, quarter)), answers in found
        ],
    )


def _latest(quarter: Quarter) -> Quarter:
    return -quarter[0], -quarter[1]


def _cells(answers: Iterable[Answer]) -> tuple[Cell, ...]:
    by_step: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_step[answer.step].append(answer)
    clearing, deciding = by_step[Decision.Step.CLEARANCE], by_step[Decision.Step.DECISION]
    return (
        len(clearing),
        median_days([item.answered - item.sent for item in clearing]),
        len(deciding),
        median_days([item.answered - (item.cleared or item.sent) for item in deciding]),
        median_days([item.answered - item.sent for item in deciding]),
    )


def _answers(scope: Scope, since: date) -> Iterable[Answer]:
    # A day earlier than the first one shown, wherever the portal's own day begins.
    after = datetime.combine(since, datetime.min.time()).astimezone() - timedelta(days=1)
    on_the_way = Decision.objects.filter(workflow_state=OuterRef("workflow_state"))
    cleared = on_the_way.filter(step=Decision.Step.CLEARANCE).order_by("-pk")
    rows = Decision.objects.filter(decided_at__gte=after, **scope.of("case__"))
    found = rows.values_list(
        f"case__{scope.key}",
        "step",
        "workflow_state__created_at",
        Subquery(cleared.values("decided_at")[:1]),
        "decided_at",
    )
    first = quarter_of(since)
    return [answer for row in found if (answer := Answer(*row)).quarter >= first]
