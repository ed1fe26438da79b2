"""N contacts over some years as INSERT … SELECT: 330 characters of Dutch each, and what belongs to them.

3.3 percent of the old questions and half of those of the last 53 days are open; `kraanvogel` stands in 0.1 percent of the
texts, `lantaarnpaal` in 12.5 percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models

from bench.inside.texts import NAMES, SENTENCES, STREETS
from channels_app.models import Call
from contacts import models as desk
from contacts.models.question import FAR_FUTURE
from organisation.models import Subject, User

TABLES = (
    desk.Customer,
    desk.ContactAddress,
    Call,
    desk.Contact,
    desk.Question,
    desk.QuestionContact,
    desk.Assignment,
    desk.NormClock,
    desk.ClockEvent,
)
CODES = {
    12: "email.answer", 13: "email.answer", 14: "email.answer", 15: "form.answer", 16: "form.answer",
    17: "letter.respond", 18: "chat.first_response", 19: "social.respond",
}  # fmt: skip


def array(values: Sequence[object]) -> str:
    """A literal array for SQL, of our own words and numbers."""
    return "ARRAY[" + ",".join(quoted(value) if isinstance(value, str) else str(value) for value in values) + "]"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def on_local_day(moment: str) -> str:
    return f"(({moment}) AT TIME ZONE 'Europe/Amsterdam')::date"


class Loader:
    """One INSERT … SELECT per table over `generate_series`."""

    def __init__(self, count: int, *, end: datetime, years: int = 3) -> None:
        self.count = count
        self.days = 365 * years
        self.end = end
        self.base = {model: self._last_id(model) for model in TABLES}

    def _last_id(self, model: type[models.Model]) -> int:
        return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0  # type: ignore[attr-defined]

    def statement(self, model: type[models.Model], select: dict[str, str], where: str = "TRUE", extra: str = "") -> str:
        """Columns that `select` leaves out get the model's default as a constant."""
        columns, values = [], []
        for field in model._meta.concrete_fields:
            if field.generated:
                continue
            columns.append(f'"{field.column}"')
            values.append(select.get(field.column) or _constant(field))
        unknown = set(select) - {field.column for field in model._meta.concrete_fields}
        if unknown:
            raise LookupError(f"{model.__name__} has no {unknown}")
        return (
            f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(values)}'
            f" FROM ({self.frame()}) AS r {extra} WHERE {where}"
        )

    def frame(self) -> str:
        """Per contact: its number, moment, channel, subject, team and whether it is open."""
        count = self.count
        subjects = list(Subject.objects.filter(parent__isnull=False).order_by("pk").select_related("parent"))
        teams = [subject.team_id or (subject.parent.team_id if subject.parent else None) for subject in subjects]
        users = list(
            User.objects.filter(memberships__role="team_member").order_by("pk").distinct().values_list("pk", flat=True)
        )
        channels = ["phone"] * 9 + ["counter"] * 3 + ["email"] * 3 + ["form"] * 2 + ["letter", "chat", "social"]
        return f"""
            SELECT i, i + {self.base[desk.Question]} AS question, i + {self.base[desk.Contact]} AS contact,
                (i + 1) / 2 + {self.base[desk.Customer]} AS customer, i % 20 AS kind,
                timestamptz '{self.end.isoformat()}' - interval '{self.days} days' * (({count} - i)::float8 / {count}) AS at,
                CASE WHEN {count} - i < {count} * 53 / {self.days}.0 THEN i % 2 = 0 ELSE i % 30 = 0 END AS is_open,
                ({array(channels)})[1 + i % 20] AS channel,
                ({array([subject.pk for subject in subjects])})[1 + (i * 7) % {len(subjects)}] AS subject,
                ({array([team or 1 for team in teams])})[1 + (i * 7) % {len(subjects)}] AS team,
                ({array(users)})[1 + (i * 5) % {len(users)}] AS person,
                s.s[1 + (i * 7) % {len(SENTENCES)}] || ' ' || s.s[1 + (i * 11 + 3) % {len(SENTENCES)}] || ' ' ||
                s.s[1 + (i * 13 + 9) % {len(SENTENCES)}] || ' ' || s.s[1 + (i * 17 + 5) % {len(SENTENCES)}] || ' ' ||
                s.s[1 + (i / 3) % {len(SENTENCES)}] ||
                CASE WHEN i % 1000 = 7 THEN ' Op het dak zat een kraanvogel.' ELSE '' END ||
                CASE WHEN i % 8 = 3 THEN ' De lantaarnpaal is kapot.' ELSE '' END AS text
            FROM generate_series(1::bigint, {count}::bigint) AS i, (SELECT {array(SENTENCES)} AS s) AS s"""

    def statements(self) -> tuple[list[str], list[str]]:
        """Two lists that can run beside each other."""
        at_answer = "r.at + interval '1 hour' * (1 + r.i % 70)"
        open_status = "CASE WHEN r.i % 11 = 0 THEN 'waiting' WHEN r.i % 3 = 0 THEN 'new' ELSE 'in_progress' END"
        status = f"CASE WHEN r.is_open THEN {open_status} ELSE 'closed' END"
        due = "r.at + interval '1 day' * (4 + r.i % 7)"
        shown_due = f"CASE WHEN r.is_open AND r.i % 11 <> 0 THEN {due} END"
        assignee = "CASE WHEN NOT r.is_open OR r.i % 3 <> 0 THEN r.person END"
        closed_at = f"CASE WHEN NOT r.is_open THEN {at_answer} END"
        number = "'OPM-' || to_char(r.at AT TIME ZONE 'Europe/Amsterdam', 'YYYY') || '-' || to_char(r.question + 10000, 'FM000000000')"
        people = self.statement(
            desk.Customer,
            {
                "id": "r.customer",
                "kind": "'person'",
                "salutation": "CASE WHEN r.i % 4 = 0 THEN 'mr' ELSE 'mrs' END",
                "name": f"chr(65 + (r.i % 26)::int) || '. ' || n.n[1 + (r.i * 3) % {len(NAMES)}]",
                "street": f"t.t[1 + r.i % {len(STREETS)}]",
                "house_number": "(1 + r.i % 140)::text",
                "postcode": "(1715 + r.i % 5)::text || chr(65 + (r.i % 26)::int) || chr(65 + (r.i / 26 % 26)::int)",
                "place": "'Opmeer'",
                "search_text": f"lower(chr(65 + (r.i % 26)::int) || '. ' || n.n[1 + (r.i * 3) % {len(NAMES)}] || ' ' ||"
                f" t.t[1 + r.i % {len(STREETS)}] || ' ' || (1 + r.i % 140)::text || ' ' || (1715 + r.i % 5)::text ||"
                " chr(65 + (r.i % 26)::int) || chr(65 + (r.i / 26 % 26)::int) || ' opmeer')",
                "created_at": "r.at",
            },
            where="r.i % 2 = 1",
            extra=f", (SELECT {array(NAMES)} AS n) AS n, (SELECT {array(STREETS)} AS t) AS t",
        )
        phones = self.statement(
            desk.ContactAddress,
            {
                "id": f"(r.i + 1) / 2 + {self.base[desk.ContactAddress]}",
                "customer_id": "r.customer",
                "kind": "CASE WHEN r.i % 4 = 1 THEN 'phone' ELSE 'email' END",
                "value": "CASE WHEN r.i % 4 = 1 THEN '06 ' || lpad(r.i::text, 8, '0') ELSE 'klant' || r.i || '@voorbeeld.nl' END",
                "normalized": "CASE WHEN r.i % 4 = 1 THEN '316' || lpad(r.i::text, 8, '0') ELSE 'klant' || r.i || '@voorbeeld.nl' END",
            },
            where="r.i % 2 = 1",
        )
        questions = self.statement(
            desk.Question,
            {
                "id": "r.question",
                "number": number,
                "kind": "CASE WHEN r.i % 5 = 0 THEN 'report' ELSE 'question' END",
                "subject_id": "r.subject",
                "customer_id": "r.customer",
                "channel": "r.channel",
                "title": "left(split_part(r.text, '.', 1), 120)",
                "summary": "r.text",
                "status": status,
                "close_reason": "CASE WHEN r.is_open THEN '' WHEN r.kind < 12 AND r.i % 3 > 0 THEN 'direct' ELSE 'answered' END",
                "team_id": "r.team",
                "assignee_id": assignee,
                "received_at": "r.at",
                "registered_at": "r.at",
                "registered_by_id": "r.person",
                "answered_at": closed_at,
                "closed_at": closed_at,
                "closed_on": on_local_day(closed_at),
                "is_direct": "NOT r.is_open AND r.kind < 12 AND r.i % 3 > 0",
                "due_at": shown_due,
                "soon_at": f"CASE WHEN r.is_open AND r.i % 11 <> 0 THEN {due} - interval '1 day' END",
                "sort_at": f"coalesce({shown_due}, timestamptz '{FAR_FUTURE}')",
                "last_contact_at": "r.at",
                "contact_count": "1",
            },
        )
        contacts = self.statement(
            desk.Contact,
            {
                "id": "r.contact",
                "customer_id": "r.customer",
                "channel": "r.channel",
                "received_at": "r.at",
                "registered_at": "r.at",
                "registered_by_id": "r.person",
                "text": "r.text",
                "is_answer": "NOT r.is_open AND r.kind < 12 AND r.i % 3 > 0",
                "call_id": f"CASE WHEN r.kind < 9 THEN r.i + {self.base[Call]} END",
            },
        )
        links = self.statement(
            desk.QuestionContact,
            {
                "id": f"r.i + {self.base[desk.QuestionContact]}",
                "question_id": "r.question",
                "contact_id": "r.contact",
                "is_first": "TRUE",
            },
        )
        held = self.statement(
            desk.Assignment,
            {
                "id": f"r.i + {self.base[desk.Assignment]}",
                "question_id": "r.question",
                "team_id": "r.team",
                "assignee_id": assignee,
                "reason": "'Onderwerp hoort bij dit team'",
                "from_at": "r.at",
            },
        )
        calls = self.statement(
            Call,
            {
                "id": f"r.i + {self.base[Call]}",
                "source": "'bench'",
                "external_key": "r.contact::text",
                "queue": "'Algemeen'",
                "entered_at": "r.at",
                "answered_at": "r.at + interval '1 second' * (5 + r.i % 31)",
                "ended_at": "r.at + interval '3 minutes'",
                "outcome": "CASE WHEN r.i % 19 = 0 THEN 'abandoned' ELSE 'answered' END",
                "wait_seconds": "5 + r.i % 31",
                "entered_on": on_local_day("r.at"),
            },
            where="r.kind < 9",
        )
        norms = {norm.code: norm for norm in desk.ServiceNorm.objects.filter(team=None)}
        code = f"({array([CODES[kind] for kind in range(12, 20)])})[r.kind - 11]"
        norm_id = f"({array([norms[CODES[kind]].pk for kind in range(12, 20)])})[r.kind - 11]"
        state = (
            "CASE WHEN NOT r.is_open AND r.i % 23 > 0 THEN 'met' WHEN r.is_open AND r.i % 11 = 0 THEN 'paused'"
            f" WHEN {due} > timestamptz '{self.end.isoformat()}' THEN 'running' ELSE 'missed' END"
        )
        met = f"{state} = 'met'"
        settled_at = f"CASE WHEN {met} THEN {at_answer} WHEN {state} = 'missed' THEN {due} END"
        told = f"CASE WHEN {state} = 'missed' THEN {due} END"
        clock_id = f"r.i + {self.base[desk.NormClock]}"
        clocks = self.statement(
            desk.NormClock,
            {
                "id": clock_id,
                "question_id": "r.question",
                "contact_id": "r.contact",
                "norm_id": norm_id,
                "code": code,
                "norm_version": "1",
                "unit": "'working_days'",
                "length": "3",
                "calendar_id": "(SELECT id FROM organisation_workingcalendar WHERE is_default)",
                "calendar_version": "1",
                "team_id": "r.team",
                "channel": "r.channel",
                "subject_id": "r.subject",
                "state": state,
                "started_at": "r.at",
                "due_at": f"CASE WHEN {met} THEN r.at + interval '11 days' ELSE {due} END",
                "soon_at": f"{due} - interval '1 day'",
                "escalate_at": f"{due} + interval '2 days'",
                "stopped_at": f"CASE WHEN {met} THEN {at_answer} END",
                "settled_at": settled_at,
                "settled_on": on_local_day(f"({settled_at}) - interval '1 microsecond'"),
                "paused_at": f"CASE WHEN {state} = 'paused' THEN r.at + interval '1 hour' END",
                "remaining": f"CASE WHEN {state} = 'paused' THEN 2 END",
                "soon_told_at": f"CASE WHEN {state} IN ('running', 'missed') THEN {due} - interval '1 day' END",
                "late_told_at": told,
                "escalated_at": told,
            },
            where="r.kind >= 12",
        )
        events = [
            self.statement(
                desk.ClockEvent,
                {
                    "id": f"2 * r.i + {offset} + {self.base[desk.ClockEvent]}",
                    "clock_id": clock_id,
                    "kind": kind,
                    "at": moment,
                    "cause": "'bench'",
                    "due_at": due,
                    "norm_version": "1",
                    "calendar_version": "1",
                },
                where=where,
            )
            for offset, kind, moment, where in (
                (0, "'started'", "r.at", "r.kind >= 12"),
                (1, state, f"({settled_at})", f"r.kind >= 12 AND {state} IN ('met', 'missed')"),
            )
        ]
        return [questions, people, phones], [contacts, links, held, calls, clocks, *events]


def _constant(field: models.Field[Any, Any]) -> str:
    if field.null:
        return "NULL"
    default = field.default if field.has_default() else ""
    if default in (list, dict):
        return "'[]'::jsonb" if default is list else "'{}'::jsonb"
    if isinstance(default, bool):
        return "TRUE" if default else "FALSE"
    return str(default) if isinstance(default, int) else f"'{default}'"
