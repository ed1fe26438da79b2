"""Notes what a service tells of messages of ours: sent, delivered, read, failed. What arrived stays arrived, whatever is told before or after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from channels_app.adapters.messages import Receipt
from channels_app.adapters.registry import adapter_of
from channels_app.models import MessageSource, OutboundMessage
from channels_app.reasons import kept
from channels_app.signals import outbound_settled

State = OutboundMessage.State
LANDED = ("delivered", "read")
CLOCKS_DIFFER = timedelta(seconds=5)
AT_ONCE = 50
"""Messages that one mark "read until here" can touch."""


def note_receipts(*, source: MessageSource, receipts: Iterable[Receipt], at: datetime) -> None:
    """In the caller's transaction; in any order and any number of times the same comes out."""
    for receipt in receipts:
        moment = min(datetime.fromtimestamp(receipt.at, UTC), at) if receipt.at is not None else at
        for message in _meant(source, receipt, moment):
            _note(source, message, receipt, moment)


def _meant(source: MessageSource, receipt: Receipt, moment: datetime) -> list[OutboundMessage]:
    rows = OutboundMessage.objects.select_for_update().filter(message_source=source).order_by("id")
    if receipt.remote_id or receipt.message_id:
        named = Q(remote_id=receipt.remote_id) if receipt.remote_id else Q()
        if receipt.message_id:
            named |= Q(message_id=receipt.message_id)
        return [one for one in rows.filter(named)[:2] if _is_of_this_try(one, receipt, moment)]
    if receipt.conversation and receipt.state in LANDED:
        until = rows.filter(conversation=f"{source.pk}:{receipt.conversation}"[:250], accepted_at__lte=moment)
        missing = Q(read_at__isnull=True) if receipt.state == "read" else Q(delivered_at__isnull=True)
        return list(until.filter(missing).order_by("-id")[:AT_ONCE])
    return []


def _is_of_this_try(message: OutboundMessage, receipt: Receipt, moment: datetime) -> bool:
    """Not of a part (a file beside the words), nor of an earlier try that a person sent again: services repeat for days."""
    is_other = bool(receipt.remote_id and message.remote_id and receipt.remote_id != message.remote_id)
    return not is_other and moment > message.created_at - CLOCKS_DIFFER


def _note(source: MessageSource, message: OutboundMessage, receipt: Receipt, moment: datetime) -> None:
    if receipt.remote_id and not message.remote_id:
        message.remote_id = receipt.remote_id[:200]
    if receipt.state in LANDED:
        message.delivered_at = message.delivered_at or moment
    if receipt.state == "read":
        message.read_at = message.read_at or moment
    if receipt.state != "failed" and message.state in (State.QUEUED, State.SENDING) and message.accepted_at is None:
        message.accepted_at = moment  # the service has it, though its answer never reached us: not handed over again
        message.lease_until = None
    is_lost = (
        receipt.state == "failed"
        and message.delivered_at is None
        and message.state in (State.QUEUED, State.SENDING, State.SENT)
    )
    if is_lost:
        adapter = adapter_of(source.kind)
        words = adapter.failure(receipt.code, receipt.detail) if adapter is not None else receipt.detail
        message.state, message.error = State.FAILED, words[:500] or kept("The service could not deliver it.")
        message.lease_until = None
    is_named = bool(receipt.remote_id or receipt.message_id)  # “read until here” says nothing of what failed before
    is_there_after_all = is_named and receipt.state in LANDED and message.state == State.FAILED
    if is_there_after_all:
        message.state, message.error = State.SENT, ""
        message.accepted_at = message.accepted_at or moment
        message.sent_at = message.sent_at or message.accepted_at
    message.save()
    if is_lost or is_there_after_all:
        outbound_settled.send(sender=OutboundMessage, message=message)
