"""A message of ours did not arrive: what was done because of it is undone, and whoever wrote it is told (quality F17)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from channels_app.models import OutboundMessage
from contacts.actions.change import changing
from contacts.actions.clocks import resume_clocks
from contacts.actions.confidential import keep_seen
from contacts.actions.restop_clocks import restop
from contacts.actions.tell import tell
from contacts.answers import answer_after, last_answer, said_since
from contacts.mail.thread import is_only_kept
from contacts.merged import where_merged
from contacts.models import Contact, NormClock, Notice, Question

Status = Question.Status
NOT_DELIVERED: Final = "message not delivered"
"""As it stands in the history of the question."""


def message_not_delivered(contact: Contact, message: OutboundMessage, *, at: datetime) -> None:
    """An answer that never arrived is no answer: the question opens again and its clocks are replaced.

    Nor did a first reaction, and nobody waits for the customer to answer what was never read. Of a question that was merged since, the one
    that stays is opened. What may only be kept stays as it is: it is closed to everybody, so nobody would see that it opened.
    """
    questions = list(contact.questions.order_by("pk"))
    for found in (one for one in questions if one.merged_into_id is None and not is_only_kept(one)):
        clocks = NormClock.objects.filter(question__in=[one for one in questions if where_merged(one) == found])
        _undo(found, contact, message, clocks, at)
        if found.is_confidential and found.is_open:
            keep_seen(found, at=at)
        tell(
            [contact.registered_by_id, found.assignee_id],
            kind=Notice.Kind.SEND_FAILED,
            question=found,
            key=f"outbound:{message.pk}",
            at=at,
        )


def _undo(
    found: Question, contact: Contact, message: OutboundMessage, clocks: QuerySet[NormClock], at: datetime
) -> None:
    """An answer that came later and did arrive keeps the question closed, and its clocks are judged by that one.

    What was no answer closed nothing, so it opens nothing either.
    """
    reason = _("The answer could not be delivered") if contact.is_answer else _("The message could not be delivered")
    with changing(found, by=None, at=at, reason=NOT_DELIVERED) as question:
        later = answer_after(question, contact)
        is_answered = question.status == Status.CLOSED and question.close_reason == Question.CloseReason.ANSWERED
        if contact.is_answer and is_answered and later is None:
            question.status = Status.IN_PROGRESS
            question.close_reason = ""
            question.closed_at = question.closed_on = None
        if contact.is_answer and question.answered_at == contact.received_at:
            question.answered_at = last_answer(question, besides=contact)
        if _waits_for_this(question, contact, message):
            question.status = Status.IN_PROGRESS
            resume_clocks(question, by=None, at=at, cause=NOT_DELIVERED)
        stopped = clocks.filter(stopped_at=contact.received_at, state=NormClock.State.MET, replaced_by=None)
        if later is not None or question.is_open:  # else it ended in another way, and nobody waits
            restop(
                list(stopped.order_by("pk")),
                question=question,
                stop=later,
                by=None,
                at=at,
                cause=NOT_DELIVERED,
                reason=reason,
                still_from=_waiting_since(question),
            )


def _waiting_since(question: Question) -> datetime | None:
    """Since when the question waits for the customer; None when it does not."""
    if question.status != Status.WAITING:
        return None
    before = question.history.exclude(status=Status.WAITING).order_by("-history_id").first()  # type: ignore[attr-defined]
    waiting = question.history.filter(history_id__gt=before.history_id if before is not None else 0)  # type: ignore[attr-defined]
    moment: datetime | None = waiting.order_by("history_id").values_list("history_date", flat=True).first()
    return moment


def _waits_for_this(question: Question, contact: Contact, message: OutboundMessage) -> bool:
    """Whether the question waits for the customer because of this message, and not of a later one. The report that it came back says nothing of that."""
    return (
        message.purpose == OutboundMessage.Purpose.QUESTION_BACK
        and question.status == Status.WAITING
        and not said_since(question, contact).exists()
    )
