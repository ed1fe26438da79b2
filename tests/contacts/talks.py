"""Messages of services as rows, for tests that begin with a conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from channels_app.actions.read_events import item_of
from channels_app.actions.take_in_event import take_in_event
from channels_app.adapters.messages import Incoming
from channels_app.models import InboundMessage, MessageSource
from contacts.actions.receive_message import receive_message
from contacts.models import Question


def say(source: MessageSource, channel: str, at: datetime, key: str, **said: Any) -> Question:
    """One message of a customer, taken in by the steps of a real one; gives its question."""
    told = Incoming(key=key, at=at.timestamp(), **said)
    take_in_event(source=source, channel=channel, key=key, body=key.encode(), at=at)
    call = InboundMessage.objects.get(message_source=source, external_key=f"call:{key}")
    row = item_of(call, told)
    row.state = InboundMessage.State.PARSED
    row.save()
    receive_message(row=row, said=told, at=at).mark(row, at)
    InboundMessage.objects.filter(pk=call.pk).update(state="done", outcome="split", done_at=at)
    return Question.objects.get(contacts__inbound=row)
