"""Asks the services that do not call us what is new, and takes it in like a call."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import connection

from channels_app.actions.take_in_event import take_in_event
from channels_app.adapters.messages import Later
from channels_app.adapters.registry import ADAPTERS, adapter_of
from channels_app.adapters.web import Unreachable, Web
from channels_app.models import MessageSource
from channels_app.reasons import kept
from channels_app.sealing import Sealed
from channels_app.sources import account_of, heard, went_wrong

log = logging.getLogger(__name__)
ROUNDS = 20
"""Pages that one source may give in one visit."""


def listen(*, at: datetime, seconds: float = 30) -> int:
    """Asks each source in use; gives how many messages were new. One source that fails stops no other."""
    until = time.monotonic() + seconds
    asked = [kind for kind, adapter in ADAPTERS.items() if not adapter.is_called]
    count = 0
    for source in MessageSource.objects.filter(is_active=True, kind__in=asked).exclude(secrets_encrypted=""):
        if time.monotonic() > until:
            break
        count += ask(source, at)
    return count


def ask(source: MessageSource, at: datetime) -> int:
    """One source; a second worker that asks at the same moment goes away at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(31, %s)", [source.pk])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return _ask(MessageSource.objects.get(pk=source.pk), at)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(31, %s)", [source.pk])


def _ask(source: MessageSource, at: datetime) -> int:
    adapter = adapter_of(source.kind)
    if adapter is None:
        return 0
    count = 0
    try:
        account = account_of(source)
        for _round in range(ROUNDS):
            found, cursor = adapter.ask(account, source.cursor, Web(adapter.hosts(account)))
            for key, body in found:
                count += take_in_event(source=source, channel=adapter.channel, key=key, body=body, at=at)
            if cursor != source.cursor:  # only after everything before it is committed
                MessageSource.objects.filter(pk=source.pk).update(cursor=cursor[:200])
                source.cursor = cursor
            if not found:
                break
        heard(source, at)
    except (Later, Unreachable) as error:
        went_wrong(
            source,
            str(error) if isinstance(error, Later) else kept("%(name)s cannot be reached.", name=source.name),
        )
    except Sealed:
        went_wrong(source, kept("The secrets of %(name)s cannot be opened. Type them again.", name=source.name))
    except Exception as error:  # one source must not stop the next
        log.exception("a source could not be asked", extra={"message_source": source.pk})
        went_wrong(source, kept("Reading failed: %(error)s", error=type(error).__name__))
    return count
