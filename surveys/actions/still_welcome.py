"""Whether an invitation may still leave: it waited in the outbox, perhaps through an outage, and much can change meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from channels_app.models import Channel, OutboundMessage
from channels_app.reasons import kept
from channels_app.signals import Stop, Wait
from contacts.actions.send_message import way_of
from contacts.models import Question, QuestionContact
from organisation.clock import AMSTERDAM
from surveys.access import confidential_of
from surveys.actions.ended import ANSWERED
from surveys.actions.invite import PER_SECOND, REMINDER_KEY, invitation_of
from surveys.choices import asking_choices
from surveys.models import OptOut
from surveys.sampling import is_quiet, quiet_ends

SPREAD = 10_000
"""So many leave one after the other when the quiet hours are over."""


def still_welcome(*, message: OutboundMessage, at: datetime) -> Wait | Stop | None:
    """None: it may go. Says not in the words which question it was about."""
    invitation = invitation_of(message)
    if invitation is None:
        return Stop(kept("The invitation is gone."))
    if OptOut.objects.filter(address_hash=invitation.address_hash).exists():
        return Stop(kept("The customer wants no surveys any more."))
    if invitation.expires_at <= at:
        return Stop(kept("The link in it does not work any more."))
    if message.object_key.startswith(REMINDER_KEY) and invitation.is_answered:
        return Stop(kept("The customer answered meanwhile."))
    if invitation.contact_id is None or confidential_of(invitation.contact_id):
        return Stop(kept("What it was about may not be asked about any more."))
    if invitation.round_id is None and not _is_answered(invitation.contact_id):
        return Stop(kept("The question is not answered any more."))
    by_talk = message.message_source_id is not None and message.channel != Channel.SMS
    if by_talk and not _may_still_write(invitation.contact_id, at):
        return Stop(kept("The customer wrote too long ago to ask it here."))
    choices = asking_choices()
    local = at.astimezone(AMSTERDAM)
    if not is_quiet(local.time(), choices.quiet_from, choices.quiet_until):
        return None
    later = timedelta(seconds=message.pk % SPREAD / PER_SECOND)
    return Wait(quiet_ends(local, choices.quiet_until) + later, kept("Surveys are not sent at this hour."))


def _is_answered(contact_id: int) -> bool:
    """Nobody is asked how we helped while we are (again) at it, or when there was nothing to help with after all."""
    rows = QuestionContact.objects.filter(contact=contact_id).values_list(
        "is_first", "question__status", "question__close_reason"
    )
    closed = Question.Status.CLOSED
    return all(status == closed for _first, status, _reason in rows) and any(
        is_first and reason in ANSWERED for is_first, _status, reason in rows
    )


def _may_still_write(contact_id: int, at: datetime) -> bool:
    """The service lets us write for a day after the customer did; quiet hours may have used it up."""
    question = Question.objects.filter(contacts=contact_id).order_by("pk").first()
    way = way_of(question, Channel.WHATSAPP) if question is not None else None
    return way is not None and way.is_open(at)
