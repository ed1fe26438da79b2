"""Writes the figures of finished days from the rows, and rebuilds them: to the last digit the same (docs/kpis.md)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from math import inf

from django.db import connection, transaction
from django.db.models import F

from kpi.facts import COLUMNS, facts_of
from kpi.models import ChangedDay, DailyFigure, MonthlyFigure, RollupState
from kpi.registry import ROLLED_UP, sources
from organisation.failpoints import failpoint
from organisation.workdays import local_day

LOCK = 5_020_001
"""Advisory lock of the roll-up: one worker at a time."""
FORMULA = 2
"""One more whenever a figure is counted in another way: the finished days are then counted again by whoever knows the new way."""
DAYS_AT_ONCE = 14
CHANGED_AT_ONCE = 7
TRIES, PAUSE_SECONDS = 40, 0.25
"""A rebuild waits this long for transactions that began before it."""

_GRAINS = """
INSERT INTO kpi_dailyfigure (grain, measure, "on", team_id, channel, subject_id, quarter, numerator, denominator, highest)
SELECT CASE
        WHEN GROUPING(team, channel, subject, quarter) = 15 THEN 'total'
        WHEN GROUPING(team, channel, subject, quarter) = 7 THEN 'team'
        WHEN GROUPING(team, channel, subject, quarter) = 11 THEN 'channel'
        WHEN GROUPING(team, channel, subject, quarter) = 13 THEN 'subject'
        WHEN GROUPING(team, channel, subject, quarter) = 10 THEN 'quarter'
        ELSE 'full' END,
    measure, day, team, COALESCE(channel, ''), subject, quarter, SUM(amount), COUNT(*), MAX(amount)
FROM (SELECT measure, day, team, channel, subject, quarter, amount FROM ({facts}) AS f({columns})) AS facts
GROUP BY GROUPING SETS (
    (measure, day), (measure, day, team), (measure, day, channel), (measure, day, subject),
    (measure, day, channel, quarter), (measure, day, team, channel, subject)
)
HAVING GROUPING(team, channel, subject, quarter) <> 10 OR quarter IS NOT NULL
ORDER BY 1, 3, 2, 4, 5, 6, 7
"""
"""In the order of the index: what is read together lies together."""


_NEXT_MONTH = """
SELECT month::date FROM kpi_rollupstate s, generate_series(
    date_trunc('month', (SELECT MIN("on") FROM kpi_dailyfigure WHERE grain = 'total')::timestamp),
    s.rolled_until - interval '1 month', interval '1 month') AS month
WHERE s.id = 1 AND month::date <> ALL(s.months)
    AND NOT EXISTS (SELECT 1 FROM kpi_changedday c WHERE c."on" >= month AND c."on" < month + interval '1 month')
ORDER BY month DESC LIMIT 1
"""
_SUM_MONTH = """
INSERT INTO kpi_monthlyfigure (grain, measure, "on", team_id, channel, subject_id, numerator, denominator, highest)
SELECT grain, measure, %(month)s, team_id, channel, subject_id, SUM(numerator), SUM(denominator), MAX(highest)
FROM kpi_dailyfigure
WHERE grain = ANY(%(grains)s) AND "on" >= %(month)s AND "on" < %(month)s + interval '1 month'
GROUP BY grain, measure, team_id, channel, subject_id
"""


def roll_up(*, at: datetime, seconds: float = inf) -> int:
    """Rolls up every finished day that is not yet, that changed since, or that was counted by earlier formulas; says how many days it did.

    Bounded batches, each its own transaction, under a lock that gives way: whoever finds it taken leaves the work to the other.
    After so many seconds no other batch is begun; the next call goes on.
    """
    done, end = 0, time.monotonic() + seconds
    _close(local_day(at))
    while time.monotonic() < end and (days := _next_days(at) or _next_older(at)):
        done += days
    while time.monotonic() < end and _next_month():
        pass
    _forget_open_days()
    return done


def _close(today: date) -> None:
    """From the commit of this step on, changes to days before `today` are noted by the triggers."""
    with transaction.atomic():
        RollupState.objects.get_or_create(pk=1, defaults={"formula": FORMULA})
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE kpi_rollupstate SET closed_until = %s, closed_by = pg_current_xact_id()::text::bigint"
                " WHERE id = 1 AND (closed_until IS NULL OR closed_until < %s)",
                [today, today],
            )


def _next_days(at: datetime) -> int:
    """One batch; 0 when nothing is left, somebody else is at it, knows newer formulas, or an older transaction may still write unseen."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
            cursor.execute(
                "SELECT rolled_until, closed_until, closed_by < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
                " OR closed_by = pg_current_xact_id_if_assigned()::text::bigint, formula FROM kpi_rollupstate WHERE id = 1"
            )
            rolled_until, closed_until, everybody_saw, formula = cursor.fetchone()
        if formula > FORMULA:  # left over from before an update
            return 0
        begins = rolled_until is None
        if begins:
            rolled_until = min(_first_day(closed_until), closed_until)
        if rolled_until < closed_until and everybody_saw:
            until = min(rolled_until + timedelta(days=DAYS_AT_ONCE), closed_until)
            write_days([rolled_until + timedelta(days=step) for step in range((until - rolled_until).days)], at)
            _advance(until)
            failpoint("before_rollup_commit")
            return (until - rolled_until).days
        if begins and everybody_saw:  # no finished day has a row yet: that too is a roll-up that is through
            _advance(closed_until)
        changed = _changed_days(rolled_until, at)
        if changed:
            failpoint("before_rollup_commit")
        return changed


