"""What happens by itself as time goes by: embargoes end every minute, the rest every day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from casestudies.services.publication import publish_embargoed_cases
from portal.directory.roles import sync_people

logger = logging.getLogger(__name__)
TURN_SECONDS = 60


@dataclass
class Clock:
    """Does at each turn what is due; `day` is the last one whose daily work is done."""

    day: date | None = None

    def turn(self) -> None:
        """Publish what has reached its date; once a day, see to groups and forget old searches.

        What fails is logged and tried again at the next turn; it holds nothing else back.
        """
        _attempt(publish_embargoed_cases)
        today = timezone.localdate()
        if today != self.day and all([_attempt(sync_people), _attempt(forget_old_searches)]):
            self.day = today


def forget_old_searches() -> None:
    """Have the search log emptied of what is old; search is next door, so by its command."""
    call_command("search_purge_log", verbosity=0)


def _attempt(chore: Callable[[], object]) -> bool:
    try:
        chore()
    except (DatabaseError, ValidationError, PermissionDenied):
        logger.exception("%s failed and is tried again", chore.__name__)
        return False
    return True
