"""A letter that was not posted after all, or on another day: what followed from it is taken back, with author and reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import cancel_clocks, resume_clocks
from contacts.actions.make_letter import Kind, State
from contacts.actions.post_letter import post_letter
from contacts.actions.restop_clocks import restop, run_on, stopped_at
from contacts.actions.undo_registration import UNDO_TIME
from contacts.models import CallbackRequest, Contact, OutgoingLetter, Question
from contacts.norms.promises import LETTER_ANSWER
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


def may_unpost(user: User, letter: OutgoingLetter, at: datetime) -> bool:
    """Who posted it within a minute; after that whoever may correct deadlines."""
    mine = letter.settled_by_id == user.pk and letter.settled_at is not None and at - letter.settled_at <= UNDO_TIME
    return mine or user.may(Right.CLOCK_CORRECT)


@one_transaction
def unpost_letter(
    *, letter: OutgoingLetter, by: User, at: datetime, reason: str = "", is_moved: bool = False
) -> OutgoingLetter:
    """The letter waits again. Without a reason only by who posted it, within a minute; `Refused` when it waits already."""
    reason = normalize.clean_line(reason, 200)
    with changing(letter.question, by=by, at=at, reason="letter not posted") as question:
        row = OutgoingLetter.objects.select_for_update(of=("self",)).select_related("contact").get(pk=letter.pk)
        if row.state != State.POSTED or row.contact is None:
            raise Refused(_("This letter waits to be posted already."))
        if not may_unpost(by, row, at):
            raise Refused(_("It is too late to undo this. Ask somebody who may correct deadlines."))
        is_undo = row.settled_by_id == by.pk and row.settled_at is not None and at - row.settled_at <= UNDO_TIME
        if not reason and not is_undo:
            raise Refused(_("Write down why this is corrected."), "reason")
        contact = row.contact
        row.state, row.contact, row.posted_on, row.settled_at, row.settled_by = State.WAITING, None, None, None, None
        row.version += 1
        sign(row, by=by, at=at, reason=f"not posted: {reason}" if reason else "undone")
        row.save()
        _take_back(row, question, contact, by=by, at=at, reason=reason or _("Undone at once"), is_moved=is_moved)
    letter.refresh_from_db()
    return letter


@one_transaction
def redate_letter(*, letter: OutgoingLetter, by: User, at: datetime, posted_on: date, reason: str) -> OutgoingLetter:
    """It was posted on another day; `Refused` for the day that stands there."""
    if posted_on == letter.posted_on:
        raise Refused(_("This day stands with the letter already."), "posted_on")
    unpost_letter(letter=letter, by=by, at=at, reason=reason, is_moved=True)
    post_letter(letter=letter, by=by, at=at, posted_on=posted_on, reason="other day")
    return letter


def _take_back(
    row: OutgoingLetter, question: Question, contact: Contact, *, by: User, at: datetime, reason: str, is_moved: bool
) -> None:
    moment = contact.received_at
    others = Contact.objects.filter(questions=question, is_answer=True, direction=Contact.Direction.OUT)
    other = others.exclude(pk=contact.pk).order_by("received_at").first()
    if contact.is_answer and question.answered_at == moment:
        question.answered_at = other.received_at if other is not None else None
    if row.then == "close" and question.closed_at == moment and question.status == Question.Status.CLOSED:
        question.status, question.close_reason = Question.Status.IN_PROGRESS, ""
        question.closed_at = question.closed_on = None
        _call_again(question, moment, by=by, at=at)
    elif row.then == "waiting" and question.status == Question.Status.WAITING:
        question.status = Question.Status.IN_PROGRESS
        run_on(question, moment, by=by, at=at, cause="letter not posted", reason=reason, is_moved=is_moved)
        resume_clocks(question, by=by, at=at, cause="letter not posted")
    question.contact_count -= 1
    sign(contact, by=by, at=at, reason="letter not posted")
    contact.delete()
    if row.kind == Kind.ACKNOWLEDGEMENT:
        cancel_clocks(question, by=by, at=at, cause="letter not posted", codes=frozenset({LETTER_ANSWER}))
    stop = question.answered_at
    restop(stopped_at(question, moment), stop=stop, by=by, at=at, cause="letter not posted", reason=reason)


def _call_again(question: Question, moment: datetime, *, by: User, at: datetime) -> None:
    """Somebody must call after all: the request that ended when the letter closed the question."""
    state = CallbackRequest.State
    rows = CallbackRequest.objects.select_for_update().filter(question=question).order_by("-pk")
    callback = rows.first()
    if callback is not None and callback.state == state.CANCELLED and callback.settled_at == moment:
        callback.state, callback.settled_at, callback.settled_by = state.OPEN, None, None
        callback.version += 1
        sign(callback, by=by, at=at, reason="letter not posted")
        callback.save()
