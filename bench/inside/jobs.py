"""The work without a screen (`python -m bench.inside.jobs settle_due|take_in_mail`): 10,000 clocks that ran out, 500 mails taken in."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from channels_app.adapters.email.sandbox import Sandbox
from contacts.actions.settle import settle_due
from contacts.actions.take_in_mail import take_in_mail
from contacts.models import NormClock, Question, ServiceNorm
from organisation.clock import now
from organisation.models import WorkingCalendar

CLOCKS = 10_000
MAILS = 500


def _run_out(code: str, count: int, at: datetime) -> None:
    """Clocks under this norm that ran out a minute ago, on so many open questions that have none."""
    norm = ServiceNorm.objects.get(code=code, team=None)
    calendar = WorkingCalendar.objects.get(is_default=True)
    chosen = Question.objects.filter(status__in=["new", "in_progress"]).exclude(
        pk__in=NormClock.objects.filter(code=code).values("question")
    )
    rows = chosen.order_by("-pk").values("pk", "team_id", "channel", "question_contacts__contact_id")[: max(count, 0)]
    due = at - timedelta(minutes=1)
    clocks = [
        NormClock(
            question_id=row["pk"],
            contact_id=row["question_contacts__contact_id"],
            norm=norm,
            code=code,
            norm_version=1,
            unit=norm.unit,
            length=norm.length,
            calendar=calendar,
            calendar_version=1,
            team_id=row["team_id"],
            channel=row["channel"],
            started_at=due - timedelta(days=4),
            due_at=due,
            soon_at=due - timedelta(days=1),
            escalate_at=due + timedelta(days=2),
        )
        for row in rows
    ]
    NormClock.objects.bulk_create(clocks, batch_size=2000, ignore_conflicts=True)


def settle() -> dict[str, Any]:
    """Clocks that ran out a minute ago on questions that are open: marked, and assignee and lead told."""
    at = now()
    settle_due(at=at)
    for code in ("handover.answer", "complaint.settle"):
        _run_out(code, CLOCKS - NormClock.objects.filter(state="running", due_at__lte=at).count(), at)
    waiting = NormClock.objects.filter(state="running", due_at__lte=at).count()
    begun = time.monotonic()
    done = settle_due(at=at)
    seconds = time.monotonic() - begun
    again = settle_due(at=at)
    errors = int(done.missed != waiting) + again.missed + again.told_lead
    return {"workload": "settle_due", "count": done.missed, "seconds": round(seconds, 2), "errors": errors}


def mail() -> dict[str, Any]:
    """Mails of different senders, through the very steps that mail from a mailbox takes."""
    at = now()
    times, errors = [], 0
    with Sandbox() as sandbox:
        for number in range(MAILS):
            raw = (
                f"From: Meting {number} <meting{number}.{at.timestamp():.0f}@voorbeeld.nl>\r\nTo: servicecentrum@opmeer.example\r\n"
                f"Subject: Vraag over mijn container {number}\r\nMessage-ID: <meting.{number}.{at.timestamp()}@voorbeeld.nl>\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                + "De container bij ons huis is niet geleegd. Komt u nog langs? "
                * 5
            ).encode()
            begun = time.monotonic()
            result = take_in_mail(raw=raw, source="bench", at=now(), sandbox=sandbox)
            times.append(time.monotonic() - begun)
            errors += result.as_dict().get("outcome") != "registered"
    times.sort()
    return {
        "workload": "take_in_mail",
        "count": MAILS,
        "seconds": round(sum(times), 2),
        "rps": round(MAILS / sum(times), 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "errors": errors,
    }


if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 60000")
    json.dump({"settle_due": settle, "take_in_mail": mail}[sys.argv[1]](), sys.stdout)
