"""Whatever happens to the questions of a customer, and in whatever order: who waits for an answer has a promise, and no invariant breaks."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, take
from contacts.actions.callback import attempt, request_callback, withdraw
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.edit_question import edit_question
from contacts.actions.forward import forward
from contacts.actions.log_conversation import log_conversation
from contacts.actions.merge import merge_questions
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.actions.reopen import reopen
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.actions.split import split
from contacts.invariants import check_all
from contacts.models import CallbackRequest, Contact, Customer, Question
from contacts.receivers import message_settled
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from organisation.models import User
from tests.cast import Cast

FEW = 15
EXAMPLES = int(os.environ.get("LIFE_EXAMPLES", FEW))
"""Always the same few in the suite; `LIFE_EXAMPLES=500 script/test tests/contacts/test_random_life.py` plays others."""
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
MAIL = "dewit@voorbeeld.nl"
Act = Callable[[Question, Cast, User, datetime], object]


def _callback(question: Question) -> CallbackRequest:
    found = CallbackRequest.objects.filter(question=question, state="open").first()
    if found is None:
        raise Refused("nobody asked to be called")
    return found


def _other(question: Question) -> Question:
    found = Question.objects.exclude(pk=question.pk).filter(customer=question.customer_id).order_by("pk").first()
    if found is None:
        raise Refused("there is no other")
    return found


def _mail(question: Question, at: datetime, *, channel: str = "email") -> object:
    return receive_reply(
        question=question,
        at=at,
        received_at=at,
        channel=channel,
        customer=question.customer,
        text="En nu?",
        address=MAIL,
    )


def _comes(question: Question, by: User, at: datetime, end: str, channel: str = "phone") -> object:
    asked = Asked(add_to=question.pk, text="Vroeg het weer", end=end)
    return register(
        by=by, at=at, channel=channel, received_at=at, asked=[asked], customer=question.customer, text="Weer"
    )


def _asks(customer: Customer | NewCustomer | None, by: User, at: datetime, channel: str, **asked: object) -> Question:
    made = register(
        by=by,
        at=at,
        channel=channel,
        received_at=at,
        asked=[Asked(**asked)],  # type: ignore[arg-type]
        customer=customer,
        text="Waar blijft de ophaler?",
    )
    return made.questions[0]


def _reply(question: Question, by: User, at: datetime, then: str) -> object:
    return answer(question=question, by=by, at=at, text="Tekst", to_address=MAIL, then=then)


def _said(question: Question, by: User, at: datetime, *, is_answer: bool, then: str = "stay") -> object:
    return log_conversation(
        question=question, by=by, at=at, channel="phone", text="Gebeld", is_answer=is_answer, then=then
    )


def _undelivered(question: Question, at: datetime) -> None:
    sent = OutboundMessage.objects.filter(purpose="reply", state="queued", contact__questions=question).first()
    if sent is None:
        raise Refused("nothing was sent")
    sent.state, sent.error = "failed", "550"
    sent.save()
    message_settled(sender=None, message=sent)


ACTS: dict[str, Act] = {
    "take": lambda q, cast, by, at: take(question=q, by=by, at=at),
    "give back": lambda q, cast, by, at: assign(question=q, by=by, at=at, to=None),
    "answer": lambda q, cast, by, at: _reply(q, by, at, "close"),
    "answer, stays": lambda q, cast, by, at: _reply(q, by, at, "stay"),
    "interim": lambda q, cast, by, at: _reply(q, by, at, "interim"),
    "ask back": lambda q, cast, by, at: _reply(q, by, at, "waiting"),
    "ask back by phone": lambda q, cast, by, at: ask_customer(question=q, by=by, at=at),
    "resume": lambda q, cast, by, at: resume(question=q, by=by, at=at),
    "answer by phone": lambda q, cast, by, at: _said(q, by, at, is_answer=True, then="close"),
    "answer by phone, stays": lambda q, cast, by, at: _said(q, by, at, is_answer=True),
    "talk": lambda q, cast, by, at: _said(q, by, at, is_answer=False),
    "customer mails": lambda q, cast, by, at: _mail(q, at),
    "customer writes on the page": lambda q, cast, by, at: _mail(q, at, channel="form"),
    "customer calls": lambda q, cast, by, at: _comes(q, by, at, "open"),
    "customer calls and is answered": lambda q, cast, by, at: _comes(q, by, at, "direct"),
    "customer visits": lambda q, cast, by, at: _comes(q, by, at, "open", "reception"),
    "customer visits anew": lambda q, cast, by, at: _asks(q.customer, by, at, "appointment", end="forward"),
    "call-back": lambda q, cast, by, at: request_callback(question=q, by=by, at=at, phone="0612345678"),
    "reached": lambda q, cast, by, at: attempt(callback=_callback(q), by=by, at=at, outcome="reached", note="Zo"),
    "reached and answered": lambda q, cast, by, at: attempt(
        callback=_callback(q), by=by, at=at, outcome="reached", note="Zo", is_answer=True
    ),
    "not reached": lambda q, cast, by, at: attempt(callback=_callback(q), by=by, at=at, outcome="voicemail"),
    "no call any more": lambda q, cast, by, at: withdraw(callback=_callback(q), by=by, at=at, reason="Kwam langs"),
    "hand over": lambda q, cast, by, at: forward(
        question=q, by=by, at=at, team_id=cast.burgerzaken.pk, reason="Past daar"
    ),
    "hand back": lambda q, cast, by, at: forward(
        question=q, by=by, at=at, team_id=cast.openbare_ruimte.pk, reason="Toch niet"
    ),
    "complaint": lambda q, cast, by, at: _kind(q, cast, by, at, "complaint"),
    "question": lambda q, cast, by, at: _kind(q, cast, by, at, "question"),
    "close": lambda q, cast, by, at: close(question=q, by=by, at=at, reason="no_reaction_needed"),
    "cancel": lambda q, cast, by, at: cancel(question=q, by=by, at=at, reason="spam"),
    "reopen": lambda q, cast, by, at: reopen(question=q, by=by, at=at, reason="Toch nog iets"),
    "merge": lambda q, cast, by, at: merge_questions(keep=_other(q), merge=q, by=by, at=at),
    "split": lambda q, cast, by, at: split(question=q, by=by, at=at, title="En nog iets"),
    "not delivered": lambda q, cast, by, at: _undelivered(q, at),
    "job": lambda q, cast, by, at: settle_due(at=at),
    "mails anew": lambda q, cast, by, at: _asks(q.customer, by, at, "email", subject_id=cast.grofvuil.pk),
    "calls anew": lambda q, cast, by, at: _asks(
        q.customer, by, at, "phone", end="callback", callback=CallbackAsked(phone="0612345678")
    ),
}


def _kind(question: Question, cast: Cast, by: User, at: datetime, kind: str) -> object:
    return edit_question(
        question=question,
        by=by,
        at=at,
        title="Anders",
        subject_id=cast.grofvuil.pk,
        kind=kind,
        version=Question.objects.get(pk=question.pk).version,
    )


def owed(question: Question) -> bool:
    """Whether the customer waits: asked something, and was not answered since."""
    asked = (
        Contact.objects.filter(questions=question, direction="in", is_automatic=False).order_by("received_at").last()
    )
    return asked is not None and (question.answered_at is None or question.answered_at < asked.received_at)


def check(question: Question, story: list[str]) -> None:
    question.refresh_from_db()
    if question.is_open and question.status != "waiting" and owed(question):
        assert question.due_at is not None, f"{question.number}: nothing was promised after {story}"


STEP = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 1), st.sampled_from([1, 30, 24 * 60, 6 * 24 * 60]))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES == FEW,
    suppress_health_check=list(HealthCheck),
)
@given(
    channel=st.sampled_from(["email", "phone", "letter", "form", "reception"]),
    steps=st.lists(STEP, min_size=3, max_size=12),
)
def test_who_waits_has_a_promise(cast: Cast, channel: str, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        _play(cast, channel, steps)
        transaction.set_rollback(True)


def _play(cast: Cast, channel: str, steps: list[tuple[str, int, int]]) -> None:
    at = MONDAY
    customer = NewCustomer(name="De Wit", email=MAIL, phone="0612345678")
    _asks(customer, cast.fatima, at, channel, subject_id=cast.grofvuil.pk, end="open")
    story = [channel]
    for name, which, minutes in steps:
        at += timedelta(minutes=minutes)
        questions = list(Question.objects.order_by("pk"))
        question = questions[which % len(questions)]
        with time_machine.travel(at, tick=False):
            try:
                with transaction.atomic():
                    ACTS[name](question, cast, cast.sanne, at)
            except (Refused, Http404):
                continue
        story.append(f"{name} {question.number[-1]} +{minutes}")
        for one in Question.objects.order_by("pk"):
            check(one, story)
    OutboundMessage.objects.filter(state="queued").update(state="sent", sent_at=at)
    with time_machine.travel(at, tick=False):
        broken = [found for found in check_all() if found.violations]
    assert not broken, f"{broken} after {story}"
