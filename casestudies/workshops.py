"""Write-shops as their coordinator sees them: how far everybody is, and no word of any draft."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from casestudies.models import CaseStudyPage, FilledTemplate, Workshop, WorkshopSeat
from casestudies.offline_permissions import may_run_workshops
from casestudies.querysets import WRITERS
from casestudies.services.autosave import light_draft
from casestudies.states import CaseState, State, states_of
from casestudies.wizard.steps import steps_for
from portal.directory.models import Administration, Membership, Region, User


@dataclass(frozen=True)
class Progress:
    """How far one participant is: answers given of those that are needed, state, last change."""

    seat: WorkshopSeat
    number: str = ""
    state: CaseState | None = None
    answered: int = 0
    needed: int = 0
    changed_at: datetime | None = None
    waiting: int = 0

    @property
    def is_with_author(self) -> bool:
        """Whether a file can still be handed in."""
        return bool(self.state and self.state.kind in (State.DRAFT, State.RETURNED))


def regions_run_by(user: User) -> list[Region]:
    """Give the regions in which a person may open write-shops."""
    return [region for region in Region.objects.all() if may_run_workshops(user, region)]


def workshops_for(user: User) -> "QuerySet[Workshop]":
    """Give the write-shops of a person's regions, the latest first."""
    found = Workshop.objects.filter(region__in=regions_run_by(user)).select_related("region")
    return found.annotate(people=Count("seats"))


def writers_of(region: Region) -> list[tuple[User, Administration]]:
    """Give who writes for which Member of a region, by Member and name."""
    rows = Membership.objects.active().filter(role__in=WRITERS, administration__region=region)
    pairs = {
        (row.person_id, row.administration_id): (row.person, row.administration)
        for row in rows.select_related("person", "administration")
        if row.administration
    }
    return sorted(pairs.values(), key=lambda pair: (pair[1].label.casefold(), str(pair[0])))


def progress_in(workshop: Workshop) -> list[Progress]:
    """Give how far every participant is, in the order in which they were named."""
    seats = list(
        workshop.seats.select_related(
            "person", "administration", "case__administration", "case__latest_revision"
        )
    )
    states = states_of(seat.case for seat in seats if seat.case)
    files = FilledTemplate.objects.filter(case__in=states, taken_in_at=None).order_by()
    waiting = dict(files.values_list("case").annotate(Count("pk")))
    return [_progress(seat, states, waiting) for seat in seats]


def _progress(
    seat: WorkshopSeat, states: dict[int, CaseState], waiting: dict[int, int]
) -> Progress:
    case = seat.case
    if case is None:
        return Progress(seat)
    answered, needed = _answers(case)
    return Progress(
        seat,
        str(case.number),
        states[case.pk],
        answered,
        needed,
        case.latest_revision_created_at,
        waiting.get(case.pk, 0),
    )


def _answers(case: CaseStudyPage) -> tuple[int, int]:
    draft = light_draft(case.latest_revision)
    asked = [item for step in steps_for(draft) for item in step.questions if item.needed(draft)]
    missing = sum(item.is_missing(draft) for item in asked)
    return len(asked) - missing, len(asked)
