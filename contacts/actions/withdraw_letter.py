"""A letter that is not needed any more before it was posted; its text stays to go on with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.change import changing
from contacts.actions.letter_questions import lock_questions
from contacts.actions.make_letter import State
from contacts.actions.remind_letters import end_reminders, remind_again
from contacts.models import OutgoingLetter
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User


@one_transaction
def withdraw_letter(*, letter: OutgoingLetter, by: User, at: datetime) -> OutgoingLetter:
    """Twice is once; `Refused` when it was posted."""
    questions = lock_questions(letter, by=by)
    with changing(questions[0], by=by, at=at, reason="letter withdrawn", is_back=True):
        row = OutgoingLetter.objects.select_for_update().get(pk=letter.pk)
        if row.state == State.POSTED:
            raise Refused(_("This letter was posted already."))
        if row.state == State.WAITING:
            _withdraw(row, by=by, at=at)
    letter.refresh_from_db()
    return letter


def withdraw_waiting(question: Question, *, by: User | None, at: datetime) -> None:
    """Letters of a locked question that is no question after all."""
    for row in OutgoingLetter.objects.select_for_update().filter(question=question, state=State.WAITING).order_by("pk"):
        _withdraw(row, by=by, at=at)


def wait_after_all(question: Question, *, ended_at: datetime, by: User, at: datetime) -> None:
    """Those that were withdrawn with the (locked) question at that moment, when it goes on after all."""
    withdrawn = OutgoingLetter.objects.select_for_update().filter(
        question=question, state=State.WITHDRAWN, settled_at=ended_at
    )
    for row in withdrawn.order_by("pk"):
        row.state, row.settled_at, row.settled_by = State.WAITING, None, None
        row.version += 1
        sign(row, by=by, at=at, reason="undone")
        row.save()
        remind_again(row, ended_at=ended_at)


def _withdraw(row: OutgoingLetter, *, by: User | None, at: datetime) -> None:
    row.state, row.settled_at, row.settled_by = State.WITHDRAWN, at, by
    row.version += 1
    sign(row, by=by, at=at, reason="withdrawn")
    row.save()
    end_reminders(row, at=at)


def move_letters(gone: Question, keep: Question, *, by: User, at: datetime) -> None:
    """Letters that wait go on with the question that stays, and name it once; both are locked."""
    for row in OutgoingLetter.objects.select_for_update().filter(also=gone, state=State.WAITING).order_by("pk"):
        row.also.remove(gone)
        if row.question_id != keep.pk:
            row.also.add(keep)
    for row in OutgoingLetter.objects.select_for_update().filter(question=gone, state=State.WAITING).order_by("pk"):
        row.question = keep
        row.also.remove(keep)
        row.version += 1
        sign(row, by=by, at=at, reason="merged")
        row.save()
