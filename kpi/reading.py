"""Reads many figures at once: finished days from the roll-up, today and changed days from the rows; one round trip each.

Whatever is asked equals what `Measure.count` says of the same scope, because both are made from the same querysets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from sys import intern
from typing import Any, Final

from django.db import connection

from kpi.facts import COLUMNS, TYPES, facts_of, settings_read, values_of
from kpi.measures.base import Measure, Tally
from kpi.periods import DATES, MONTH, Period, period_of
from kpi.registry import MEASURES
from kpi.scope import Scope
from organisation.kept import Kept
from organisation.prepared import Statement

MOST_NOTES: Final = 2_000
"""More changes than these are not told apart; the sweep takes them away before there are so many."""
HOURS: Final = "hours"
"""Key `weekday-hour`: 0-9 is Monday nine to ten."""
QUARTERS: Final = "quarters"
"""Key: quarter of an hour since local midnight; 36 is nine to a quarter past."""
OF_THE_DAY: Final = (HOURS, QUARTERS)
"""Of the whole municipality only."""
_OF_WEEK: Final = "(EXTRACT(ISODOW FROM {day})::int - 1) || '-' || quarter / 4"
BY: Final = {
    "": "NULL::text",
    "team": "team_id::text",
    "channel": "channel",
    "subject": "subject_id::text",
    HOURS: _OF_WEEK.format(day='"on"'),
    QUARTERS: "quarter::text",
}
LIVE_BY: Final = BY | {"team": "team::text", "subject": "subject::text", HOURS: _OF_WEEK.format(day="day")}
"""What the key is made of, in the roll-up and in the rows."""


@dataclass(frozen=True)
class Ask:
    """These measures over consecutive periods, cut by team, channel, subject, hours of the week, quarters of the day, or not at all."""

    measures: tuple[str, ...]
    periods: tuple[Period, ...]
    by: str = ""

    @property
    def span(self) -> Period:
        return Period(DATES, self.periods[0].first, self.periods[-1].last)


@dataclass(frozen=True)
class State:
    """How far the roll-up is, and which days changed since."""

    rolled_until: date | None
    revision: int
    changed: frozenset[date]
    months: frozenset[date] = frozenset()
    """Whole months that are summed, by their first day."""
    notes: tuple[int | None, ...] | None = field(default=None, compare=False)
    """Another one after every change of what a figure depends on (kpi/open_days.py); None: not known."""

    def live_days(self, span: Period, today: date) -> list[date]:
        """Days of the span that must be counted from the rows; days to come have none."""
        last = min(span.last, today)
        if self.rolled_until is None:
            return Period(DATES, span.first, last).all_days()
        days = [day for day in self.changed if span.first <= day <= last and day < self.rolled_until]
        day = max(span.first, self.rolled_until)
        while day <= last:
            days.append(day)
            day += timedelta(days=1)
        return days


Answer = dict[tuple[str, int, str], Tally]
"""(measure, number of the period, key of the cut) → tally; what is not there is empty."""


_STATE: Final = Statement(
    'SELECT rolled_until, revision, ARRAY(SELECT DISTINCT "on" FROM kpi_changedday WHERE "on" < rolled_until LIMIT 5000),'
    " months, swept_by, note.count, note.newest FROM kpi_rollupstate CROSS JOIN LATERAL (SELECT COUNT(*), MAX(id) AS newest"
    " FROM (SELECT id FROM kpi_changedday LIMIT %s) AS noted) AS note WHERE id = 1",
    params=((False, MOST_NOTES + 1),),
    types=(),
    make=list,
)


def state() -> State:
    """One query."""
    rows = _STATE.run({})
    if not rows:
        return State(None, 0, frozenset())
    rolled_until, revision, changed, months, *notes = rows[0]
    is_known = rolled_until is not None and notes[1] <= MOST_NOTES
    return State(rolled_until, revision, frozenset(changed), frozenset(months), tuple(notes) if is_known else None)


Rows = tuple[tuple[int, str, int, str | None, int, int, int | None], ...]
"""Of the days that are not rolled up: number of the ask, measure, number of the period, key, numerator, denominator, highest."""


def read(asks: Sequence[Ask], scope: Scope, *, at: datetime, today: date, held: State | None = None) -> list[Answer]:
    """The answers, in the order of the asks. `scope.period` is not used: the asks bring their periods."""
    held = held or state()
    return joined(asks, scope, held, not_rolled_up(asks, scope, held, at=at, today=today))


def not_rolled_up(asks: Sequence[Ask], scope: Scope, held: State, *, at: datetime, today: date) -> Rows:
    """What the rows of today and of changed days say. With the state of the roll-up these are all that the answers follow from."""
    live = sorted({day for ask in asks for day in held.live_days(ask.span, today)})
    return tuple(_live(asks, scope, live, at)) if live else ()


def joined(asks: Sequence[Ask], scope: Scope, held: State, rows: Rows) -> list[Answer]:
    """The answers: the roll-up with these rows."""
    answers: list[Answer] = [dict(part) for part in _rolled_up(tuple(asks), _narrowed(scope), held)]
    for number, measure, bucket, key, numerator, denominator, highest in rows:
        place = (measure, bucket, key or "")
        answers[number][place] = answers[number].get(place, Tally()) + Tally(numerator, denominator, highest)
    return answers


def tally(measure: Measure, scope: Scope, *, at: datetime, today: date) -> Tally:
    """One figure over one scope."""
    if not measure.is_rolled_up:
        return measure.count(scope, at)
    (answer,) = read([Ask((measure.code,), (scope.period,))], scope, at=at, today=today)
    return answer.get((measure.code, 0, ""), Tally())


def roughly(measure: Measure, scope: Scope) -> int:
    """How many rows count, as far as that is rolled up: to choose a way by, not to show."""
    if not measure.is_rolled_up:
        return 0
    (answer,) = _rolled_up((Ask((measure.code,), (scope.period,)),), _narrowed(scope), state())
    return answer.get((measure.code, 0, ""), Tally()).denominator


def _narrowed(scope: Scope) -> tuple[frozenset[int] | None, str, frozenset[int] | None]:
    return scope.team_ids, scope.channel, scope.subject_ids


def _grain(by: str, narrowed: tuple[frozenset[int] | None, str, frozenset[int] | None]) -> str:
    """The coarsest grain that knows everything that is asked."""
    teams, channel, subjects = narrowed
    if by in OF_THE_DAY:
        return "quarter"
    needs = {
        name
        for name, is_set in (("team", teams is not None), ("channel", bool(channel)), ("subject", subjects is not None))
        if is_set
    }
    if by:
        needs.add(by)
    return "total" if not needs else needs.pop() if len(needs) == 1 else "full"


@lru_cache(maxsize=16)
def _rolled_up(
    asks: tuple[Ask, ...], narrowed: tuple[frozenset[int] | None, str, frozenset[int] | None], held: State
) -> list[Answer]:
    """From the roll-up. Held per revision: a finished day's figures change only together with it."""
    answers: list[Answer] = [{} for _ask in asks]
    if held.rolled_until is None:
        return answers
    teams, channel, subjects = narrowed
    arms, params = [], []
    for number, ask in enumerate(asks):
        key = BY[ask.by]
        narrow, chosen = [], []
        if teams is not None and ask.by not in OF_THE_DAY:
            narrow.append("team_id = ANY(%s)")
            chosen.append(sorted(teams))
        if channel:
            narrow.append("channel = %s")
            chosen.append(channel)
        if subjects is not None and ask.by not in OF_THE_DAY:
            narrow.append("subject_id = ANY(%s)")
            chosen.append(sorted(subjects))
        for table, when, values in _parts(ask, held, held.rolled_until - timedelta(days=1)):
            where = ["grain = %s", "measure = ANY(%s)", when, *narrow]
            arms.append(
                f'(SELECT %s::int, measure, width_bucket("on", %s::date[]) - 1, {key},'  # noqa: S608 - constants above
                f" SUM(numerator)::bigint, SUM(denominator)::bigint, MAX(highest) FROM {table}"
                f" WHERE {' AND '.join(where)} GROUP BY 1, 2, 3, 4)"
            )
            starts = [period.first for period in ask.periods]
            params += [number, starts, _grain(ask.by, narrowed), list(ask.measures), *values, *chosen]
    if arms:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(arms), params)
            for number, measure, bucket, key, numerator, denominator, highest in cursor.fetchall():
                place, found = (intern(measure), bucket, intern(key or "")), answers[number]  # thousands of a few words
                found[place] = found.get(place, Tally()) + Tally(numerator, denominator, highest)
    return answers


