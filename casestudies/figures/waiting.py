"""How long what is in review has waited at its step."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from casestudies.figures.scopes import Scope
from casestudies.figures.tables import Table
from casestudies.models import CaseStudyPage, ClearanceTask
from casestudies.states import State
from portal.core.csv_files import Cell

# The ages shown: up to so many days, and what is older than the last.
AGES = (7, 14, 30)


def waiting_of(scope: Scope, today: date) -> Table:
    """Give how many cases wait at each step of each place, by age, and the oldest."""
    groups: dict[tuple[int, State], list[int]] = defaultdict(list)
    for place, model, since in _open_states(scope):
        is_clearance = model == ClearanceTask._meta.model_name
        step = State.CLEARANCE if is_clearance else State.DECISION
        groups[place, step].append((timezone.now() - since).days)
    rows = [
        (scope.labels[place], str(step.label), *_cells(groups[place, step]))
        for place in scope.labels
        for step in (State.CLEARANCE, State.DECISION)
        if groups[place, step]
    ]
    return Table(
        title=_("What waits, and how long"),
        about=_("Cases in review by the days since they came to their present step."),
        heads=[
            _("Where"),
            _("Step"),
            _("Cases"),
            *[_("%(first)d to %(last)d days") % {"first": a + 1, "last": b} for a, b in _bands()],
            _("More than %(days)d days") % {"days": AGES[-1]},
            _("Oldest, in days"),
        ],
        rows=rows,
    )


def _bands() -> list[tuple[int, int]]:
    """Give each age as the days it is above, and those that it goes up to."""
    return list(zip((-1, *AGES), AGES, strict=False))


def _cells(days: list[int]) -> tuple[Cell, ...]:
    bands = [sum(low < each <= high for each in days) for low, high in _bands()]
    return len(days), *bands, sum(each > AGES[-1] for each in days), max(days)


def _open_states(scope: Scope) -> list[tuple[int, str, datetime]]:
    # The workflow engine keeps the page's id as text.
    page = Cast(OuterRef("workflow_state__object_id"), BigIntegerField())
    places = CaseStudyPage.objects.filter(pk=page).order_by().values(scope.key)
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=get_default_page_content_type(),
    )
    rows = states.annotate(place=Subquery(places[:1])).filter(place__in=list(scope.labels))
    return list(rows.values_list("place", "task__content_type__model", "started_at"))
