"""Looks at every finished day once and writes what it noticed; ends what is over. Safe to run twice at once, or late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction

from kpi.actions.gather_signals import Finding, Judged, Past, judge_day
from kpi.models import RollupState, Signal, SignalState
from organisation.snapshot import organisation
from organisation.workdays import local_day

LOCK: Final = 5_020_002
"""Advisory lock of the watch: one worker at a time."""
AT_FIRST: Final = 5
"""So many days are looked at when the watch begins."""
MOST_DAYS: Final = 14
"""After a long outage the older days are left: nobody can act on them any more."""
SILENT: Final = timedelta(days=28)
"""A watch without enough to judge for so long is over."""


def sweep_signals(*, at: datetime) -> int:
    """Judges every finished day that is rolled up and not judged yet; gives how many. Two small queries when there is none."""
    if not _days_due(at):
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        days = _days_due(at)  # again: somebody may just have finished
        if days:
            judge_days(days, at=at)
        return len(days)


def judge_days(days: Sequence[date], *, at: datetime) -> None:
    """Writes what these days gave, oldest first, and how far the watch is now."""
    past = Past(days, house=organisation(), at=at)
    for day in days:
        _write(judge_day(past, day, is_newest=day == days[-1]), at=at)
    SignalState.objects.update_or_create(pk=1, defaults={"judged_until": days[-1] + timedelta(days=1)})


def _days_due(at: datetime) -> list[date]:
    rolled_until = RollupState.objects.filter(pk=1).values_list("rolled_until", flat=True).first()
    if rolled_until is None:
        return []
    judged_until = SignalState.objects.filter(pk=1).values_list("judged_until", flat=True).first()
    until = min(rolled_until, local_day(at))
    first = judged_until or until - timedelta(days=AT_FIRST)
    first = max(first, until - timedelta(days=MOST_DAYS))
    return [first + timedelta(days=step) for step in range((until - first).days)]


def _write(judged: Judged, *, at: datetime) -> None:
    findings = {finding.watch: finding for finding in judged.findings}
    for signal in Signal.objects.filter(back_on=None).select_for_update().order_by("pk"):
        finding = findings.get(signal.watch)
        if finding is not None and (finding.period.kind == "day" or finding.period.first == signal.first):
            findings.pop(signal.watch)
            Signal.objects.filter(pk=signal.pk).update(seen_until=judged.day)
        elif finding is not None or _is_over(signal, judged):
            _end(signal, judged.day)
    for finding in findings.values():
        _begin(finding, judged.day, at)


def _is_over(signal: Signal, judged: Judged) -> bool:
    if signal.kind == Signal.Kind.AT_RISK and judged.day >= signal.last:
        return True  # the month is over: whether it was missed is told by itself
    return signal.watch in judged.back or judged.day - signal.seen_until > SILENT


def _end(signal: Signal, day: date) -> None:
    """As usual again. Who is following it up goes on until it is settled."""
    signal.back_on = day
    if signal.state == Signal.State.OPEN:
        signal.state = Signal.State.OVER
        signal.version += 1
    signal.save()


def _begin(finding: Finding, day: date, at: datetime) -> None:
    """Told once per watch and period: a month that is in danger again opens the signal that was over."""
    code, team_id, subject_id = finding.key
    period = finding.period
    known = Signal.objects.filter(watch=finding.watch, first=period.first).select_for_update().first()
    if known is not None:
        known.back_on, known.seen_until = None, day
        if known.state == Signal.State.OVER:
            known.state, known.facts, known.found_at = Signal.State.OPEN, finding.facts, at
            known.version += 1
        known.save()
        return
    Signal.objects.create(
        kind=finding.kind,
        code=code,
        team_id=team_id,
        subject_id=subject_id,
        period_kind=period.kind,
        first=period.first,
        last=period.last,
        seen_until=day,
        watch=finding.watch,
        facts=finding.facts,
        found_at=at,
    )
