"""Periods over which figures are asked: local days, both ends included (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY: Final = "day"
WEEK: Final = "week"
MONTH: Final = "month"
QUARTER: Final = "quarter"
YEAR: Final = "year"
DATES: Final = "dates"
KINDS: Final = (DAY, WEEK, MONTH, QUARTER, YEAR, DATES)
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2200, 12, 31)
LONGEST_DAYS: Final = 3_660
"""Ten years: longer questions are refused."""


class NoSuchPeriod(ValueError):
    """The dates do not make a period."""


@dataclass(frozen=True)
class Period:
    """A whole day, ISO week, month, quarter or year, or two dates."""

    kind: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def week(self) -> int:
        """The ISO number of the week in which the period begins (1 to 53)."""
        return self.first.isocalendar().week

    @property
    def quarter(self) -> int:
        return (self.first.month - 1) // 3 + 1

    def previous(self) -> Period:
        """The period just before; of two dates: as many days before them."""
        if self.kind == DATES:
            return Period(DATES, self.first - timedelta(days=self.days), self.first - timedelta(days=1))
        return period_of(self.kind, self.first - timedelta(days=1))

    def a_year_before(self) -> Period:
        """The same month, quarter or year; of other kinds the same weekdays of 52 weeks ago."""
        if self.kind in (MONTH, QUARTER, YEAR):
            return period_of(self.kind, self.first.replace(year=self.first.year - 1))
        back = timedelta(days=364)
        return Period(self.kind, self.first - back, self.last - back)

    def next(self) -> Period:
        """The period just after."""
        if self.kind == DATES:
            return Period(DATES, self.last + timedelta(days=1), self.last + timedelta(days=self.days))
        return period_of(self.kind, self.last + timedelta(days=1))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def newest_day(self, today: date) -> date:
        """The last of its days that has come; of a period that is still to begin its first."""
        return min(self.last, max(today, self.first))

    def all_days(self) -> list[date]:
        return [self.first + timedelta(days=step) for step in range(self.days)]

    def run_up(self, count: int) -> tuple[Period, ...]:
        """This period and those before it, `count` in all, oldest first; none begins before the first day that is accepted."""
        line = [self]
        while len(line) < count and line[-1].first - timedelta(days=self.days) > EARLIEST:
            line.append(line[-1].previous())
        return tuple(reversed(line))


def period_of(kind: str, day: date) -> Period:
    """The period of this kind that holds the day."""
    if kind == DAY:
        return Period(DAY, day, day)
    if kind == WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(WEEK, first, first + timedelta(days=6))
    if kind == MONTH:
        return Period(MONTH, day.replace(day=1), _last_of_month(day.year, day.month))
    if kind == QUARTER:
        start = (day.month - 1) // 3 * 3 + 1
        return Period(QUARTER, date(day.year, start, 1), _last_of_month(day.year, start + 2))
    if kind == YEAR:
        return Period(YEAR, date(day.year, 1, 1), date(day.year, 12, 31))
    raise NoSuchPeriod(kind)


def between(first: date, last: date) -> Period:
    """Two dates, both included; a whole week, month, quarter or year is recognised as such."""
    if last < first or not EARLIEST <= first <= LATEST or not EARLIEST <= last <= LATEST:
        raise NoSuchPeriod(f"{first} – {last}")
    for kind in (DAY, WEEK, MONTH, QUARTER, YEAR):
        whole = period_of(kind, first)
        if (whole.first, whole.last) == (first, last):
            return whole
    if (last - first).days >= LONGEST_DAYS:
        raise NoSuchPeriod(f"{first} – {last}")
    return Period(DATES, first, last)


def last_finished_week(today: date) -> Period:
    """What the dashboard opens with: the newest week of which every day is over."""
    return period_of(WEEK, today).previous()


def _last_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
