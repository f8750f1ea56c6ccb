"""When it is day in a region: nobody is reminded of anything at night."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from portal.directory.models import Region

MORNING, EVENING = 8, 18


def is_day(region: "Region", now: datetime) -> bool:
    """Say whether the region's clocks show from 8 to before 18 at a moment."""
    return MORNING <= now.astimezone(ZoneInfo(region.time_zone)).hour < EVENING


def next_morning(region: "Region", now: datetime) -> datetime:
    """Give the next moment after `now` at which the region's clocks show 8 in the morning."""
    there = now.astimezone(ZoneInfo(region.time_zone))
    morning = there.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    # Days are added on the wall clock, so that summer time moves no morning.
    return morning if morning > there else morning + timedelta(days=1)
