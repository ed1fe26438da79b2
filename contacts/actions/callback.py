"""Call-back requests: asked for, tried, done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize, status
from contacts.actions.answer import add_contact, after_message
from contacts.actions.call_made import done
from contacts.actions.change import changing
from contacts.actions.clocks import (
    cancel_clocks,
    live_clocks,
    pause_clocks,
    resume_clocks,
    start_clocks,
    stop_clocks,
)
from contacts.actions.note import add_note
from contacts.models import CallbackAttempt, CallbackRequest, Contact, Question
from contacts.norms.promises import CALLBACK, HANDED_ON, KEPT_BY_A_MACHINE
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

State = CallbackRequest.State
Outcome = CallbackAttempt.Outcome
LONGEST_NOTE = 300
"""Of a try; what was said when the customer was reached is a contact of its own, whole."""


@one_transaction
def request_callback(
    *,
    question: Question,
    by: User,
    at: datetime,
    phone: str,
    name: str = "",
    moment: str = "",
    version: int | None = None,
) -> CallbackRequest:
    """Promises a call; its clock starts now. One open request a question. One that waited for the customer waits for us from now on."""
    _check_phone(phone)
    with changing(question, by=by, at=at, version=version, reason="call-back asked") as fresh:
        if not fresh.is_open:
            raise Refused(_("This question is closed. Reopen it first."))
        if CallbackRequest.objects.filter(question=fresh, state=State.OPEN).exists():
            raise Refused(_("There is already an open call-back request on this question."))
        contact = add_contact(fresh, by=by, at=at, text=_("Call-back asked for."), channel="phone", is_answer=False)
        contact.direction = Contact.Direction.IN
        contact.save_without_historical_record()  # type: ignore[attr-defined]
        callback = CallbackRequest(
            question=fresh,
            contact=contact,
            phone=normalize.clean_line(phone, 40),
            name=normalize.clean_line(name, 200),
            moment=normalize.clean_line(moment, 100),
            created_at=at,
            created_by=by,
        )
        _save(callback, by=by, at=at)
        if fresh.status == Question.Status.WAITING:
            fresh.status = status.after("resume", fresh.status)
            resume_clocks(fresh, by=by, at=at, cause="call-back asked")
        start_clocks(fresh, contact, [CALLBACK], by=by, at=at)
    return callback


@one_transaction
def change_callback(
    *,
    callback: CallbackRequest,
    by: User,
    at: datetime,
    phone: str,
    name: str = "",
    moment: str = "",
    version: int | None = None,
) -> CallbackRequest:
    """Another number, name or moment; the promise stays the one that was made."""
    _check_phone(phone)
    with changing(callback.question, by=by, at=at, version=version, reason="call-back changed"):
        fresh = _locked(callback)
        fresh.phone = normalize.clean_line(phone, 40)
        fresh.name = normalize.clean_line(name, 200)
        fresh.moment = normalize.clean_line(moment, 100)
        fresh.version += 1
        _save(fresh, by=by, at=at)
    return fresh


@one_transaction
def attempt(
    *,
    callback: CallbackRequest,
    by: User,
    at: datetime,
    outcome: str,
    note: str = "",
    is_answer: bool = False,
    then: str = "stay",
    version: int | None = None,
) -> CallbackAttempt:
    """Records a try. Reached: the promise is kept and a conversation is on the timeline (the answer, when said so).

    Not reached: the clock runs on, and after three tries the screens ask a person to choose (`TRIES`).
    """
    if outcome not in Outcome.values:
        raise Refused(_("Choose how the call went."), "outcome")
    note = normalize.clean(note, 10_000)
    if outcome == Outcome.REACHED and is_answer and not note:
        raise Refused(_("Write down what was said."), "note")
    if outcome != Outcome.REACHED and len(note) > LONGEST_NOTE:  # of a talk the timeline has every word
        told = {"limit": LONGEST_NOTE, "count": len(note)}
        raise Refused(_("The note is too long: at most %(limit)s characters. It has %(count)s.") % told, "note")
    with changing(callback.question, by=by, at=at, version=version, reason=f"call-back: {outcome}") as question:
        fresh = _locked(callback)
        tried = CallbackAttempt.objects.create(callback=fresh, at=at, by=by, outcome=outcome, note=note[:LONGEST_NOTE])
        if outcome == Outcome.REACHED:
            done(fresh, question, by=by, at=at)
            add_contact(question, by=by, at=at, text=note or _("Called back."), channel="phone", is_answer=is_answer)
            if question.is_open:
                after_message(
                    question,
                    by=by,
                    at=at,
                    is_answer=is_answer,
                    then="close" if is_answer and then == "close" else "stay",
                )
                promise_on(question, fresh, by=by, at=at)
    return tried


@one_transaction
def withdraw(
    *,
    callback: CallbackRequest,
    by: User,
    at: datetime,
    reason: str,
    unreachable: bool = False,
    version: int | None = None,
) -> CallbackRequest:
    """Ends the request without a call; the reason is a note on the question. Unreachable after tries: the clock is judged as it stands; else it is cancelled."""
    reason = normalize.clean_line(reason, 200)
    if not reason:
        raise Refused(_("Write in a few words why nobody needs to call any more."), "reason")
    with changing(callback.question, by=by, at=at, version=version, reason="call-back withdrawn") as question:
        fresh = _locked(callback)
        fresh.state = State.UNREACHABLE if unreachable else State.CANCELLED
        fresh.settled_at, fresh.settled_by = at, by
        fresh.version += 1
        _save(fresh, by=by, at=at)
        codes = frozenset({CALLBACK})
        if unreachable and fresh.attempts.exists():
            stop_clocks(question, by=by, at=at, cause="not reached", codes=codes)
        else:
            cancel_clocks(question, by=by, at=at, cause="call-back withdrawn", codes=codes)
        promise_on(question, fresh, by=by, at=at)
        add_note(question=question, by=by, at=at, text=_("Call-back request ended: %(reason)s") % {"reason": reason})
    return fresh


def _check_phone(phone: str) -> None:
    if not 6 <= len(normalize.phone(phone)) <= 15:
        raise Refused(_("Fill in the number that we must call back."), "phone")


def _locked(callback: CallbackRequest) -> CallbackRequest:
    fresh = CallbackRequest.objects.select_for_update().get(pk=callback.pk)
    if fresh.state != State.OPEN:
        raise Refused(_("This call-back request was already settled."))
    return fresh


def promise_on(question: Question, callback: CallbackRequest, *, by: User, at: datetime) -> None:
    """The call was the only promise of a question by phone: while it is open and not answered it gets that of one that was handed on (ADR 11)."""
    is_answered = question.answered_at is not None and question.answered_at >= callback.created_at
    is_promised = any(clock.code not in KEPT_BY_A_MACHINE for clock in live_clocks(question))
    if not question.is_open or is_answered or is_promised:
        return
    start_clocks(question, callback.contact, [HANDED_ON], by=by, at=at)
    if question.status == Question.Status.WAITING:
        pause_clocks(question, by=by, at=at, cause="waiting for customer")


def _save(callback: CallbackRequest, *, by: User, at: datetime) -> None:
    sign(callback, by=by, at=at)
    callback.save()
