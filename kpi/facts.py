"""The counted rows of many measures as one piece of SQL, made from the measures' own querysets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import EmptyResultSet

from kpi.measures.base import Measure, Source
from kpi.periods import DATES, Period
from kpi.scope import Scope
from organisation.kept import Kept
from organisation.snapshot import organisation
from organisation.workdays import local_day

MOMENT: Final = timedelta(microseconds=1)
COLUMNS = "measure, day, team, channel, subject, quarter, amount"


@dataclass(frozen=True)
class Facts:
    """SQL with its parameters; `offsets`: place of a parameter → how far it lies from the moment of asking."""

    sql: str
    params: tuple[object, ...]
    offsets: dict[int, timedelta]

    def at(self, at: datetime) -> tuple[str, list[object]]:
        params = list(self.params)
        for place, offset in self.offsets.items():
            params[place] = at + offset
        return self.sql, params


BUILT: Final[Kept[Facts | None]] = Kept(64)
"""Building the text costs more than running it, and it is the same all day for who asks the same."""


def facts_sql(
    measures: Iterable[Measure], days: Sequence[date], scope: Scope, at: datetime
) -> tuple[str, list[object]] | None:
    """`SELECT measure, day, …` with a row for every row that counts on one of these days; None when nothing can."""
    chosen = tuple(measures)
    narrowed = (scope.team_ids, scope.channel, scope.subject_ids)
    key = (tuple(one.code for one in chosen), tuple(days), narrowed, local_day(at), organisation().version)
    facts = BUILT.get(key, lambda: _of_any_moment(chosen, days, scope, at))
    return facts.at(at) if facts is not None else None


def _of_any_moment(measures: Sequence[Measure], days: Sequence[date], scope: Scope, at: datetime) -> Facts | None:
    """Built for two moments: what differs between them goes along with the moment, and nothing else may."""
    built, later = (_build(measures, days, scope, moment) for moment in (at, at + MOMENT))
    if built is None or later is None:
        return None
    (sql, params), (_sql, moved) = built, later
    offsets = {}
    for place, (one, other) in enumerate(zip(params, moved, strict=True)):
        if getattr(one, "adapted", one) != getattr(other, "adapted", other):  # JSON is wrapped
            if not (isinstance(one, datetime) and isinstance(other, datetime) and other - one == MOMENT):
                raise ValueError(f"{one!r} depends on the moment of asking, but does not go along with it")
            offsets[place] = one - at
    return Facts(sql, tuple(params), offsets)


def _build(
    measures: Sequence[Measure], days: Sequence[date], scope: Scope, at: datetime
) -> tuple[str, list[object]] | None:
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
