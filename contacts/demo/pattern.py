"""When a town of 12,000 contacts its municipality: by year, season, weekday, hour and channel (own seeded chance, no faker)."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from organisation.workdays import Calendar, day_start

T = TypeVar("T")
SEASON = (0.98, 1.22, 1.12, 1.02, 1.05, 1.12, 0.84, 0.80, 1.04, 1.04, 1.02, 0.82)
WEEKDAY = (1.38, 1.06, 0.95, 1.02, 0.62)
CLOSED_DAY = 0.13
"""Mail, forms and posts also come when the town hall is closed."""
FIRST_CONTACTS_A_DAY = 28.5
CHANNELS = {
    "phone": 0.485,
    "counter": 0.15,
    "email": 0.115,
    "form": 0.085,
    "letter": 0.024,
    "reception": 0.026,
    "whatsapp": 0.022,
    "chat": 0.018,
    "social": 0.018,
    "appointment": 0.024,
    "app": 0.012,
    "street": 0.008,
    "home_visit": 0.003,
}
ANY_TIME = frozenset({"email", "form", "social", "app"})
PHONE_HOURS = (13, 25, 28, 20, 9, 15, 17, 12, 5)
"""Share per hour from 8.30 on a Monday; other days are flatter."""
WEB_HOURS = (1, 0, 0, 0, 0, 1, 2, 4, 6, 8, 9, 8, 6, 6, 6, 6, 5, 5, 5, 6, 7, 6, 4, 2)


class Chance:
    """Draws that give the same town for the same date."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.uniform = self.random.random

    def hit(self, share: float) -> bool:
        return self.uniform() < share

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.uniform() * len(items))]

    def number(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + int(self.uniform() * (high - low + 1))


class Weighted(Generic[T]):
    """A choice with weights, drawn in logarithmic time."""

    def __init__(self, weights: dict[T, float]) -> None:
        self._items = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, chance: Chance) -> T:
        return self._items[bisect(self._sums, chance.uniform() * self._sums[-1])]


class Days:
    """The local days of the story, its working days in order, and moments within them."""

    def __init__(self, calendar: Calendar, chance: Chance) -> None:
        self.calendar = calendar
        self.chance = chance
        self._starts: dict[date, datetime] = {}

    def at(self, day: date, minutes: float) -> datetime:
        """A moment of a local day in UTC, with seconds; the demo has no contact in the hour of a DST change."""
        start = self._starts.get(day)
        if start is None:
            noon = datetime.combine(day, datetime.min.time(), UTC).replace(hour=12)
            offset = day_start(day + timedelta(days=1)) - datetime.combine(
                day + timedelta(days=1), datetime.min.time(), UTC
            )
            start = self._starts[day] = noon - timedelta(hours=12) + offset
        return start + timedelta(seconds=int(minutes * 60))

    def open_moment(self, day: date, *, after: datetime | None = None) -> datetime:
        """A moment within opening hours of a working day, later than `after` when it lies on that day."""
        opens, closes = self.calendar.intervals(day)[0]
        begin, end = self.at(day, opens), self.at(day, closes - 5)
        if after is not None and after > begin:
            begin = after + timedelta(minutes=3)
            end = max(end, begin + timedelta(minutes=4))
            if end > self.at(day, 1440):  # nobody works on past midnight
                return self.open_moment(self.working_day(day, 1))
        return begin + timedelta(seconds=int((end - begin).total_seconds() * self.chance.uniform()))

    def working_day(self, day: date, count: int) -> date:
        """The day itself (or the next working day) for 0, else the count-th working day after it."""
        if count == 0:
            return day if self.calendar.is_working_day(day) else self.calendar.working_day_after(day, 1)
        return self.calendar.working_day_after(day, count)

    def working_days_before(self, day: date, count: int) -> date:
        """The count-th working day before this day."""
        while count > 0:
            day -= timedelta(days=1)
            count -= self.calendar.is_working_day(day)
        return day


def expected(day: date, calendar: Calendar, first: date, last: date) -> float:
    """How many first contacts to expect on this day."""
    growth = 0.95 + 0.10 * (day - first).days / max(1, (last - first).days)
    season = SEASON[day.month - 1]
    if not calendar.is_working_day(day):
        return FIRST_CONTACTS_A_DAY * season * growth * CLOSED_DAY * (0.5 if day.weekday() == 6 else 1)
    after_closing = not calendar.is_working_day(day - timedelta(days=1)) and day.weekday() > 0
    return FIRST_CONTACTS_A_DAY * season * growth * WEEKDAY[min(day.weekday(), 4)] * (1.15 if after_closing else 1)


def channels_on(day: date, *, is_open: bool, first: date, last: date) -> Weighted[str]:
    """Shares of the channels: digital ones grow from 24 to 31 percent over the two years."""
    done = (day - first).days / max(1, (last - first).days)
    weights = {}
    for channel, share in CHANNELS.items():
        if not is_open and channel not in ANY_TIME:
            continue
        weights[channel] = (
            share * (0.80 + 0.42 * done) if channel in ("email", "form", "whatsapp", "chat", "app") else share
        )
    return Weighted(weights)
