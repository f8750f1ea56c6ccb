"""What happens by itself: embargoes, reminders, mails and links each minute, the rest each day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from casestudies.services.links import follow_links, watch_links
from casestudies.services.posting import ask_for_mails
from casestudies.services.publication import publish_embargoed_cases
from casestudies.services.purging import purge_empty_drafts
from casestudies.services.reminders import send_reminders
from casestudies.services.renewals import remind_owners
from casestudies.services.together import forget_presences
from portal.directory.roles import sync_people

logger = logging.getLogger(__name__)
TURN_SECONDS = 60
# Longer than a turn takes at its worst, so that no saved link is missed.
LOOK_BACK = timedelta(minutes=15)


def forget_old_searches() -> None:
    """Have the search log emptied of what is old; search is next door, so by its command."""
    call_command("search_purge_log", verbosity=0)


DAILY = (
    sync_people,
    forget_old_searches,
    purge_empty_drafts,
    forget_presences,
    remind_owners,
    watch_links,
)


@dataclass
class Clock:
    """Does at each turn what is due; `day` is the last one whose daily work is done."""

    day: date | None = None

    def turn(self) -> None:
        """Publish what has reached its date, remind, have mails sent that are still due.

        Once a day, see to groups and forget what is over.

        What fails is logged and tried again at the next turn; it holds nothing else back. Links
        come last: other people's servers may keep us waiting.
        """
        _attempt(publish_embargoed_cases)
        today = timezone.localdate()
        if today != self.day:
            # Each is tried, also after one that failed.
            done = [_attempt(chore) for chore in DAILY]
            self.day = today if all(done) else self.day
        _attempt(send_reminders)
        _attempt(ask_for_mails)
        _attempt(look_after_links)


def look_after_links() -> None:
    """Note the links that were saved lately, and follow some of those that are due."""
    watch_links(since=timezone.now() - LOOK_BACK)
    follow_links()


def _attempt(chore: Callable[[], object]) -> bool:
    try:
        chore()
    except (DatabaseError, ValidationError, PermissionDenied):
        logger.exception("%s failed and is tried again", chore.__name__)
        return False
    return True
