"""The figures without a screen (`python -m bench.inside.figures NAME`): counted again, kept current, put in a report, and set beside plain SQL.

Each prints a list of JSON objects.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

from contacts.models import Question
from kpi.actions.issue_report import ask_report, make_reports
from kpi.models import ChangedDay, DailyFigure, ReportFile, ReportJob
from kpi.periods import QUARTER, YEAR, period_of
from kpi.reading import Ask, _rolled_up, read
from kpi.rollups import rebuild, roll_up
from kpi.scope import Scope
from organisation.clock import now
from organisation.models import User
from organisation.workdays import local_day

CHANGES = 1_000
CHANGED_DAYS = 7
RUNS = 5
Lines = list[dict[str, Any]]
PLAIN = {
    ("email.answer", "team"): """
        SELECT team_id::text, COUNT(*) FILTER (WHERE state = 'met'), COUNT(*) FROM contacts_normclock
        WHERE code = 'email.answer' AND replaced_by_id IS NULL AND state IN ('met', 'missed')
            AND settled_on >= %(first)s AND settled_on <= %(last)s GROUP BY 1""",
    ("contacts.digital", "channel"): """
        SELECT channel, COUNT(*) FILTER (WHERE channel IN ('email', 'form', 'chat', 'whatsapp', 'social', 'app')), COUNT(*)
        FROM contacts_contact c WHERE direction = 'in' AND NOT is_automatic AND NOT remarks @> '["reopened_by_employee"]'
            AND received_at >= %(first)s::timestamp AT TIME ZONE 'Europe/Amsterdam'
            AND received_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
            AND EXISTS (SELECT 1 FROM contacts_questioncontact qc JOIN contacts_question q ON q.id = qc.question_id
                WHERE qc.contact_id = c.id AND q.status <> 'cancelled') GROUP BY 1""",
    ("questions.asked", "subject"): """
        SELECT subject_id::text, COUNT(*), COUNT(*) FROM contacts_question
        WHERE merged_into_id IS NULL AND status <> 'cancelled'
            AND close_reason NOT IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected')
            AND received_at >= %(first)s::timestamp AT TIME ZONE 'Europe/Amsterdam'
            AND received_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' GROUP BY 1""",
    ("phone.pickup", ""): """
        SELECT '', COUNT(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= pickup_limit_seconds), COUNT(*)
        FROM channels_app_call WHERE outcome NOT IN ('test', 'outside_hours')
            AND NOT (outcome = 'abandoned' AND wait_seconds <= short_abandon_seconds)
            AND entered_on >= %(first)s AND entered_on <= %(last)s""",
}
"""The reference: what somebody would write who has no roll-up, over the last whole year."""


def group_by() -> Lines:
    """The same numbers twice: by GROUP BY over the rows, and as the dashboard reads them."""
    at = now()
    today = local_day(at)
    period = period_of(YEAR, date(today.year - 1, 1, 1))

    def plain() -> dict[Any, Any]:
        found = {}
        with connection.cursor() as cursor:
            for (code, by), sql in PLAIN.items():
                cursor.execute(sql, {"first": period.first, "last": period.last})
                found |= {(code, by, key or ""): (hits, rows) for key, hits, rows in cursor.fetchall()}
        return found

    def rolled_up() -> dict[Any, Any]:
        _rolled_up.cache_clear()
        asks = [Ask((code,), (period,), by) for code, by in PLAIN]
        answers = read(asks, Scope(period), at=at, today=today)
        return {
            (code, ask.by, key): (tally.numerator, tally.denominator)
            for ask, answer in zip(asks, answers, strict=True)
            for (code, _bucket, key), tally in answer.items()
        }

    expected, by_sql = _timed(plain)
    found, by_roll_up = _timed(rolled_up)
    differ = sum(expected.get(key) != found.get(key) for key in {*expected, *found})
    shared = {"figures": len(expected), "year": period.first.year}
    return [
        {"workload": "figures_group_by", **shared, "p50_ms": by_sql, "errors": 0},
        {"workload": "figures_rolled_up", **shared, "p50_ms": by_roll_up, "errors": differ},
    ]


def _timed(work: Callable[[], dict[Any, Any]]) -> tuple[dict[Any, Any], float]:
    """What it gives, and the median of some runs in milliseconds."""
    found, times = work(), []
    for _run in range(RUNS):
        begun = time.perf_counter()
        found = work()
        times.append((time.perf_counter() - begun) * 1000)
    return found, round(median(times), 1)


def catch_up() -> Lines:
    """What waits to be rolled up, as the sweep does it; a migration may have noted every day as changed."""
    begun = time.perf_counter()
    days = roll_up(at=now())
    return [{"workload": "figures_catch_up", "days": days, "seconds": round(time.perf_counter() - begun, 2)}]


def changes() -> Lines:
    """A thousand questions of the last finished days change hands; then the sweep runs once."""
    at = now()
    roll_up(at=at)
    last = local_day(at) - timedelta(days=1)
    rows = Question.objects.filter(
        received_at__date__gt=last - timedelta(days=CHANGED_DAYS), received_at__date__lte=last
    )
    teams = list(Question.objects.order_by().values_list("team_id", flat=True).distinct()[:2])
    found = list(rows.order_by("id").values_list("pk", "team_id"))
    chosen = found[:: max(1, len(found) // CHANGES)][:CHANGES]  # of all these days
    for pk, team in chosen:
        Question.objects.filter(pk=pk).update(team_id=teams[team == teams[0]])
    noted = ChangedDay.objects.filter(on__lte=last).values("on").distinct().count()
    begun = time.perf_counter()
    days = roll_up(at=now())
    seconds = round(time.perf_counter() - begun, 2)
    errors = int(ChangedDay.objects.exists()) + int(days < noted)
    return [{"workload": "figures_changes", "count": len(chosen), "days": days, "seconds": seconds, "errors": errors}]


def report() -> Lines:
    """The report of the last quarter, asked for on the screen and made by the worker: counted, frozen, Excel, CSV and PDF."""
    at = now()
    period = period_of(QUARTER, local_day(at)).previous()
    job = ask_report(period=period, team=None, by=User.objects.get(username="sanne"), at=at, reason="bench")
    begun = time.perf_counter()
    make_reports(at=now())
    seconds = round(time.perf_counter() - begun, 2)
    job.refresh_from_db()
    files = ReportFile.objects.filter(report=job.report).count()
    errors = int(job.state != ReportJob.State.DONE) + int(files != 3)
    return [{"workload": "figures_report", "files": files, "seconds": seconds, "errors": errors}]


def count_again() -> Lines:
    """All figures dropped and made from the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    before, begun, own = _cpu(pid), time.perf_counter(), time.process_time()
    days, is_through = rebuild(at=now())
    told: dict[str, Any] = {"workload": "figures_rebuild", "days": days, "figures": DailyFigure.objects.count()}
    told["seconds"] = round(time.perf_counter() - begun, 1)
    told["cpu_s"] = round(_cpu(pid) - before + time.process_time() - own, 1)
    return [{**told, "errors": int(not is_through)}]


def _cpu(pid: int) -> float:
    """Processor time of the database's process for this connection, when it runs on this machine."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


JOBS = {
    "figures_catch_up": catch_up,
    "figures_group_by": group_by,
    "figures_report": report,
    "figures_changes": changes,
    "figures_rebuild": count_again,
}

if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    json.dump(JOBS[sys.argv[1]](), sys.stdout)
