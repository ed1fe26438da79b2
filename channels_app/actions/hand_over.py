"""Hands a message over to the service it goes by; the network call of a message channel."""

from __future__ import annotations

from functools import partial
from time import monotonic

from django.conf import settings

from channels_app import files
from channels_app.adapters.messages import Later, Never, OutFile, Outgoing
from channels_app.adapters.registry import adapter_of
from channels_app.adapters.web import Unreachable, Web
from channels_app.models import MessageSource, OutboundMessage
from channels_app.reasons import kept
from channels_app.sealing import Sealed
from channels_app.sources import account_of, went_wrong

SECONDS_FOR_PARTS = 15.0
"""Within these every part is begun: one takes twenty at most (it is uploaded, then sent), and the end of the task must fall into none, for that would go twice."""


def hand_over(message: OutboundMessage, source: MessageSource) -> str:
    """Gives a note to keep with the message. Raises `Later` or `Never`; its id at the service is kept before anything else happens."""
    adapter = adapter_of(source.kind)
    if adapter is None or not source.is_active:
        raise Never(kept("The source %(name)s is not in use.", name=source.name))
    if settings.DEMO_MODE and not source.secrets_encrypted:
        return kept("No message leaves the demo.")
    try:
        account = account_of(source)
    except Sealed as error:
        raise Later(kept("The secrets of %(name)s cannot be opened. Type them again.", name=source.name)) from error
    try:
        sent = Outgoing(
            to=message.to_address,
            text=message.body,
            message_id=message.message_id,
            reply_to=message.in_reply_to,
            details=message.details or {},
            parts=dict((message.details or {}).get("parts") or {}),
            note=lambda part, remote_id: _note(message, part, remote_id),
            files=tuple(_file(stored) for stored in message.files.all()),
            begins=partial(_check_time, monotonic() + SECONDS_FOR_PARTS),
        )
        remote_id = adapter.send(sent, account, Web(adapter.hosts(account)))
    except Unreachable as error:
        words = kept("%(name)s cannot be reached.", name=source.name)
        went_wrong(source, words)
        raise Later(words) from error
    except Later as error:
        went_wrong(source, str(error))
        raise
    OutboundMessage.objects.filter(pk=message.pk).update(remote_id=remote_id[:200])
    return ""


def _check_time(until: float) -> None:
    if monotonic() > until:
        raise Later(kept("The service takes long over each part of this message. The rest follows."))


def _note(message: OutboundMessage, part: str, remote_id: str) -> None:
    """At once, before the next part is tried."""
    details = message.details or {}
    message.details = {**details, "parts": {**(details.get("parts") or {}), part: remote_id[:200]}}
    OutboundMessage.objects.filter(pk=message.pk).update(details=message.details)


def _file(stored: files.StoredFile) -> OutFile:
    with files.open_file(stored) as file:
        return OutFile(stored.name, stored.content_type, file.read())
