"""Adds a contact to a question that exists: the clock goes on, a waiting question is taken up, a closed one is reopened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from contacts import status
from contacts.actions.answer import after_message
from contacts.actions.assign import hold_if_nobody_does
from contacts.actions.back_in_use import to_a_team_in_use
from contacts.actions.change import changing
from contacts.actions.clocks import live_clocks, resume_clocks
from contacts.actions.promise_again import promise_again
from contacts.actions.tell import tell
from contacts.actions.visit_wait import came_again
from contacts.models import Contact, Note, Notice, Question, QuestionContact
from contacts.norms.promises import KEPT_BY_A_MACHINE
from organisation.errors import Refused
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from organisation.models import User


def may_reopen(question: Question, received_at: datetime) -> bool:
    """Whether a reaction at this moment reopens the closed question (norms-and-kpis §3)."""
    if question.merged_into_id or question.status != Question.Status.CLOSED or question.closed_at is None:
        return False
    return received_at <= question.closed_at + timedelta(days=organisation().municipality.reopen_days)


def attach(
    *, question_id: int, contact: Contact, by: User | None, at: datetime, text: str = "", end: str = "open"
) -> Question:
    """Links the contact. A person's reaction resumes or reopens; a machine's changes nothing else. Raises `Refused`.

    `end` direct: the customer was answered in this very contact, and the question is closed.
    """
    found = Question.objects.filter(pk=question_id).first()
    if found is None:
        raise Http404
    with changing(found, by=by, at=at, reason="contact added", is_help=by is not None) as question:
        if question.merged_into_id:
            raise Refused(_("This question was merged with another one. Choose that one."), "add_to")
        asks = contact.direction == Contact.Direction.IN and not contact.is_automatic
        if question.status == Question.Status.CANCELLED and asks:
            raise Refused(_("This question was cancelled. Make a new question."), "add_to")
        if QuestionContact.objects.filter(question=question, contact=contact).exists():
            return question
        QuestionContact.objects.create(question=question, contact=contact)
        question.contact_count += 1
        question.last_contact_at = max(question.last_contact_at, contact.received_at)
        if asks:
            _take_up(question, contact, end, by=by, at=at)
            came_again(question, contact, by=by)
        if text and by is not None and text != contact.text:
            Note.objects.create(question=question, text=text, created_at=at, created_by=by)
        if end == "direct":
            hold_if_nobody_does(question, by=by, at=at, reason=_("Answered at once by %(name)s") % {"name": by})
            after_message(question, by=by, at=at, is_answer=True, then="close")
    if not contact.is_automatic:  # an out-of-office message is nothing to look at
        tell(
            [question.assignee_id],
            kind=Notice.Kind.NEW_CONTACT,
            question=question,
            key=f"contact:{contact.pk}",
            at=at,
            by=by,
        )
    return question


def _take_up(question: Question, contact: Contact, end: str, *, by: User | None, at: datetime) -> None:
    """What came in by itself nobody had read when an earlier answer left, whenever it was sent."""
    if question.status == Question.Status.WAITING:
        question.status = status.after("resume", question.status)
        resume_clocks(question, by=by, at=contact.received_at, cause="customer reacted")
        if not any(clock.code not in KEPT_BY_A_MACHINE for clock in live_clocks(question)):
            promise_again(question, contact, by=by, at=at, end=end)  # what stood still was answered before
    elif question.status == Question.Status.CLOSED:
        if not may_reopen(question, contact.received_at):
            raise Refused(_("This question was closed too long ago. Make a new question."), "add_to")
        question.status = status.after("reopen", question.status)
        question.close_reason = ""
        question.closed_at = None
        question.closed_on = None
        to_a_team_in_use(question, by=by, at=at)
        promise_again(question, contact, by=by, at=at, end=end)
    elif question.answered_at is not None and (by is None or question.answered_at < contact.received_at):
        promise_again(question, contact, by=by, at=at, end=end)
