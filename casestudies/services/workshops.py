"""Opens write-shops: a draft for each participant's administration, begun in their name."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from casestudies.models import Workshop, WorkshopSeat
from casestudies.notifications import announce_draft
from casestudies.offline_permissions import may_run_workshops, may_take_part
from casestudies.services.drafts import create_case
from casestudies.services.refusals import require

if TYPE_CHECKING:
    from portal.directory.models import Administration, Region, User

Seat = tuple["User", "Administration"]


@transaction.atomic
def open_workshop(
    *, region: "Region", by: "User", title: str, day: date, seats: Iterable[Seat]
) -> Workshop:
    """Open a write-shop with an empty draft for each (person, administration).

    Raises `Refused` for who does not coordinate the region, and for a participant who does not
    write for that administration of the region.
    """
    require(may_run_workshops(by, region))
    workshop = Workshop.objects.create(region=region, title=title, day=day, opened_by=by)
    log(workshop, "casestudies.workshop_opened", user=by)
    add_participants(workshop=workshop, by=by, seats=seats)
    return workshop


@transaction.atomic
def add_participants(*, workshop: Workshop, by: "User", seats: Iterable[Seat]) -> None:
    """Give more people a draft in a write-shop; who has one keeps it. Refuses as above."""
    require(may_run_workshops(by, workshop.region))
    # Held, so that a button pressed twice opens no second draft.
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    known = set(workshop.seats.values_list("person", flat=True))
    for person, administration in seats:
        require(may_take_part(person, administration, workshop.region))
        if person.pk not in known:
            known.add(person.pk)
            _seat(workshop, by, person, administration)


def _seat(workshop: Workshop, by: "User", person: "User", administration: "Administration") -> None:
    case = create_case(
        author=person,
        administration=administration,
        language=person.language,
        title=workshop.title,
    )
    WorkshopSeat.objects.create(
        workshop=workshop, person=person, administration=administration, case=case
    )
    log(case, "casestudies.workshop_draft", user=by, data={"workshop": workshop.pk})
    announce_draft(case, person)
