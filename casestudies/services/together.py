"""Writing together: asking colleagues to write on a case, and saying who writes now."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from casestudies.models import CaseStudyPage, CoAuthor, Presence
from casestudies.notifications import announce_co_author
from casestudies.permissions import may_be_co_author, may_name_co_authors, may_write
from casestudies.services.refusals import require
from casestudies.services.submission import lock_case

if TYPE_CHECKING:
    from portal.directory.models import User

FORGOTTEN_AFTER = timedelta(days=1)


@transaction.atomic
def name_co_author(*, case: CaseStudyPage, person: "User", by: "User") -> CoAuthor:
    """Name a colleague who writes for the same administration, and tell them; once is enough.

    Raises `Refused` when `by` may not, or when the person does not write for the administration.
    """
    record = lock_case(case.pk)
    require(may_name_co_authors(by, record))
    require(may_be_co_author(person, record))
    named, is_new = CoAuthor.objects.get_or_create(
        case=record, person=person, defaults={"named_by": by}
    )
    if is_new:
        log(record, "casestudies.co_author_named", user=by, data={"person": str(person)})
        announce_co_author(record, person, by)
    return named


@transaction.atomic
def take_off_co_author(*, co_author: CoAuthor, by: "User") -> None:
    """Take somebody off the list; what they wrote stays, and stays theirs.

    Raises `Refused` when `by` may not.
    """
    record = lock_case(co_author.case_id)
    require(may_name_co_authors(by, record))
    log(
        record,
        "casestudies.co_author_taken_off",
        user=by,
        data={"person": str(co_author.person)},
    )
    co_author.delete()


@transaction.atomic
def note_presence(*, case: CaseStudyPage, person: "User", screen: str) -> None:
    """Note that somebody has a screen open now. Raises `Refused` when they may not write there."""
    require(may_write(person, case))
    Presence.objects.bulk_create(
        [Presence(case=case, person=person, screen=screen, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["case", "person"],
        update_fields=["screen", "seen_at"],
    )


@transaction.atomic
def forget_presences() -> None:
    """Forget who had what open yesterday."""
    Presence.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