def _changed_days(rolled_until: date, at: datetime) -> int:
    with connection.cursor() as cursor:
        # Taken away before counting: what commits later leaves a row of its own and has the day counted again.
        cursor.execute(
            'DELETE FROM kpi_changedday WHERE "on" IN (SELECT DISTINCT "on" FROM kpi_changedday WHERE "on" < %s'
            ' ORDER BY "on" DESC LIMIT %s) RETURNING "on"',  # what people look at first
            [rolled_until, CHANGED_AT_ONCE],
        )
        days = sorted({row[0] for row in cursor.fetchall()})
    if days:
        write_days(days, at)
        _advance(None)
    return len(days)


def _next_older(at: datetime) -> int:
    """One batch of days that were counted by earlier formulas, newest first: people look at these first. 0 when none is left.

    They are not noted as changed: until its turn each keeps the figures that it has, so no page counts the whole past from the rows.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        kept = RollupState.objects.get(pk=1)
        end = kept.rolled_until if kept.formula < FORMULA else kept.older_until
        if kept.formula > FORMULA or (kept.formula == FORMULA and end is None):
            return 0
        days = _days_before(end, _first_day(end)) if end else []
        RollupState.objects.filter(pk=1).update(formula=FORMULA, older_until=days[0] if days else None)
        if days:
            _write_anew(days, at)
            failpoint("before_rollup_commit")
        return len(days)


def _first_day(otherwise: date) -> date:
    return min([day for source in sources() if (day := source.first_day())], default=otherwise)


def _days_before(end: date, first: date) -> list[date]:
    start = max(first, end - timedelta(days=DAYS_AT_ONCE))
    return [start + timedelta(days=step) for step in range((end - start).days)]


def _write_anew(days: Sequence[date], at: datetime) -> None:
    ChangedDay.objects.filter(on__in=days).delete()  # before counting, as in `_changed_days`
    write_days(days, at)
    _advance(None)


def _advance(until: date | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kpi_rollupstate SET rolled_until = COALESCE(%s, rolled_until),"
            " revision = pg_current_xact_id()::text::bigint WHERE id = 1",
            [until],
        )


def _forget_open_days() -> None:
    """Notes of days that are not over served only to see that something changed; whoever compares sees that they were taken away."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'WITH gone AS (DELETE FROM kpi_changedday WHERE "on" >= (SELECT closed_until FROM kpi_rollupstate WHERE id = 1) RETURNING 1)'
            " UPDATE kpi_rollupstate SET swept_by = pg_current_xact_id()::text::bigint"
            " WHERE id = 1 AND EXISTS (SELECT 1 FROM gone)"
        )


def _next_month() -> bool:
    """Sums the newest whole month that is not yet; False when there is none, or somebody else is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(_NEXT_MONTH)
        if (found := cursor.fetchone()) is None:
            return False
        MonthlyFigure.objects.filter(grain__in=DailyFigure.Grain.values, on=found[0]).delete()
        grains = [grain for grain in DailyFigure.Grain.values if grain != DailyFigure.Grain.QUARTER]
        cursor.execute(_SUM_MONTH, {"month": found[0], "grains": grains})
        cursor.execute("UPDATE kpi_rollupstate SET months = months || %s::date WHERE id = 1", found)
        _advance(None)
        return True


def _forget_months(days: Sequence[date]) -> None:
    """Their sums are no longer those of their days.

    The rows stay until the month is summed again: who read the state just before still finds a whole month, never none.
    """
    months = sorted({day.replace(day=1) for day in days})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kpi_rollupstate SET months = ARRAY(SELECT unnest(months) EXCEPT SELECT unnest(%s::date[]))"
            " WHERE id = 1 AND months && %s::date[]",
            [months, months],
        )


def write_days(days: Sequence[date], at: datetime) -> None:
    """Replaces the figures of these days by what the rows say."""
    DailyFigure.objects.filter(
        grain__in=DailyFigure.Grain.values, on__in=days
    ).delete()  # by the index, which begins so
    _forget_months(days)
    facts = facts_of(ROLLED_UP)
    if facts is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_GRAINS.format(facts=facts.sql, columns=COLUMNS), facts.filled(days, at))


def rebuild(*, at: datetime) -> tuple[int, bool]:
    """Makes all figures again from the rows; says how many days, and whether none are left.

    A day's figures stay until its new ones are there, so who reads meanwhile finds the old or the new ones, never none.
    """
    days = _again(at) + roll_up(at=at)
    for _try in range(TRIES):
        if not _is_behind():
            break
        time.sleep(PAUSE_SECONDS)  # an older transaction is still at work
        days += roll_up(at=at)
    return days, not _is_behind()


def _again(at: datetime) -> int:
    """Every day that is rolled up, newest first, in bounded batches; then what lies outside these days goes."""
    until = RollupState.objects.filter(pk=1).values_list("rolled_until", flat=True).first()
    if until is None:
        return 0
    first = _first_day(until)
    end, done = until, 0
    while days := _days_before(end, first):
        with _alone():
            _write_anew(days, at)
        done += len(days)
        end = days[0]
    with _alone():
        RollupState.objects.filter(pk=1).update(formula=FORMULA, older_until=None)
        DailyFigure.objects.filter(grain__in=DailyFigure.Grain.values, on__lt=first).delete()
        ChangedDay.objects.filter(on__lt=first).delete()
        MonthlyFigure.objects.filter(on__lt=first.replace(day=1)).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE kpi_rollupstate SET months = ARRAY(SELECT month FROM unnest(months) AS month"
                " WHERE month >= date_trunc('month', %s::date)::date) WHERE id = 1",
                [first],
            )
        _advance(None)
    return done


@contextmanager
def _alone() -> Iterator[None]:
    """One transaction, after whoever rolls up now."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def _is_behind() -> bool:
    return not RollupState.objects.filter(pk=1, rolled_until__gte=F("closed_until")).exists()
