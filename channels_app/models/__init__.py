"""The post room's rows: what came in, what goes out, calls, mailboxes; it knows no question."""

from channels_app.models.arrival import Arrival
from channels_app.models.calls import Call, LiveCall, PhoneEvent
from channels_app.models.calls_file import CallsFile
from channels_app.models.channel import DIGITAL_CHANNELS, Channel, Mailbox
from channels_app.models.inbox import InboundMessage, InboundRaw, StoredFile
from channels_app.models.outbox import DeadAddress, OutboundMessage, StoppedNumber
from channels_app.models.source import MessageSource

__all__ = [
    "DIGITAL_CHANNELS",
    "Arrival",
    "Call",
    "CallsFile",
    "Channel",
    "DeadAddress",
    "InboundMessage",
    "InboundRaw",
    "LiveCall",
    "Mailbox",
    "MessageSource",
    "OutboundMessage",
    "PhoneEvent",
    "StoppedNumber",
    "StoredFile",
]
