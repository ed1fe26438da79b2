"""The counted rows of many measures as one piece of SQL, made from the measures' own querysets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import EmptyResultSet

from kpi.measures.base import Measure, Source
from kpi.periods import DATES, Period
from kpi.scope import Scope

COLUMNS = "measure, day, team, channel, subject, quarter, amount"


def facts_sql(
    measures: Iterable[Measure], days: Sequence[date], scope: Scope, at: datetime
) -> tuple[str, list[object]] | None:
    """`SELECT measure, day, …` with a row for every row that counts on one of these days; None when nothing can."""
    by_source: dict[str, tuple[Source, list[Measure]]] = {}
    for measure in measures:
        by_source.setdefault(measure.source.name, (measure.source, []))[1].append(measure)
    arms: list[str] = []
    params: list[object] = []
    for run in runs(days):
        for source, its_measures in by_source.values():
            for rows in source.facts(its_measures, scope.over(run), at):
                try:
                    sql, values = rows.query.sql_with_params()
                except EmptyResultSet:
                    continue
                arms.append(f"({sql})")
                params += values
    return (" UNION ALL ".join(arms), params) if arms else None


def runs(days: Sequence[date]) -> list[Period]:
    """The days as unbroken periods, oldest first."""
    found: list[Period] = []
    for day in sorted(set(days)):
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = Period(DATES, found[-1].first, day)
        else:
            found.append(Period(DATES, day, day))
    return found
