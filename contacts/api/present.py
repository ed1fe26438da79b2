"""Rows of the API as dictionaries; no query here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contacts.api.fields import as_moment
from contacts.norms.clock import last_day_of
from organisation.snapshot import Organisation
from organisation.workdays import local_day

ROW = (
    "id", "number", "title", "kind", "status", "channel", "subject_id", "team_id", "received_at", "due_at",
)  # fmt: skip
COUNT = "contacts_seen"
"""How many contacts of the question the client may see."""
CUSTOMER = ("customer_id", "customer__name")


def is_overdue(row: dict[str, Any], at: datetime) -> bool:
    """All that the clock alone changes in a question."""
    return row["due_at"] is not None and row["due_at"] <= at


def question_row(row: dict[str, Any], house: Organisation, at: datetime, *, with_customer: bool) -> dict[str, Any]:
    """One question from `.values(*ROW, COUNT)`; the customer only for clients that may read customers."""
    subject = house.subjects.get(row["subject_id"])
    shown = {
        "number": row["number"],
        "title": row["title"],
        "kind": row["kind"],
        "status": row["status"],
        "channel": row["channel"],
        "subject": subject.code if subject else None,
        "team": house.teams[row["team_id"]].code if row["team_id"] in house.teams else "",
        "receivedAt": as_moment(row["received_at"]),
        "dueAt": as_moment(row["due_at"]),
        "isOverdue": is_overdue(row, at),
        "contactCount": row[COUNT],
    }
    if with_customer:
        shown["customer"] = (
            {"id": row["customer_id"], "name": row["customer__name"]} if row["customer_id"] is not None else None
        )
    return shown


def contact_row(row: dict[str, Any]) -> dict[str, Any]:
    """One contact from `.values()`."""
    return {
        "id": row["id"],
        "channel": row["channel"],
        "direction": row["direction"],
        "receivedAt": as_moment(row["received_at"]),
        "text": row["text"],
        "isAnswer": row["is_answer"],
        "isAutomatic": row["is_automatic"],
    }


def clock_row(row: dict[str, Any]) -> dict[str, Any]:
    """One clock from `.values()`; `lastDay` is the date that people are told."""
    return {
        "code": row["code"],
        "state": row["state"],
        "startedAt": as_moment(row["started_at"]),
        "dueAt": as_moment(row["due_at"]),
        "lastDay": local_day(last_day_of(row["due_at"])).isoformat(),
        "stoppedAt": as_moment(row["stopped_at"]),
    }
