"""Whether the Servicecentrum is open now, and when it opens again, in words for a big screen (no queries)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from organisation import wording
from organisation.workdays import AMSTERDAM, Calendar, local_day

LOOK_AHEAD = 60
"""Days in which the next opening is looked for; a town hall that stays closed longer only says that it is closed."""


@dataclass(frozen=True)
class Opening:
    """`hours` are those of today; empty on a closed day."""

    is_open: bool
    words: str
    hours: str


def opening(calendar: Calendar | None, at: datetime) -> Opening:
    """`Open tot 17:00`, `Gesloten; morgen open om 8:30`. Half-open: at closing time itself it is closed."""
    if calendar is None:
        return Opening(False, _("No opening hours yet"), "")
    today = local_day(at)
    hours = ", ".join(f"{_hour(opens)}–{_hour(closes, True)}" for opens, closes in calendar.opening_times(today))
    for opens, closes in calendar.opening_times(today):
        if opens <= at < closes:
            closing = _closing(calendar, closes)
            return Opening(True, _("Open until %(time)s") % {"time": _hour(closing, True)}, hours)
    return Opening(False, _closed(calendar, at, today), hours)


def _closing(calendar: Calendar, closes: datetime) -> datetime:
    """The end of an interval; one that begins at that very moment goes on."""
    for opens, later in calendar.opening_times(local_day(closes)):
        if opens == closes:
            return later
    return closes


def _closed(calendar: Calendar, at: datetime, today: date) -> str:
    for step in range(LOOK_AHEAD):
        day = today + timedelta(days=step)
        for opens, _closes in calendar.opening_times(day):
            if opens <= at:
                continue
            time = _hour(opens)
            if step == 0:
                return _("Closed; opens today at %(time)s") % {"time": time}
            if step == 1:
                return _("Closed; opens tomorrow at %(time)s") % {"time": time}
            return _("Closed; opens %(day)s at %(time)s") % {"day": wording.day_long(day, today), "time": time}
    return _("Closed")


def _hour(moment: datetime, is_end: bool = False) -> str:
    """`8:30`; the end of the day is 24:00, not 0:00."""
    local = moment.astimezone(AMSTERDAM)
    if is_end and (local.hour, local.minute) == (0, 0):
        return "24:00"
    return f"{local.hour}:{local.minute:02d}"
