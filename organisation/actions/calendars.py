"""Changes to a working calendar; each raises its version, so that every clock can say which calendar it was counted on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from organisation import audit
from organisation.clock import today
from organisation.dutch_holidays import proposed
from organisation.errors import Refused, Stale
from organisation.models import CalendarDay, CalendarHours, User, WorkingCalendar

Intervals = tuple[tuple[int, int], ...]


def _locked(calendar_id: int, version: int | None) -> WorkingCalendar:
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if version is not None and calendar.version != version:
        raise Stale(_("Somebody else changed this in the meantime."), calendar)
    return calendar


def _raise_version(calendar: WorkingCalendar) -> None:
    calendar.version += 1
    calendar.save()


@transaction.atomic
def set_hours(
    *, calendar_id: int, name: str, weekly: Mapping[int, Intervals], by: User | None, version: int | None
) -> WorkingCalendar:
    """The opening hours of every weekday (0 = Monday); a calendar that never opens is refused.

    Holidays on a weekday that opens now were left out while it was closed: they are proposed.
    """
    if not any(weekly.values()):
        raise Refused(
            _("A calendar needs at least one day with opening hours: without it no promise can be counted."), "day0"
        )
    calendar = _locked(calendar_id, version)
    calendar.name = name
    open_before = _open_weekdays(calendar=calendar)
    CalendarHours.objects.filter(calendar=calendar).delete()
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, weekday=weekday, opens=opens, closes=closes)
        for weekday, intervals in weekly.items()
        for opens, closes in intervals
    )
    _raise_version(calendar)
    audit.record(
        by=by,
        action="calendar.hours",
        obj=calendar,
        hours={str(day): list(map(list, spans)) for day, spans in weekly.items()},
    )
    _propose_on(calendar, _open_weekdays(calendar=calendar) - open_before)
    return calendar


def _open_weekdays(**which: object) -> set[int]:
    return set(CalendarHours.objects.filter(**which).values_list("weekday", flat=True))


def _propose_on(calendar: WorkingCalendar, weekdays: set[int]) -> None:
    """The holidays to come on these weekdays, in the years whose holidays this calendar has; Good Friday is for who asks for it."""
    day = today()
    coming = CalendarDay.objects.filter(calendar=calendar, on__gte=day)
    years = {on.year for on in coming.filter(kind=CalendarDay.Kind.HOLIDAY).values_list("on", flat=True)}
    taken = set(coming.values_list("on", flat=True))
    for year in sorted(years) if weekdays else ():
        for on, name in proposed(year, good_friday=False, liberation_day=False).items():
            if on >= day and on.weekday() in weekdays and on not in taken:
                CalendarDay(calendar=calendar, on=on, kind=CalendarDay.Kind.HOLIDAY, name=name).save()


@transaction.atomic
def add_calendar(
    *, name: str, weekly: Mapping[int, Intervals], by: User | None, is_default: bool = False
) -> WorkingCalendar:
    """A new calendar with its hours; it takes over the holidays of the municipality's calendar, and those on weekdays that only it opens are proposed."""
    calendar = WorkingCalendar.objects.create(name=name, is_default=is_default)
    calendar = set_hours(calendar_id=calendar.pk, name=name, weekly=weekly, by=by, version=None)
    for day in CalendarDay.objects.filter(calendar__is_default=True, kind=CalendarDay.Kind.HOLIDAY).exclude(
        calendar=calendar
    ):
        CalendarDay.objects.create(
            calendar=calendar,
            on=day.on,
            kind=day.kind,
            name=day.name,
            is_confirmed=day.is_confirmed,
            confirmed_by=day.confirmed_by,
        )
    _propose_on(calendar, _open_weekdays(calendar=calendar) - _open_weekdays(calendar__is_default=True))
    return calendar


@transaction.atomic
def set_day(
    *, calendar_id: int, on: date, kind: str, name: str, intervals: Intervals, by: User | None
) -> tuple[CalendarDay, str]:
    """A date that differs: closed, or other hours. A day that stood there is replaced; its name is given back, empty for none."""
    if kind == CalendarDay.Kind.OTHER_HOURS and not intervals:
        raise Refused(_("Fill in the hours of this day, or choose closing day."), "hours")
    calendar = _locked(calendar_id, None)
    day = CalendarDay.objects.filter(calendar=calendar, on=on).first() or CalendarDay(calendar=calendar, on=on)
    before = day.name
    day.kind, day.name, day.is_confirmed, day.confirmed_by = kind, name, True, by
    day.intervals = [list(interval) for interval in intervals] if kind == CalendarDay.Kind.OTHER_HOURS else []
    day.save()
    _raise_version(calendar)
    audit.record(by=by, action="calendar.day", obj=calendar, on=str(on), kind=str(kind))
    return day, before


@transaction.atomic
def remove_days(*, calendar_id: int, day_ids: Iterable[int], by: User | None) -> int:
    """These dates are ordinary days again."""
    calendar = _locked(calendar_id, None)
    days = list(CalendarDay.objects.filter(calendar=calendar, pk__in=list(day_ids)))
    for day in days:
        day.delete()
    if days:
        _raise_version(calendar)
        audit.record(by=by, action="calendar.days_removed", obj=calendar, days=[str(day.on) for day in days])
    return len(days)


@transaction.atomic
def propose_holidays(
    *, calendar_id: int, year: int, good_friday: bool, liberation_day: bool, by: User | None
) -> list[CalendarDay]:
    """Puts the holidays of a year in the calendar to be confirmed; days that stand there and days that are closed anyway stay out."""
    calendar = _locked(calendar_id, None)
    open_days = _open_weekdays(calendar=calendar)
    taken = set(CalendarDay.objects.filter(calendar=calendar, on__year=year).values_list("on", flat=True))
    days = []
    for on, name in proposed(year, good_friday=good_friday, liberation_day=liberation_day).items():
        if on in taken or on.weekday() not in open_days:
            continue
        day = CalendarDay(calendar=calendar, on=on, kind=CalendarDay.Kind.HOLIDAY, name=name)
        day.save()
        days.append(day)
    audit.record(by=by, action="calendar.proposed", obj=calendar, year=year, days=len(days))
    return days


@transaction.atomic
def confirm_days(*, calendar_id: int, day_ids: Iterable[int], by: User | None) -> int:
    """From now on the municipality is closed on these proposed days."""
    calendar = _locked(calendar_id, None)
    days = list(CalendarDay.objects.filter(calendar=calendar, pk__in=list(day_ids), is_confirmed=False))
    for day in days:
        day.is_confirmed, day.confirmed_by = True, by
        day.save()
    if days:
        _raise_version(calendar)
        audit.record(by=by, action="calendar.confirmed", obj=calendar, days=[str(day.on) for day in days])
    return len(days)
