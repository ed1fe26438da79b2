"""When somebody is there to answer the phone, in a sentence for citizens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from organisation import wording
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from organisation.snapshot import Organisation

DAYS: Final = 14


def when_there(house: Organisation, at: datetime) -> str:
    """`Wij zijn er vandaag tot 17:00.`, else when again. Empty where the hours are not known, in a house that never closes, and when nobody
    is there for two weeks."""
    if house.default_calendar is None:
        return ""
    team_id = next((team.pk for team in house.teams.values() if team.is_front_office), None)
    rules, today = house.calendar_of(team_id).rules, local_day(at)
    for day in (today + timedelta(days=ahead) for ahead in range(DAYS)):
        for opens, closes in rules.opening_times(day):
            if opens <= at < closes:
                until = {"time": wording.clock(closes)}
                return (
                    _("We are there today until %(time)s.") % until
                    if closes < day_start(day + timedelta(days=1))
                    else ""
                )
            if at < opens and day == today:
                return _("We are there today from %(time)s.") % {"time": wording.clock(opens)}
            if at < opens:
                told = {"day": wording.day_long(day, today), "time": wording.clock(opens)}
                return _("We are there again on %(day)s, from %(time)s.") % told
    return ""
