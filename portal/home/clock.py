"""What happens by itself as time goes by: embargoes end every minute, memberships every day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
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
        """Publish what has reached its date and, once a day, put people into their groups.

        What fails is logged and tried again at the next turn; it holds nothing else back.
        """
        _attempt(publish_embargoed_cases)
        today = timezone.localdate()
        if today != self.day and _attempt(sync_people):
            self.day = today


def _attempt(chore: Callable[[], object]) -> bool:
    try:
        chore()
    except (DatabaseError, ValidationError, PermissionDenied):
        logger.exception("%s failed and is tried again", chore.__name__)
        return False
    return True
