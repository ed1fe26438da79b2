"""Takes back what one registered oneself a moment ago: the questions are cancelled and counted nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from channels_app.models import OutboundMessage
from channels_app.reasons import kept
from contacts.actions.change import changing
from contacts.actions.clocks import Kind, State, cancel_clocks, event
from contacts.actions.close import withdraw_callbacks
from contacts.actions.withdraw_letter import withdraw_waiting
from contacts.letters.scans import let_go
from contacts.models import ClockEvent, Contact, NormClock, Notice, Question, QuestionContact
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

UNDO_TIME = timedelta(seconds=60)
_TOLD = (Notice.Kind.ASSIGNED, Notice.Kind.NAMED, Notice.Kind.VISITOR_WAITS)
"""What registering told colleagues; who read it finds the question cancelled."""
_COPIED = (
    "question",
    "contact",
    "norm",
    "code",
    "norm_version",
    "unit",
    "length",
    "may_pause",
    "calendar",
    "calendar_version",
    "team",
    "channel",
    "subject",
    "started_at",
    "due_at",
    "soon_at",
    "escalate_at",
)


@one_transaction
def undo_registration(*, contact_id: int, by: User, at: datetime) -> list[Question]:
    """Cancels the questions of this contact. Only by who registered it, within a minute, and when nobody went on with it."""
    contact = Contact.objects.filter(pk=contact_id, registered_by=by).first()
    if contact is None:
        raise Http404
    if at - contact.registered_at > UNDO_TIME:
        raise Refused(_("It is too late to undo this. Open the question and cancel it there."))
    links = list(QuestionContact.objects.filter(contact=contact).select_related("question").order_by("question_id"))
    if any(not link.is_first for link in links):
        raise Refused(_("This contact was added to an older question and stays there."))
    questions = [link.question for link in links]
    for question in questions:
        if question.status == Question.Status.CANCELLED:
            continue
        with changing(question, by=by, at=at, is_back=True, reason="undone right after registering") as fresh:
            if fresh.contact_count > 1 or fresh.history.exclude(history_user=by).exists():
                raise Refused(_("A colleague already went on with this question. Open it to see how it is now."))
            fresh.status = Question.Status.CANCELLED
            fresh.close_reason = Question.CloseReason.DUPLICATE
            fresh.closed_at = at
            fresh.closed_on = local_day(at)
            fresh.is_direct = False
            fresh.answered_at = None
            cancel_clocks(fresh, by=by, at=at, cause="undone")
            _replace_settled(fresh, by=by, at=at)
            withdraw_callbacks(fresh, by=by, at=at)
            withdraw_waiting(fresh, by=by, at=at)
            fresh.notices.filter(kind__in=_TOLD, read_at__isnull=True).delete()
    if contact.call_id is not None or contact.inbound_id is not None:
        contact.call = (
            None  # the call stands above the page again, to be registered as it was meant; and so does a scan
        )
        let_go(contact)
        sign(contact, by=by, at=at, reason="undone right after registering")
        contact.save()
    OutboundMessage.objects.filter(
        purpose="acknowledgement", object_key=f"contact:{contact.pk}", state=OutboundMessage.State.QUEUED
    ).update(state=OutboundMessage.State.DROPPED, error=kept("The registration was undone."))
    return questions


def _replace_settled(question: Question, *, by: User, at: datetime) -> None:
    """A settled clock never changes: a cancelled one takes its place, so that no figure counts it."""
    settled = NormClock.objects.select_for_update().filter(
        question=question, state__in=(State.MET, State.MISSED), replaced_by__isnull=True
    )
    for old in settled:
        new = NormClock(
            **{name: getattr(old, name) for name in _COPIED},
            state=State.CANCELLED,
            settled_at=at,
            settled_on=local_day(at),
            stop_reason="undone",
        )
        old.replaced_by = old  # the two "only one" constraints allow the new row only after this
        old.save()
        new.save()
        old.replaced_by = new
        old.save()
        ClockEvent.objects.bulk_create(
            [
                event(old, Kind.REPLACED, at=at, by=by, cause="undone", replaced_by=new.pk),
                event(new, Kind.STARTED, at=new.started_at, by=by, cause="undone"),
                event(new, Kind.CANCELLED, at=at, by=by, cause="undone"),
            ]
        )
