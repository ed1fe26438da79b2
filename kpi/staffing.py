"""What the phone of the last weeks says about the next: calls per half hour of each weekday, and how long one takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Avg, Count, ExpressionWrapper, F, IntegerField, Q, QuerySet
from django.db.models.functions import Extract

from channels_app.models import Call
from kpi.measures.base import QuarterOfDay
from kpi.measures.phone import OFFERED
from organisation.workdays import Calendar

WEEKS: Final = 8
SLOT: Final = 30
"""Minutes."""
AFTER_SECONDS: Final = 60
"""What a call asks after hanging up: writing it down."""
FEWEST: Final = 50
"""Under so many calls in all weeks together nothing is foretold."""
FEWEST_DAYS: Final = 14
"""Nor from so few days: of an installation that is new only those since its first call are known."""


@dataclass(frozen=True)
class Load:
    """`calls`: weekday and slot (0 to 47) → calls in it on a day on which it is open, on average. `length` in seconds, writing down included.

    `people`: how many different people picked up on a day, on average; 0 when the exchange does not tell who did.
    """

    calls: dict[tuple[int, int], float]
    length: float
    people: int
    seen: int
    first: date
    last: date

    @property
    def weeks(self) -> int:
        """How many weeks these days are, about."""
        return round(((self.last - self.first).days + 1) / 7)


def load_of(calendar: Calendar, today: date) -> Load | None:
    """Of the last whole weeks; holidays, closed days, days that end early and weeks of before the first call make no average lower. None with
    too few calls. Three queries."""
    last = today - timedelta(days=today.weekday() + 1)
    first = last - timedelta(days=7 * WEEKS - 1)
    rows = Call.objects.filter(OFFERED, entered_on__gte=first, entered_on__lte=last).exclude(outcome=Call.Outcome.TEST)
    counts: dict[tuple[int, int], int] = {}
    begun = last
    for day, quarter, count in (
        rows.annotate(quarter=QuarterOfDay("entered_at"))
        .values_list("entered_on", "quarter")
        .annotate(count=Count("pk"))
        .order_by()
    ):
        key = (day.weekday(), quarter * 15 // SLOT)
        counts[key] = counts.get(key, 0) + count
        begun = min(begun, day)
    seen = sum(counts.values())
    if begun - first >= timedelta(days=7):
        first = begun
    if seen < FEWEST or (last - first).days + 1 < FEWEST_DAYS:
        return None
    talked = Q(outcome=Call.Outcome.ANSWERED, answered_at__isnull=False, ended_at__gt=F("answered_at"))
    length = ExpressionWrapper(Extract(F("ended_at") - F("answered_at"), "epoch"), output_field=IntegerField())
    average = rows.filter(talked).aggregate(average=Avg(length))["average"]
    if average is None:
        return None
    span = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    days = Counter(key for day in span for key in _open_slots(calendar, day))
    calls = {key: count / days[key] for key, count in counts.items() if days[key]}
    return Load(calls, float(average) + AFTER_SECONDS, _people(rows), seen, first, last)


def _open_slots(calendar: Calendar, day: date) -> set[tuple[int, int]]:
    """Also those of which a part is open. The afternoon of a day that ends at noon is none."""
    return {
        (day.weekday(), slot)
        for opens, closes in calendar.intervals(day)
        for slot in range(opens // SLOT, -(-closes // SLOT))
    }


def _people(rows: QuerySet[Call]) -> int:
    days = (
        rows.filter(answered_by__isnull=False).values("entered_on").annotate(people=Count("answered_by", distinct=True))
    )
    found = [day["people"] for day in days.order_by()]
    return round(sum(found) / len(found)) if found else 0
