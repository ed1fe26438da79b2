"""I9: the figures of finished days are what their rows say. A day that is not wants `rebuild_figures` (docs/operations.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection

from contacts.invariants.found import invariant
from organisation.clock import now

EVERY: Final = 60
"""Of the older days one in so many is looked at, other ones every night: in two months each had its turn."""


@invariant("I9 the figures of finished days are what their rows say")
def figures_are_their_rows() -> Iterator[str]:
    at = now()
    for day, measure in differing(days_to_look_at(at), at):
        yield f"{measure} of {day}: rebuild_figures"


def days_to_look_at(at: datetime) -> list[date]:
    """The newest finished day, and some older ones; none that waits to be counted again, or that was counted by earlier formulas."""
    from kpi.models import ChangedDay, DailyFigure, RollupState
    from kpi.rollups import FORMULA

    kept = RollupState.objects.filter(pk=1, rolled_until__isnull=False, formula=FORMULA).first()
    oldest = DailyFigure.objects.filter(grain=DailyFigure.Grain.TOTAL).order_by("on").values_list("on", flat=True)
    first = oldest.first()
    if kept is None or first is None:
        return []
    begin, last = max(first, kept.older_until or first), kept.rolled_until - timedelta(days=1)
    turn = at.toordinal() % EVERY
    days = (begin + timedelta(days=step) for step in range((last - begin).days + 1))
    waiting = set(ChangedDay.objects.values_list("on", flat=True))
    return [day for day in days if day not in waiting and (day == last or day.toordinal() % EVERY == turn)]


def differing(days: Sequence[date], at: datetime) -> list[tuple[date, str]]:
    """The figures of these days that are not what is counted from their rows now."""
    from kpi.facts import COLUMNS, facts_of
    from kpi.models import DailyFigure
    from kpi.registry import ROLLED_UP

    facts = facts_of(ROLLED_UP)
    if not days or facts is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT day, measure, SUM(amount), COUNT(*) FROM ({facts.sql}) AS f({COLUMNS}) GROUP BY day, measure",  # noqa: S608 - of our own querysets
            facts.filled(days, at),
        )
        counted = {(day, measure): (amount, count) for day, measure, amount, count in cursor.fetchall()}
    kept = DailyFigure.objects.filter(grain=DailyFigure.Grain.TOTAL, on__in=days)
    told = {(day, code): (n, d) for day, code, n, d in kept.values_list("on", "measure", "numerator", "denominator")}
    codes = {one.code for one in ROLLED_UP}
    return sorted(key for key in counted.keys() | told.keys() if key[1] in codes and counted.get(key) != told.get(key))
