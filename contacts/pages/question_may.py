"""Which acts the question screen offers: those that fit the status and the person; every act looks again by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contacts import normalize, status
from contacts.actions.extend_complaint import EXTENDED
from contacts.actions.start_talk import talk_source
from contacts.models import CallbackRequest, Question
from contacts.norms.promises import COMPLAINT
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User


def may_do(question: Question, user: User, facts: dict[str, Any]) -> dict[str, bool]:
    """Only buttons that fit the status and the person."""
    writes = user.may(Right.QUESTIONS_WRITE)
    has_callback = any(row["state"] == CallbackRequest.State.OPEN for row in facts["callbacks_"])
    return {
        "write": writes,
        "reply": writes and status.may("interim", question.status),
        "take": writes
        and status.may("take", question.status)
        and question.assignee_id != user.pk
        and question.assignee_id is None,
        "assign": writes and status.may("take", question.status),
        "forward": writes and status.may("forward", question.status),
        "wait": writes and question.status in ("new", "in_progress"),
        "resume": writes and status.may("resume", question.status),
        "close": writes and status.may("close", question.status),
        "reopen": writes and status.may("reopen", question.status) and question.merged_into_id is None,
        "cancel": writes and status.may("cancel", question.status),
        "callback": writes and question.is_open and not has_callback,
        "correct": user.may(Right.CLOCK_CORRECT) and bool(facts["clocks_"]),
        "extend": writes and _may_be_extended(facts["clocks_"]),
        "talk": writes
        and question.is_open
        and question.customer_id is not None
        and talk_source() is not None  # first: reading a number takes longer than all the rest
        and any(row["kind"] in ("phone", "whatsapp") and normalize.mobile(row["value"]) for row in facts["addresses_"])
        and not any(row["source"] for row in facts["contacts_"]),
        "letter": writes and question.is_open and question.channel == "letter",
    }


def _may_be_extended(clocks: list[dict[str, Any]]) -> bool:
    """A complaint whose deadline runs and was not extended yet; the act itself looks again."""
    of_complaint = [row for row in clocks if row["code"] == COMPLAINT]
    was_extended = any(EXTENDED in event["detail"] for row in of_complaint for event in row["events"] or [])
    return not was_extended and any(row["state"] == "running" for row in of_complaint)
