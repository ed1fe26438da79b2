"""What the screens about working calendars show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from organisation import opening_hours, wording
from organisation.clock import today
from organisation.models import CalendarDay, WorkingCalendar


@dataclass(frozen=True)
class CalendarRow:
    pk: int
    name: str
    is_default: bool
    hours: list[tuple[str, str]]
    teams: str
    to_confirm: int


@dataclass(frozen=True)
class DayRow:
    pk: int
    day: str
    name: str
    what: str
    is_confirmed: bool
    is_past: bool


@dataclass(frozen=True)
class CalendarPage:
    pk: int
    name: str
    is_default: bool
    version: int
    to_confirm: list[DayRow]
    coming: list[DayRow]
    later: list[tuple[int, list[DayRow]]]
    """Year → its days, from the year after next on."""
    past: list[DayRow]
    teams: str


def week(calendar: WorkingCalendar) -> list[tuple[str, str]]:
    """Day → hours in words; days with the same hours that follow each other are taken together."""
    daily: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
    for hours in calendar.hours.all():
        daily[hours.weekday].append((hours.opens, hours.closes))
    names = wording.DAYS[wording.language()]
    lines: list[tuple[int, int, str]] = []
    for day in range(7):
        text = opening_hours.words(sorted(daily[day])) or _("closed")
        if lines and lines[-1][2] == text:
            lines[-1] = (lines[-1][0], day, text)
        else:
            lines.append((day, day, text))
    return [(names[a] if a == b else f"{names[a]}–{names[b]}", text) for a, b, text in lines]


def calendar_row(calendar: WorkingCalendar) -> CalendarRow:
    """One card of the list; hours, days and teams were fetched beforehand."""
    day = today()
    return CalendarRow(
        pk=calendar.pk,
        name=calendar.name,
        is_default=calendar.is_default,
        hours=week(calendar),
        teams=", ".join(sorted(team.name for team in calendar.teams.all())),
        to_confirm=sum(1 for d in calendar.days.all() if not d.is_confirmed and d.on >= day),
    )


def calendar_page(calendar: WorkingCalendar) -> CalendarPage:
    """Days to come that are still to be confirmed first, then this year and the next, later years apart, then the last two years."""
    day = today()
    rows = [(d, _row(d)) for d in calendar.days.filter(on__year__gte=day.year - 1).order_by("on")]
    return CalendarPage(
        pk=calendar.pk,
        name=calendar.name,
        is_default=calendar.is_default,
        version=calendar.version,
        to_confirm=[row for d, row in rows if not d.is_confirmed and d.on >= day],
        coming=[row for d, row in rows if d.is_confirmed and d.on >= day and d.on.year <= day.year + 1],
        later=[
            (year, [row for _day, row in days])
            for year, days in groupby(
                ((d, row) for d, row in rows if d.is_confirmed and d.on.year > day.year + 1),
                lambda pair: pair[0].on.year,
            )
        ],
        past=[row for d, row in reversed(rows) if d.is_confirmed and d.on < day],
        teams=", ".join(calendar.teams.order_by("name").values_list("name", flat=True)),
    )


def _row(day: CalendarDay) -> DayRow:
    what = opening_hours.words([(a, b) for a, b in day.intervals]) or str(CalendarDay.Kind(day.kind).label)
    return DayRow(
        pk=day.pk,
        day=wording.day(day.on),
        name=day.name,
        what=what,
        is_confirmed=day.is_confirmed,
        is_past=day.on < today(),
    )