def _parts(ask: Ask, held: State, rolled: date) -> list[tuple[str, str, list[Any]]]:
    """What is read for one ask, as (table, condition, values): summed months where whole months are asked, days for the rest."""
    first, last = ask.span.first, min(ask.span.last, rolled)
    changed = sorted(day for day in held.changed if first <= day <= last)
    months: list[date] = []
    if ask.by not in OF_THE_DAY and all(period.first.day == 1 for period in ask.periods[1:]):  # no month in two
        stale = {day.replace(day=1) for day in changed}
        months = sorted(m for m in held.months if first <= m and _month_end(m) <= last and m not in stale)
    parts: list[tuple[str, str, list[Any]]] = [("kpi_monthlyfigure", '"on" = ANY(%s)', [months])] if months else []
    for start, end in _between(first, last, months):
        inside = [day for day in changed if start <= day <= end]
        unchanged = ' AND "on" <> ALL(%s)' if inside else ""
        values: list[Any] = [start, end, *([inside] if inside else [])]
        parts.append(("kpi_dailyfigure", f'"on" >= %s AND "on" <= %s{unchanged}', values))
    return parts


def _month_end(month: date) -> date:
    return period_of(MONTH, month).last


def _between(first: date, last: date, months: Sequence[date]) -> list[tuple[date, date]]:
    """The days from the first to the last that lie in none of the months, as (start, end)."""
    found = []
    for month in months:
        if first < month:
            found.append((first, month - timedelta(days=1)))
        first = _month_end(month) + timedelta(days=1)
    return [*found, (first, last)] if first <= last else found


