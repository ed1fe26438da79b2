"""Working days and opening time on a calendar (pure; norms-and-kpis §2).

Days are local days in Amsterdam, instants are aware, intervals are half-open. No sum here loops without an end: a calendar
without opening time within `HORIZON_DAYS` raises `NoOpeningTime`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
HORIZON_DAYS: Final = 20_000
LONGEST_CLOSING_DAYS: Final = 1_000

Interval = tuple[int, int]
"""Minutes since local midnight, end excluded; 1440 is midnight at the end of the day."""


class NoOpeningTime(ValueError):
    """The calendar never opens within the horizon; nothing can be promised on it."""


@dataclass(frozen=True)
class Calendar:
    """Opening intervals per weekday (0 = Monday), and the dates that differ (empty: closed all day)."""

    weekly: Mapping[int, tuple[Interval, ...]]
    exceptions: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """The opening intervals of this local day, in order."""
        if day in self.exceptions:
            return self.exceptions[day]
        return self.weekly.get(day.weekday(), ())

    def is_working_day(self, day: date) -> bool:
        return bool(self.intervals(day))

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th working day strictly after `day` (count ≥ 1)."""
        if count < 1:
            raise ValueError("A number of working days is at least 1.")
        closed = 0
        for _step in range(HORIZON_DAYS):
            day += timedelta(days=1)
            if self.is_working_day(day):
                closed = 0
                count -= 1
                if count == 0:
                    return day
            else:
                closed += 1
                if closed > LONGEST_CLOSING_DAYS:
                    break
        raise NoOpeningTime("No such working day on this calendar.")

    def working_days_between(self, after: date, until: date) -> int:
        """Working days strictly after `after`, up to and including `until`; 0 when `until` is not later."""
        first = after.toordinal()
        last = min(until.toordinal(), first + HORIZON_DAYS)
        return self._working_days_to(last) - self._working_days_to(first) if last > first else 0

    def _working_days_to(self, day: int) -> int:
        """Working days up to and including this day number (1 is a Monday): whole weeks, set right by the exceptions."""
        weeks, rest = divmod(day, 7)
        differing, balance = self._exceptional
        return weeks * self._open_weekdays[7] + self._open_weekdays[rest] + balance[bisect_right(differing, day)]

    @cached_property
    def _open_weekdays(self) -> tuple[int, ...]:
        """How many of the first n days of a week are worked, for n from 0 to 7."""
        return tuple(accumulate((bool(self.weekly.get(weekday)) for weekday in range(7)), initial=0))

    @cached_property
    def _exceptional(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The days that are worked unlike their weekday, and how many days more or fewer that makes after each."""
        unlike = {
            day.toordinal(): bool(intervals) - usual
            for day, intervals in self.exceptions.items()
            if bool(intervals) != (usual := bool(self.weekly.get(day.weekday())))
        }
        differing = tuple(sorted(unlike))
        return differing, tuple(accumulate((unlike[day] for day in differing), initial=0))

    def opening_times(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The opening intervals of a day as instants in UTC."""
        found = self._opening_times.get(day)
        if found is None:
            instants = ((_instant(day, opens), _instant(day, closes)) for opens, closes in self.intervals(day))
            # an interval within the hour that a DST night skips is empty
            found = self._opening_times[day] = tuple((start, end) for start, end in instants if start < end)
        return found

    @cached_property
    def _opening_times(self) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
        """Of the days that were asked about: each deadline of weeks asks about dozens, and they are the same ones."""
        return {}

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is at work at this moment."""
        return any(opens <= moment < closes for opens, closes in self.opening_times(local_day(moment)))

    def open_seconds(self, start: datetime, end: datetime) -> int:
        """Seconds of opening time in [start, end); 0 when the end is not later."""
        if end <= start:
            return 0
        start, end = start.astimezone(UTC), end.astimezone(UTC)  # Python adds local times by the wall clock
        total = timedelta()
        day, last = local_day(start), local_day(end)
        for _step in range(min((last - day).days, HORIZON_DAYS) + 1):
            for opens, closes in self.opening_times(day):
                total += max(timedelta(), min(closes, end) - max(opens, start))
            day += timedelta(days=1)
        return int(total.total_seconds())

    def add_open_seconds(self, start: datetime, seconds: int) -> datetime:
        """The first instant at which this much opening time has passed since `start`."""
        left = timedelta(seconds=seconds)
        start = start.astimezone(UTC)  # Python adds local times by the wall clock
        day = local_day(start)
        closed = 0
        for _step in range(HORIZON_DAYS):
            was_open = False
            for opens, closes in self.opening_times(day):
                was_open = True
                begin = max(opens, start)
                if closes <= begin:
                    continue
                if closes - begin >= left:
                    return begin + left
                left -= closes - begin
            closed = 0 if was_open else closed + 1
            if closed > LONGEST_CLOSING_DAYS:
                break
            day += timedelta(days=1)
        raise NoOpeningTime("Not enough opening time on this calendar.")


def local_day(instant: datetime) -> date:
    """The day in Amsterdam on which an aware instant falls; naive input is an error."""
    if instant.tzinfo is None:
        raise ValueError("A moment without a time zone has no day.")
    return instant.astimezone(AMSTERDAM).date()


def day_start(day: date) -> datetime:
    """The first instant of a local day, in UTC."""
    return _instant(day, 0)


@lru_cache(maxsize=1024)
def _instant(day: date, minutes: int) -> datetime:
    if minutes >= 1440:
        day, minutes = day + timedelta(days=1), minutes - 1440
    return datetime.combine(day, time(minutes // 60, minutes % 60), AMSTERDAM).astimezone(UTC)
