"""Puts a message in the outbox, in the transaction of its cause; `deliver` sends it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from channels_app.models import Mailbox, MessageSource, OutboundMessage
from organisation.nudge import nudge
from organisation.origin import NO_ORIGIN, Origin


def compose_message(
    *,
    purpose: str,
    object_key: str,
    to_address: str,
    to_name: str = "",
    copies: Sequence[str] = (),
    subject: str,
    body: str,
    at: datetime,
    mailbox: Mailbox | None = None,
    channel: str = "email",
    is_automatic: bool = False,
    in_reply_to: str = "",
    references: str = "",
    reference_number: str = "",
    html: str = "",
    message_source: MessageSource | None = None,
    conversation: str = "",
    details: dict[str, Any] | None = None,
    cause: str = "",
    origin: Origin = NO_ORIGIN,
) -> OutboundMessage:
    """The outbox row, not saved: for whoever writes rows of several tables in one go. Line breaks leave the headers."""
    return OutboundMessage(
        purpose=purpose,
        object_key=object_key,
        channel=channel,
        mailbox=mailbox,
        to_address=_line(to_address, 320),
        to_name=_line(to_name, 200),
        copies=[_line(one, 320) for one in copies],
        subject=_line(subject, 300),
        body=body,
        html=html,
        is_automatic=is_automatic,
        in_reply_to=_line(in_reply_to, 500),
        references=" ".join(references.split()),
        reference_number=reference_number,
        message_source=message_source,
        conversation=conversation,
        details=details,
        cause=cause[:12],
        origin=origin.address,
        origin_network=origin.network,
        created_at=at,
        next_try_at=at,
    )


def _line(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest]


def queue_message(message: OutboundMessage) -> OutboundMessage | None:
    """Queues what `compose_message` made; None when there is one for this purpose and object already (unique, also in a race)."""
    OutboundMessage.objects.bulk_create([message], ignore_conflicts=True)
    queued = OutboundMessage.objects.filter(purpose=message.purpose, object_key=message.object_key).first()
    nudge("channels_app.tasks.deliver" if message.message_source is None else "channels_app.tasks.deliver_messages")
    is_ours = queued is not None and queued.created_at == message.created_at and queued.body == message.body
    return queued if is_ours else None


def queue_messages(messages: Sequence[OutboundMessage]) -> None:
    """Queues many mails with one statement; what was queued for the same purpose and object already is left as it is."""
    OutboundMessage.objects.bulk_create(messages, ignore_conflicts=True)
    if messages:
        nudge("channels_app.tasks.deliver")
