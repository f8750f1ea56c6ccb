"""Who writes on a case: its authors as they are named, and those who have it open now."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyPage, CoAuthor, Presence
from casestudies.querysets import WRITERS
from casestudies.wizard.steps import step_named
from portal.directory.models import Membership

if TYPE_CHECKING:
    from portal.directory.models import User

# A browser says every half minute that a screen is open.
PRESENT_FOR = timedelta(seconds=60)


def co_authors_of(case: CaseStudyPage) -> "QuerySet[CoAuthor]":
    """Give the co-authors of a case in the order in which they were named."""
    return case.co_authors.select_related("person")


def colleagues_to_ask(case: CaseStudyPage) -> list["User"]:
    """Give those who write for the administration and are not named on the case yet."""
    named = {case.owner_id, *case.co_authors.values_list("person", flat=True)}
    rows = Membership.objects.active().filter(
        administration=case.administration_id, role__in=WRITERS
    )
    people = {row.person_id: row.person for row in rows.select_related("person")}
    free = [person for pk, person in people.items() if pk not in named]
    return sorted(free, key=lambda person: str(person).casefold())


def others_here(case: CaseStudyPage, user: "User", screen: str) -> str:
    """Say who else has the case open now, and where; nothing when one is alone."""
    rows = Presence.objects.filter(case=case, seen_at__gte=timezone.now() - PRESENT_FOR)
    others = rows.exclude(person=user.pk).select_related("person").order_by("person")
    return " ".join(_words(case, row, screen) for row in others)


def _words(case: CaseStudyPage, row: Presence, screen: str) -> str:
    if row.screen == screen:
        return _("%(name)s is on this screen now, too.") % {"name": row.person}
    step = step_named(row.screen, case)
    where = {"name": row.person, "screen": step.title if step else row.screen}
    return _("%(name)s is on the screen “%(screen)s” now.") % where
