"""The counted rows of many measures as one piece of SQL, made from the measures' own querysets.

The text is built once, for days that never come and a moment that never was; wherever these stand among the parameters, the real
ones are filled in. So it is the same text whichever days are asked, and PostgreSQL can plan it once per connection (ADR 18).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast

from kpi.measures.base import Measure, Source
from kpi.periods import DATES, Period
from kpi.scope import Scope
from organisation.kept import Kept
from organisation.snapshot import organisation
from organisation.workdays import day_start

COLUMNS: Final = "measure, day, team, channel, subject, quarter, amount"
AT, FIRST_DAYS, LAST_DAYS = "at", "first_days", "last_days"
TYPES: Final = {AT: "timestamptz", FIRST_DAYS: "date[]", LAST_DAYS: "date[]"}
NEVER: Final = Period(DATES, date(2222, 3, 4), date(2223, 7, 9))
NEVER_AT: Final = datetime(2224, 11, 1, 12, 34, 56, tzinfo=UTC)
NO_REAL_YEAR: Final = 2201
Param = tuple[bool, Any]
"""Whether it is the name of a value to fill in, and the name or the value itself."""


@dataclass(frozen=True)
class Facts:
    """`SELECT measure, day, …` with a row for every row that counts on one of the days."""

    sql: str
    params: tuple[Param, ...]

    def filled(self, days: Iterable[date], at: datetime) -> list[Any]:
        values = values_of(days, at)
        return [values[part] if is_name else part for is_name, part in self.params]


def values_of(days: Iterable[date], at: datetime) -> dict[str, Any]:
    """What the text leaves open: the days as unbroken runs, and the moment of asking."""
    found = runs(days)
    return {AT: at, FIRST_DAYS: [run.first for run in found], LAST_DAYS: [run.last for run in found]}


def runs(days: Iterable[date]) -> list[Period]:
    """The days as unbroken periods, oldest first."""
    found: list[Period] = []
    for day in sorted(set(days)):
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = Period(DATES, found[-1].first, day)
        else:
            found.append(Period(DATES, day, day))
    return found


_built: Final[Kept[Facts | None]] = Kept(64)
"""Building the text costs more than running it."""


def settings_read() -> int:
    """What the measures' querysets take of the settings, the days of repeat traffic: any other change of settings leaves the text as it is."""
    return organisation().municipality.repeat_days


def facts_of(measures: Iterable[Measure]) -> Facts | None:
    """The facts of these measures; None when nothing can ever count."""
    chosen = tuple(measures)
    key = (tuple(one.code for one in chosen), settings_read())
    return _built.get(key, lambda: _build(chosen))


def _build(measures: Sequence[Measure]) -> Facts | None:
    by_source: dict[str, tuple[Source, list[Measure]]] = {}
    for measure in measures:
        by_source.setdefault(measure.source.name, (measure.source, []))[1].append(measure)
    arms: list[str] = []
    params: list[Param] = [(True, FIRST_DAYS), (True, LAST_DAYS)]
    for source, its_measures in by_source.values():
        for rows, frame in _selects(source, its_measures):
            try:
                sql, values = rows.query.sql_with_params()
            except EmptyResultSet:
                continue
            texts = []
            for value in values:
                text, more = _open(value)
                texts.append(text)
                params += more
            arms.append(frame.format(sql.replace("%%", "%%%%") % tuple(texts)))
    if not arms:
        return None
    # OFFSET 0 keeps the days first and the rows after: planned as one whole, a single source may be read from end to end.
    return Facts(
        "SELECT facts.* FROM unnest(%s::date[], %s::date[]) AS run (first_day, last_day)"  # noqa: S608 - of our own querysets
        f" CROSS JOIN LATERAL ({' UNION ALL '.join(arms)} OFFSET 0) AS facts ({COLUMNS})",
        tuple(params),
    )


def _selects(source: Source, measures: Sequence[Measure]) -> Iterator[tuple[QuerySet[Any], str]]:
    """Querysets with the text that goes around each. The rows of several measures are read once, with what each makes of them."""
    if len(measures) == 1 or type(source).facts is not Source.facts:
        for rows in source.facts(measures, Scope(NEVER), NEVER_AT):
            yield rows, "({})"
        return
    columns: list[Any] = []
    for measure in measures:
        counts = Case(When(measure.where, then=Value(True)), default=Value(False)) if measure.where else Value(True)
        columns += [counts, Cast(measure.numerator, IntegerField())]
    rows = source.rows().filter(source.on_days(NEVER.first, NEVER.last, NEVER_AT))
    names = ", ".join(f"counts_{place}, amount_{place}" for place in range(len(measures)))
    each = ", ".join(f"('{one.code}'::varchar, counts_{place}, amount_{place})" for place, one in enumerate(measures))
    frame = (
        "(SELECT each.measure, day, team, channel, subject, quarter, each.amount"  # noqa: S608 - names of our own
        f" FROM ({{}} OFFSET 0) AS its (day, team, channel, subject, quarter, {names})"
        f" CROSS JOIN LATERAL (VALUES {each}) AS each (measure, counts, amount) WHERE each.counts)"
    )
    yield source.cut(rows, *columns), frame


def _places() -> dict[Any, str]:
    """What stands for the days among the parameters, and what takes its place."""
    found: dict[Any, str] = {}
    for day, column in ((NEVER.first, "run.first_day"), (NEVER.last, "run.last_day")):
        for step in (-1, 0, 1):
            text = f"({column} + {step})" if step else column
            other = day + timedelta(days=step)
            found[other] = text
            found[day_start(other)] = f"({text}::timestamp AT TIME ZONE 'Europe/Amsterdam')"
    return found


PLACES: Final = _places()


def _open(value: Any) -> tuple[str, list[Param]]:
    """The text for one parameter of a queryset, and what it still asks for."""
    if hasattr(value, "adapted"):  # JSON
        return "%s::jsonb", [(False, json.dumps(value.adapted))]
    if value == NEVER_AT:
        return "%s", [(True, AT)]
    if isinstance(value, date):  # a moment too
        if value in PLACES:
            return PLACES[value], []
        if value.year >= NO_REAL_YEAR:
            raise ValueError(f"{value!r} depends on the days or the moment of asking, but cannot be filled in")
    return "%s", [(False, value)]
