"""What a person does with a message that was not sent: send it now, or leave it unsent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import DeadAddress, OutboundMessage
from channels_app.reasons import kept
from channels_app.signals import outbound_settled
from organisation import audit
from organisation.nudge import nudge
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

State = OutboundMessage.State


@transaction.atomic
def resend(*, message: OutboundMessage, by: User, at: datetime) -> bool:
    """Queues a held or failed message again with its own Message-ID; a ceiling does not stop it twice. False when it is neither now."""
    _may(by)
    row = (
        OutboundMessage.objects.select_for_update().filter(pk=message.pk, state__in=[State.HELD, State.FAILED]).first()
    )
    if row is None:
        return False
    DeadAddress.objects.filter(address=row.to_address.lower()).delete()
    row.state, row.tries, row.error = State.SENDING, 0, ""  # not queued: a person has looked, the ceiling is passed
    row.accepted_at = row.lease_until = None
    row.created_at = row.next_try_at = at
    if row.remote_id and row.details:  # all its parts had left, so all go again
        row.details = {name: value for name, value in row.details.items() if name != "parts"}
    row.save()
    audit.record(by=by, action="message.resent", obj=row)
    nudge("channels_app.tasks.deliver" if row.message_source_id is None else "channels_app.tasks.deliver_messages")
    return True


@transaction.atomic
def leave_unsent(*, message: OutboundMessage, by: User, at: datetime) -> bool:
    """A held message becomes failed, or is not needed any more when a machine made it; whoever listens is told. False when it is not held now."""
    _may(by)
    row = OutboundMessage.objects.select_for_update().filter(pk=message.pk, state=State.HELD).first()
    if row is None:
        return False
    row.state = State.DROPPED if row.is_automatic else State.FAILED
    row.error = kept("Not sent: %(name)s decided so.", name=by)
    row.save()
    audit.record(by=by, action="message.left_unsent", obj=row)
    outbound_settled.send(sender=OutboundMessage, message=row)
    return True


def _may(by: User) -> None:
    if not by.may(Right.PARKED_RETRY):
        raise PermissionDenied