def _live(asks: Sequence[Ask], scope: Scope, days: list[date], at: datetime) -> Iterable[Any]:
    """From the rows of these days."""
    shape = tuple((ask.measures, ask.by) for ask in asks)
    narrowed = (scope.team_ids is not None, bool(scope.channel), scope.subject_ids is not None)
    statement = _statements.get((shape, narrowed, settings_read()), lambda: _of_rows(shape, narrowed))
    if statement is None:
        return []
    values = values_of(days, at) | {
        "teams": sorted(scope.team_ids or ()),
        "channel": scope.channel,
        "subjects": sorted(scope.subject_ids or ()),
    }
    for number, ask in enumerate(asks):
        values[f"starts_{number}"] = [period.first for period in ask.periods]
        values[f"first_{number}"], values[f"last_{number}"] = ask.span.first, ask.span.last
    return statement.run(values)


_statements: Final[Kept[Statement | None]] = Kept(64)


def _of_rows(shape: tuple[tuple[tuple[str, ...], str], ...], narrowed: tuple[bool, bool, bool]) -> Statement | None:
    """The text for asks of this shape: the same whatever the periods, the days, and the teams and subjects it is narrowed to."""
    codes = {code for measures, _by in shape for code in measures}
    facts = facts_of(MEASURES[code] for code in MEASURES if code in codes)
    if facts is None:
        return None
    types = dict(TYPES)
    params = list(facts.params)
    where = []
    for is_set, condition, name, kind in zip(
        narrowed,
        ("team = ANY(%s)", "channel = %s", "subject = ANY(%s)"),
        ("teams", "channel", "subjects"),
        ("bigint[]", "text", "bigint[]"),
        strict=True,
    ):
        if is_set:
            where.append(condition)
            params.append((True, name))
            types[name] = kind
    arms = []
    for number, (measures, by) in enumerate(shape):
        key = LIVE_BY[by]
        arms.append(
            f"(SELECT {number}, measure, width_bucket(day, %s) - 1, {key}, SUM(amount)::bigint, COUNT(*),"  # noqa: S608
            " MAX(amount) FROM facts WHERE day >= %s AND day <= %s AND measure = ANY(%s) GROUP BY 1, 2, 3, 4)"
        )
        names = {f"starts_{number}": "date[]", f"first_{number}": "date", f"last_{number}": "date"}
        params += [*((True, name) for name in names), (False, list(measures))]
        types |= names
    narrow = f" WHERE {' AND '.join(where)}" if where else ""
    used = dict.fromkeys(part for is_name, part in params if is_name)
    return Statement(
        f"WITH facts ({COLUMNS}) AS MATERIALIZED (SELECT * FROM ({facts.sql}) AS facts{narrow}) {' UNION ALL '.join(arms)}",  # noqa: S608
        tuple(params),
        tuple((name, types[name]) for name in used),
        list,
    )
