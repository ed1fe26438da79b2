"""A letter that was not posted after all, or on another day: what followed from it is taken back, with author and reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import cancel_clocks, resume_clocks
from contacts.actions.letter_questions import lock_questions
from contacts.actions.make_letter import Kind, State
from contacts.actions.post_letter import POSTED, post_letter
from contacts.actions.remind_letters import remind_again
from contacts.actions.restop_clocks import restop, run_on, stopped_at, take_up
from contacts.actions.undo_registration import UNDO_TIME
from contacts.answers import first_answer_since, last_answer
from contacts.models import CallbackRequest, Contact, NormClock, OutgoingLetter, Question
from contacts.models.contact import NOT_POSTED
from contacts.norms.promises import CALLBACK, LETTER_ANSWER
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
    questions = lock_questions(letter, by=by)
    with changing(questions[0], by=by, at=at, reason=NOT_POSTED, is_back=True) as question:
        row = OutgoingLetter.objects.select_for_update(of=("self",)).select_related("contact").get(pk=letter.pk)
        if row.state != State.POSTED or row.contact is None:
            raise Refused(_("This letter waits to be posted already."))
        if not may_unpost(by, row, at):
            raise Refused(_("It is too late to undo this. Ask somebody who may correct deadlines."))
        is_undo = row.settled_by_id == by.pk and row.settled_at is not None and at - row.settled_at <= UNDO_TIME
        if not reason and not is_undo:
            raise Refused(_("Write down why this is corrected."), "reason")
        contact, posted_at = row.contact, row.settled_at
        before = [_status_before(one, contact, posted_at) for one in questions]
        row.state, row.contact, row.posted_on, row.settled_at, row.settled_by = State.WAITING, None, None, None, None
        row.version += 1
        sign(row, by=by, at=at, reason=f"not posted: {reason}" if reason else "undone")
        row.save()
        remind_again(row, ended_at=posted_at)
        why = reason or _("Undone at once")
        _take_back(row, question, contact, before[0], by=by, at=at, reason=why, is_moved=is_moved)
        for one, its_own in zip(questions[1:], before[1:], strict=True):
            with changing(one, by=by, at=at, reason=NOT_POSTED, is_back=True) as named:
                _take_back(row, named, contact, its_own, by=by, at=at, reason=why, is_moved=is_moved)
        sign(contact, by=by, at=at, reason=NOT_POSTED)
        contact.delete()
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


def _status_before(question: Question, contact: Contact, posted_at: datetime | None) -> str:
    """What posting found; “in progress” when people went on with the question since, for then somebody works on it."""
    steps = question.history.filter(history_change_reason=POSTED, history_date=posted_at)  # type: ignore[attr-defined]
    posting = steps.order_by("-history_id").first()
    others = Contact.objects.filter(questions=question, registered_at__gte=posted_at, is_automatic=False)
    if posting is None or posting.version != question.version or others.exclude(pk=contact.pk).exists():
        return Question.Status.IN_PROGRESS
    earlier = question.history.filter(history_id__lt=posting.history_id)  # type: ignore[attr-defined]
    found = earlier.order_by("-history_id").values_list("status", flat=True).first()
    return str(found or Question.Status.IN_PROGRESS)


def _take_back(
    row: OutgoingLetter,
    question: Question,
    contact: Contact,
    before: str,
    *,
    by: User,
    at: datetime,
    reason: str,
    is_moved: bool,
) -> None:
    moment = contact.received_at
    waited = before == Question.Status.WAITING and not is_moved
    if contact.is_answer and question.answered_at == moment:
        question.answered_at = last_answer(question, besides=contact)
    if row.then == "close" and question.closed_at == moment and question.status == Question.Status.CLOSED:
        question.status, question.close_reason = before if waited else _at_work(before), ""
        question.closed_at = question.closed_on = None
        _call_again(question, moment, by=by, at=at, is_moved=is_moved)
    elif row.then == "waiting" and question.status == Question.Status.WAITING and before != question.status:
        question.status = before
        run_on(question, moment, by=by, at=at, cause=NOT_POSTED, reason=reason, is_moved=is_moved)
        resume_clocks(question, by=by, at=at, cause=NOT_POSTED)
    elif question.status == Question.Status.IN_PROGRESS:
        question.status = _at_work(before)
    question.contact_count -= 1
    if row.kind == Kind.ACKNOWLEDGEMENT:
        cancel_clocks(question, by=by, at=at, cause=NOT_POSTED, codes=frozenset({LETTER_ANSWER}))
    still_from = moment if waited else None
    clocks = stopped_at(question, moment)
    asked_at = min((clock.started_at for clock in clocks), default=moment)
    restop(
        clocks,
        question=question,
        stop=first_answer_since(question, asked_at, besides=contact),
        by=by,
        at=at,
        cause=NOT_POSTED,
        reason=reason,
        still_from=still_from,
    )


def _at_work(before: str) -> str:
    """New when it was; a question whose clocks run is not waiting."""
    return Question.Status.NEW if before == Question.Status.NEW else Question.Status.IN_PROGRESS


def _call_again(question: Question, moment: datetime, *, by: User, at: datetime, is_moved: bool) -> None:
    """Somebody must call after all: the request that ended when the letter closed the question, with its promise."""
    state = CallbackRequest.State
    rows = CallbackRequest.objects.select_for_update().filter(question=question).order_by("-pk")
    callback = rows.first()
    if callback is not None and callback.state == state.CANCELLED and callback.settled_at == moment:
        callback.state, callback.settled_at, callback.settled_by = state.OPEN, None, None
        callback.version += 1
        sign(callback, by=by, at=at, reason=NOT_POSTED)
        callback.save()
        ended = NormClock.objects.select_for_update().filter(
            question=question, code=CALLBACK, state=NormClock.State.CANCELLED, settled_at=moment, replaced_by=None
        )
        for clock in ended.order_by("id"):
            is_still = question.status == Question.Status.WAITING
            take_up(clock, ended_at=moment, is_still=is_still, by=by, at=at, cause=NOT_POSTED, is_moved=is_moved)
