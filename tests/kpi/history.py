"""Rows for the figures' tests, written straight into the tables: the figures must be right whatever made the rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from channels_app.models import Call
from contacts.models import Assignment, Contact, NormClock, Question, QuestionContact, ServiceNorm, TextLevel
from kpi.models import DailyFigure
from organisation.models import WorkingCalendar
from organisation.workdays import AMSTERDAM, local_day
from tests.cast import Cast

_numbers = count(1)


def local(text: str) -> datetime:
    """`2026-11-16 09:41` on the clock in Opmeer."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def question(cast: Cast, *, received: datetime, channel: str = "phone", **more: object) -> Question:
    """A question with its first contact."""
    number = next(_numbers)
    status = more.pop("status", "new")
    closed = status in ("closed", "cancelled")
    fields = {
        "number": f"T-{number:06d}",
        "title": f"Vraag {number}",
        "channel": channel,
        "team": cast.burgerzaken,
        "subject": cast.paspoort,
        "status": status,
        "received_at": received,
        "registered_at": received,
        "last_contact_at": received,
        "closed_at": received if closed else None,
        "closed_on": local_day(received) if closed else None,
        **more,
    }
    row = Question.objects.create(**fields)
    Assignment.objects.create(question=row, team=row.team, reason="eerste", from_at=received)
    add_contact(row, received=received, channel=channel, is_first=True)
    return row


def add_contact(
    row: Question, *, received: datetime, channel: str = "phone", is_first: bool = False, **more: object
) -> Contact:
    contact = Contact.objects.create(
        channel=channel, direction="in", received_at=received, registered_at=received, customer=row.customer, **more
    )
    QuestionContact.objects.create(question=row, contact=contact, is_first=is_first)
    return contact


def clock(
    row: Question,
    code: str,
    *,
    started: datetime,
    due: datetime,
    stopped: datetime | None = None,
    state: str = "",
    norm: ServiceNorm | None = None,
) -> NormClock:
    """A clock that settled: met when stopped before `due`, else missed at `due`; or running when `state` says so."""
    norm = norm or ServiceNorm.objects.get(code=code)
    state = state or ("met" if stopped is not None and stopped < due else "missed")
    settled = None if state in ("running", "paused") else stopped if state in ("met", "cancelled") else due
    return NormClock.objects.create(
        question=row,
        contact=row.contacts.order_by("pk")[0],
        norm=norm,
        code=code,
        norm_version=norm.version,
        unit=norm.unit,
        length=norm.length,
        calendar=WorkingCalendar.objects.get(is_default=True),
        calendar_version=1,
        team=row.team,
        channel=row.channel,
        subject=row.subject,
        state=state,
        started_at=started,
        due_at=due,
        soon_at=started,
        escalate_at=due + timedelta(days=2),
        stopped_at=stopped if state == "met" else None,
        settled_at=settled,
        settled_on=local_day(settled) if settled else None,
    )


def text_level(row: Question, *, left: datetime, level: str = "B1", channel: str = "email") -> TextLevel:
    """A text of ours that left, with its level."""
    contact = add_contact(row, received=left, channel=channel)
    Contact.objects.filter(pk=contact.pk).update(direction="out")
    return TextLevel.objects.create(
        contact=contact,
        question=row,
        channel=channel,
        team=row.team,
        subject=row.subject,
        left_at=left,
        level=level,
        score=70,
        words=40 if level else 3,
        sentences=4,
        method=2,
    )


def call(entered: datetime, *, outcome: str = "answered", wait: int = 10, **more: object) -> Call:
    return Call.objects.create(
        source="test",
        external_key=f"c{next(_numbers)}",
        entered_at=entered,
        entered_on=local_day(entered),
        outcome=outcome,
        wait_seconds=wait,
        answered_at=entered + timedelta(seconds=wait) if outcome == "answered" else None,
        ended_at=entered + timedelta(seconds=wait + 120),
        **more,
    )


def rows_of_figures() -> list[tuple]:
    """Everything that is rolled up, in a fixed order."""
    return list(
        DailyFigure.objects.order_by("grain", "measure", "on", "team", "channel", "subject", "quarter").values_list(
            "grain", "measure", "on", "team", "channel", "subject", "quarter", "numerator", "denominator", "highest"
        )
    )


def twelve_mails(cast: Cast) -> None:
    """E-mails of Openbare Ruimte on one Monday, of which nine answered in time and three not at all."""
    for number in range(12):
        at = local(f"2026-11-16 10:{number:02d}")
        row = question(cast, received=at, channel="email", team=cast.openbare_ruimte, subject=cast.grofvuil)
        stopped = local("2026-11-17 10:00") if number < 9 else None
        clock(row, "email.answer", started=at, due=local("2026-11-20 00:00"), stopped=stopped)
