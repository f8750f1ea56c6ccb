"""What happened to a case, for the people who may see its draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry

from casestudies.models import CaseStudyPage, CaseVersion, Decision, Visibility

if TYPE_CHECKING:
    from portal.directory.models import User

LOGGED: dict[str, str | Promise] = {
    "casestudies.sent": _("Sent for review"),
    "casestudies.changed_in_review": _("Changed in review by the region; it starts again"),
    "casestudies.workshop_draft": _("Begun for a write-shop"),
    "casestudies.template_handed_in": _("A filled template was handed in"),
    "casestudies.withdrawn": _("Withdrawn from the forum"),
    "casestudies.restored": _("Brought back to the forum"),
    "casestudies.confirmed": _("Looked at again: still true"),
    "casestudies.visibility_changed": _("Other readers"),
    "casestudies.moved": _("Given to another administration"),
    "casestudies.translation_checked": _("A translation was checked"),
    "casestudies.translation_taken_off": _("A translation was taken off the forum"),
}
DECIDED: dict[str, str | Promise] = {
    Decision.Kind.CLEARED: _("Cleared for the region"),
    Decision.Kind.PUBLISHED: _("Approved for publication"),
    Decision.Kind.RETURNED: pgettext_lazy("history", "Returned"),
    Decision.Kind.DECLINED: pgettext_lazy("history", "Declined"),
}


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, by whom, and the words that went with it."""

    when: datetime
    what: str
    who: str = ""
    text: str = ""


def history_of(case: CaseStudyPage) -> Sequence[Event]:
    """Give what happened to a case, the latest first, in three queries."""
    events = [*_logged(case), *_decided(case), *_published(case)]
    return sorted(events, key=lambda event: event.when, reverse=True)


def _logged(case: CaseStudyPage) -> Iterable[Event]:
    entries = PageLogEntry.objects.filter(page_id=case.pk, action__in=LOGGED)
    for entry in entries.select_related("user"):
        reason = entry.data.get("reason", "")
        yield Event(entry.timestamp, _what(entry), _name(entry.user), reason)


def _what(entry: PageLogEntry) -> str:
    words, now = str(LOGGED[entry.action]), entry.data.get("now", "")
    if now in Visibility:
        now = Visibility(now).label
    return f"{words}: {now}" if now else words


def _decided(case: CaseStudyPage) -> Iterable[Event]:
    for item in Decision.objects.filter(case=case).select_related("decided_by"):
        yield Event(item.decided_at, str(DECIDED[item.kind]), _name(item.decided_by), item.reasons)


def _published(case: CaseStudyPage) -> Iterable[Event]:
    for version in CaseVersion.objects.filter(page=case):
        what = gettext("Published as version %(number)s") % {"number": version.number}
        yield Event(version.published_at, what, text=version.note)


def _name(person: "User | None") -> str:
    return str(person) if person else ""
