"""A message of ours came back: it was not delivered after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from channels_app.adapters.email.mail import Bounce
from channels_app.models import DeadAddress, OutboundMessage
from channels_app.reasons import kept
from channels_app.signals import outbound_settled

State = OutboundMessage.State


def forget_dead(*, address: str) -> None:
    """The address works again: its owner wrote to us, or a colleague checked it."""
    DeadAddress.objects.filter(address=address.lower()).delete()


def mark_dead(*, address: str, bounce: Bounce, at: datetime) -> None:
    """Nothing automatic goes there any more."""
    DeadAddress.objects.get_or_create(
        address=address.lower(),
        defaults={"since_at": at, "status": bounce.status[:20], "detail": bounce.detail[:300]},
    )


def mark_returned(*, message: OutboundMessage, bounce: Bounce, at: datetime) -> None:
    """A message that left becomes failed, once, and whoever listens is told; a wrong address gets no automatic mail any more.

    Also when nobody could write down yet that it left: whoever comes to do so finds it settled.
    """
    if bounce.kind == "delayed":
        return
    said = f"{bounce.status} {bounce.detail}".strip()
    with transaction.atomic():
        if bounce.kind == "permanent":
            mark_dead(address=message.to_address, bounce=bounce, at=at)
        gone = Q(state=State.SENT) | Q(state=State.SENDING, accepted_at__isnull=False)
        changed = OutboundMessage.objects.filter(gone, pk=message.pk).update(
            state=State.FAILED, error=kept("The message came back: %(said)s", said=said), lease_until=None
        )
        if changed:
            message.refresh_from_db()
            outbound_settled.send(sender=OutboundMessage, message=message)
