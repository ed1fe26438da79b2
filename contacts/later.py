"""When a reply may leave later: within opening hours, and the moments that are proposed (pure)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from organisation.workdays import AMSTERDAM, NoOpeningTime, local_day

if TYPE_CHECKING:
    from organisation.workdays import Calendar

LONGEST: Final = timedelta(days=60)
SOONEST: Final = timedelta(minutes=1)
MORNING: Final = time(9)
HOUR: Final = timedelta(hours=1)


def proposals(calendar: Calendar, at: datetime) -> list[datetime]:
    """Later today (a whole hour, at least an hour from now), then nine o'clock of the next two days that are open."""
    found = []
    hour = at.replace(minute=0, second=0, microsecond=0) + 2 * HOUR
    if local_day(hour) == local_day(at) and calendar.is_open(hour):
        found.append(hour)
    day = local_day(at)
    for _step in range(2):
        try:
            day = calendar.working_day_after(day, 1)
        except NoOpeningTime:
            break
        morning = _morning(calendar, day)
        if morning is not None and morning - at <= LONGEST:
            found.append(morning)
    return found


def _morning(calendar: Calendar, day: date) -> datetime | None:
    """Nine o'clock when that is open, else when the day opens."""
    nine = datetime.combine(day, MORNING, AMSTERDAM)
    if calendar.is_open(nine):
        return nine
    return next((opens for opens, _closes in calendar.opening_times(day)), None)
