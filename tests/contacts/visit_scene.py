"""Visitors who come at a moment, and everything that can happen to a visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine

from channels_app.models import OutboundMessage
from contacts.actions.assign import assign, take
from contacts.actions.callback import request_callback
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.customers import create_customer
from contacts.actions.edit_question import edit_question
from contacts.actions.forward import forward
from contacts.actions.log_conversation import log_conversation
from contacts.actions.merge import merge_customers
from contacts.actions.note import add_note
from contacts.actions.notify import mark_read
from contacts.actions.put_back import put_back
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, NewCustomer, register
from contacts.actions.reopen import reopen
from contacts.actions.settle import settle_due
from contacts.actions.split import split
from contacts.actions.undo_close import undo_close
from contacts.actions.undo_registration import undo_registration
from contacts.actions.visit_fetched import visit_fetched, visit_not_fetched
from contacts.actions.visit_left import visit_left, visitor_is_back
from contacts.actions.warn_visit import register_visit
from contacts.invariants import check_all
from contacts.models import NormClock, Question
from contacts.norms.promises import VISIT
from tests.cast import Cast
from tests.contacts.test_visits import AT

MINUTE = timedelta(minutes=1)
NIGHT = AT + timedelta(days=1)
Act = Callable[[Question, Cast, datetime], object]


def comes(cast: Cast, *, at: datetime = AT, came: datetime | None = None, **given: object) -> Question:
    """A visitor, by the host at the door; `came` earlier: written down afterwards by the desk."""
    asked = {"text": "Over de stoep", "end": "forward", "team_id": cast.openbare_ruimte.pk}
    asked |= {name: given.pop(name) for name in ("end", "team_id", "assignee_id") if name in given}
    if asked["end"] == "direct":
        asked.pop("team_id")
    told = {"channel": "reception", "asked": [Asked(**asked)], "customer": NewCustomer(name="Mevr. Vriend")} | given  # type: ignore[arg-type]
    with time_machine.travel(at, tick=False):
        if came is None:
            return register_visit(by=cast.receptie, at=at, **told)[0].questions[0]
        return register(by=cast.fatima, at=at, received_at=came, **told).questions[0]  # type: ignore[arg-type]


def waits(question: Question) -> NormClock:
    """The one clock of this visit that counts."""
    return NormClock.objects.get(question=question, code=VISIT, replaced_by=None)


def sound() -> None:
    """Nothing is wrong; what waits to be mailed has left."""
    OutboundMessage.objects.filter(state="queued").update(state="sent", sent_at=AT)
    assert [found for found in check_all() if found.violations] == []


ACTS: dict[str, Act] = {
    "take": lambda q, cast, at: take(question=q, by=cast.henk, at=at),
    "let go": lambda q, cast, at: assign(question=q, by=cast.henk, at=at, to=None),
    "give": lambda q, cast, at: assign(question=q, by=cast.ria, at=at, to=cast.henk),
    "put back": lambda q, cast, at: put_back(number=q.number, version=q.version, by=cast.ria, at=at),
    "fetch": lambda q, cast, at: visit_fetched(number=q.number, by=cast.receptie, at=at),
    "not fetched": lambda q, cast, at: visit_not_fetched(number=q.number, by=cast.receptie, at=at),
    "leave": lambda q, cast, at: visit_left(number=q.number, by=cast.receptie, at=at),
    "back": lambda q, cast, at: visitor_is_back(number=q.number, by=cast.receptie, at=at),
    "double": lambda q, cast, at: cancel(question=q, by=cast.fatima, at=at, reason="duplicate"),
    "no double": lambda q, cast, at: undo_close(question=q, version=q.version, by=cast.fatima, at=at),
    "undo": lambda q, cast, at: undo_registration(contact_id=q.contacts.get().pk, by=cast.receptie, at=at),
    "hand on": lambda q, cast, at: forward(
        question=q, by=cast.ria, at=at, team_id=cast.burgerzaken.pk, reason="Past daar"
    ),
    "take there": lambda q, cast, at: take(question=q, by=cast.bas, at=at),
    "answer": lambda q, cast, at: close(question=q, by=cast.henk, at=at, reason="answered", text="Uitgelegd."),
    "talk": lambda q, cast, at: log_conversation(
        question=q, by=cast.henk, at=at, channel="reception", text="Gesproken", is_answer=False
    ),
    "send on": lambda q, cast, at: close(question=q, by=cast.henk, at=at, reason="passed_on"),
    "call back": lambda q, cast, at: request_callback(question=q, by=cast.fatima, at=at, phone="0226363333"),
    "know": lambda q, cast, at: merge_customers(
        keep=create_customer(by=cast.sanne, at=at, name="T. Vriend"),
        merge=q.customer,  # type: ignore[arg-type]
        by=cast.sanne,
        at=at,
    ),
    "note": lambda q, cast, at: add_note(question=q, by=cast.fatima, at=at, text="Staat in de hal."),
    "edit": lambda q, cast, at: edit_question(
        question=q, by=cast.fatima, at=at, title="Stoep", subject_id=cast.grofvuil.pk, kind="question", version=1
    ),
    "complaint": lambda q, cast, at: edit_question(
        question=q, by=cast.fatima, at=at, title="Stoep", subject_id=None, kind="complaint", version=1
    ),
    "reopen": lambda q, cast, at: reopen(question=q, by=cast.henk, at=at, reason="Toch nog iets"),
    "split": lambda q, cast, at: split(question=q, by=cast.fatima, at=at, title="En nog iets"),
    "open": lambda q, cast, at: mark_read(user=cast.henk, at=at, question=q),
    "look": lambda q, cast, at: mark_read(user=cast.ria, at=at, question=q),
    "comes again": lambda q, cast, at: register(
        by=cast.fatima, at=at, channel="counter", received_at=at, asked=[Asked(add_to=q.pk, text="Weer")]
    ),
    "mails": lambda q, cast, at: receive_reply(
        question=q, at=at, received_at=at, channel="email", customer=None, text="Ik ben er al."
    ),
    "job": lambda q, cast, at: settle_due(at=at),
}
