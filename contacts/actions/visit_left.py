"""A visitor leaves before anybody helped: the question ends without an answer. For a moment that can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts.actions.change import changing
from contacts.actions.clocks import State
from contacts.actions.close import finish
from contacts.actions.replace_clock import start_anew
from contacts.actions.undo_registration import UNDO_TIME
from contacts.actions.visit_wait import is_waiting
from contacts.actions.warn_visit import visit_of_today, warn
from contacts.models import CallbackRequest, Contact, NormClock, Note, Notice, Question
from contacts.models.contact import UNDONE
from contacts.norms.visits import AT_THE_DOOR
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

LEFT: Final = "visitor_left"
"""Remark of the contact, once for each of its questions: it stays a visit, but nobody was helped."""


def has_left(question: Question, contact: Contact) -> bool:
    """One visitor may ask two things, and be helped with one of them."""
    return question.close_reason == Question.CloseReason.NO_REACTION_NEEDED and LEFT in contact.remarks


@one_transaction
def visit_left(*, number: str, by: User, at: datetime) -> Question:
    """A promise that still ran ends and counts nowhere; one that was broken stays broken. Who was warned need not come any more."""
    if not by.may(Right.VISITS_WRITE):
        raise PermissionDenied
    visit = visit_of_today(number, by=by, at=at)
    question = visit.question
    if CallbackRequest.objects.filter(question=question, state=CallbackRequest.State.OPEN).exists():
        raise Refused(_("We promised to call this visitor back, so this question stays open."))
    if not is_waiting(question):
        raise Refused(_("This visitor is helped already."))
    # the version stays: nobody went on with the question
    with changing(question, by=by, at=at, is_back=True, is_edit=False, reason="visitor left") as fresh:
        finish(fresh, by=by, at=at, reason=Question.CloseReason.NO_REACTION_NEEDED)
    note = Note(question=question, text=_("The visitor left before anybody helped."), created_at=at, created_by=by)
    sign(note, by=by, at=at)
    note.save()
    _remark(visit.contact, [*visit.contact.remarks, LEFT], by=by, at=at)
    question.notices.filter(kind=Notice.Kind.VISITOR_WAITS, read_at__isnull=True).delete()
    return question


@one_transaction
def visitor_is_back(*, number: str, by: User, at: datetime) -> Question:
    """Only by who said that the visitor left, within a minute; the promises run on from when the visitor came, and who was warned is warned again."""
    if not by.may(Right.VISITS_WRITE):
        raise PermissionDenied
    visit = visit_of_today(number, by=by, at=at)
    question, left_at = visit.question, visit.question.closed_at
    last = question.history.first()  # type: ignore[attr-defined]
    if not has_left(question, visit.contact) or left_at is None or last is None or last.history_user_id != by.pk:
        raise Refused(_("Something happened to this question since. Open it to see how it is now."))
    if at - left_at > UNDO_TIME:
        raise Refused(_("It is too late to undo this. Register the visit again."))
    ended = NormClock.objects.select_for_update().filter(
        question=question, state=State.CANCELLED, settled_at=left_at, replaced_by=None
    )
    with changing(question, by=by, at=at, is_back=True, is_edit=False, reason=UNDONE) as fresh:
        was_handed = fresh.assignee_id is not None
        fresh.status = Question.Status.IN_PROGRESS if was_handed else Question.Status.NEW
        fresh.close_reason = ""
        fresh.closed_at = fresh.closed_on = None
        for clock in ended.order_by("id"):
            start_anew(clock, by=by, at=at, cause="undone")
    Note.objects.filter(question=question, created_by=by, created_at=left_at).delete()
    remarks = list(visit.contact.remarks)
    remarks.remove(LEFT)
    _remark(visit.contact, remarks, by=by, at=at)
    if visit.contact.registered_at - visit.contact.received_at <= AT_THE_DOOR:
        warn(question, since=visit.contact.received_at, by=by, at=at)
    return question


def _remark(contact: Contact, remarks: list[str], *, by: User, at: datetime) -> None:
    contact.remarks = remarks
    contact.version += 1
    sign(contact, by=by, at=at)
    contact.save()
