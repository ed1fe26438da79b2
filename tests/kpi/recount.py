"""What the rows themselves say of every figure, and how long the lists behind it are: all of it in one prepared statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import IntegerField
from django.db.models.functions import Cast

from kpi.measures.base import SHARE, Measure, Tally
from kpi.pages.rows import PARTS, rows_of
from kpi.periods import DATES, Period
from kpi.reading import Ask, read
from kpi.registry import ROLLED_UP
from kpi.scope import Scope
from organisation.prepared import Statement
from organisation.snapshot import organisation
from organisation.workdays import day_start, local_day

Found = dict[tuple[str, str], tuple[int, int]]
"""Code and part of the list → how many rows, and the sum of what they add."""


def agree(scopes: Sequence[Scope], at: datetime) -> None:
    """What is shown = what the rows say = how long the lists are, for every figure over every scope."""
    codes = tuple(measure.code for measure in ROLLED_UP)
    for scope in scopes:
        rows = recount(scope, at)
        (shown,) = read([Ask(codes, (scope.period,))], scope, at=at, today=local_day(at))
        for measure in ROLLED_UP:
            told = shown.get((measure.code, 0, ""), Tally())
            length, amount = rows[measure.code, "alles"]
            assert (told.numerator, told.denominator) == (amount, length), (measure.code, scope)
            if measure.kind == SHARE:
                parts = tuple(rows[measure.code, part][0] for part in ("wel", "niet"))
                assert parts == (amount, length - amount), (measure.code, scope)


def recount(scope: Scope, at: datetime) -> Found:
    days = organisation().municipality.repeat_days
    period = scope.period
    values = {
        "first": period.first,
        "last": period.last,
        "begin": day_start(period.first),
        "end": day_start(period.last + timedelta(days=1)),
        "at": at,
    }
    return {
        (code, part): (length, amount)
        for measures, setting in ((STEADY, 0), (OF_SETTINGS, days))
        for code, part, length, amount in _statement(measures, scope.over(NEVER), setting).run(values)
    }


OF_SETTINGS = tuple(measure for measure in ROLLED_UP if measure.source.name == "direct_question")
"""Their rows depend on the days of repeat traffic."""
STEADY = tuple(measure for measure in ROLLED_UP if measure not in OF_SETTINGS)
NEVER = Period(DATES, date(2333, 5, 6), date(2333, 8, 9))
NEVER_AT = datetime(2333, 9, 10, tzinfo=UTC)
NAMES: dict[object, tuple[str, str]] = {
    NEVER.first: ("first", "date"),
    NEVER.last: ("last", "date"),
    day_start(NEVER.first): ("begin", "timestamptz"),
    day_start(NEVER.last + timedelta(days=1)): ("end", "timestamptz"),
    NEVER_AT: ("at", "timestamptz"),
}


@lru_cache(maxsize=64)
def _statement(measures: tuple[Measure, ...], scope: Scope, _setting: int) -> Statement:
    """The lists' own querysets, counted. Building and planning them is most of the work, so it is done once, for days that never come."""
    arms: list[str] = []
    params: list[tuple[bool, Any]] = []
    types: dict[str, str] = {}
    for measure in measures:
        for part in PARTS if measure.kind == SHARE else ("alles",):
            rows = rows_of(measure, scope, part, NEVER_AT).order_by()
            sql, values = rows.values_list(Cast(measure.numerator, IntegerField())).query.sql_with_params()
            arms.append(
                f"SELECT '{measure.code}', '{part}', COUNT(*), COALESCE(SUM(its.amount), 0)::bigint FROM ({sql}) AS its (amount)"
            )
            for value in values:
                name, type_ = NAMES.get(value, ("", "")) if isinstance(value, date) else ("", "")
                assert name or getattr(value, "year", 0) < 2300, value
                params.append((True, name) if name else (False, value))
                types |= {name: type_} if name else {}
    return Statement(" UNION ALL ".join(arms), tuple(params), tuple(types.items()), list)
