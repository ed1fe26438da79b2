"""Fetches the files of messages from the service, within limits, and who wrote when a call does not tell it; a message waits for that, but not for long."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.conf import settings
from django.db import transaction

from channels_app import files
from channels_app.actions.read_events import asks_name
from channels_app.adapters.messages import Incoming, Later, Media, Never
from channels_app.adapters.registry import adapter_of
from channels_app.adapters.web import Unreachable, Web
from channels_app.claims import ITEMS, claim_inbound, give_back, locked
from channels_app.models import InboundMessage, StoredFile
from channels_app.reasons import kept
from channels_app.sealing import Sealed
from channels_app.sources import account_of
from organisation.nudge import nudge

log = logging.getLogger(__name__)
State = InboundMessage.State
TRIES = 3
TRIES_FOR_NAME = 2
MOST_FILES = 10


def fetch_media(*, at: datetime, only: list[int] | None = None, seconds: float = 30) -> int:
    """Until nothing waits or the time is up; gives how many messages were looked at."""
    until = time.monotonic() + seconds
    count = 0
    while time.monotonic() < until:
        row = claim_inbound(State.RECEIVED, at, only, of=ITEMS)
        if row is None:
            break
        _fetch(row, at)
        count += 1
    if count:
        nudge("contacts.tasks.register_messages")
    return count


def _fetch(row: InboundMessage, at: datetime) -> None:
    said = Incoming.from_dict(row.parsed or {})
    found: list[StoredFile] = []
    missed, name = 0, ""
    try:
        try:
            name = _known_name(row) or _name(row, said) if asks_name(row, said) else ""
        except (Later, Unreachable, Sealed) as error:
            if row.tries < TRIES_FOR_NAME:
                give_back(row, at, str(error))
                return
        except Never:
            log.info("a service does not tell a name", extra={"inbound": row.pk})
        for media in said.media[:MOST_FILES]:
            try:
                data = _bytes(row, media)
            except (Later, Unreachable, Sealed) as error:
                if row.tries < TRIES:
                    give_back(row, at, str(error))
                    return
                missed += 1
            except Never:
                missed += 1
            else:
                found.append(
                    files.new_file(data=data, name=media.name, declared_type=media.content_type, at=at, inbound=row)
                )
    except OSError as error:
        log.error("files cannot be written", extra={"inbound": row.pk, "error": type(error).__name__})
        give_back(row, at, kept("The files cannot be written: the disk is full or away."), counts=False)
        return
    except Exception as error:  # one message that fails must not stop the next
        log.exception("files could not be fetched", extra={"inbound": row.pk})
        give_back(row, at, kept("Reading failed: %(error)s", error=type(error).__name__))
        return
    with transaction.atomic():
        fresh = locked(row, State.RECEIVED)
        if fresh is None:
            return
        if missed or len(said.media) > MOST_FILES:
            fresh.parsed = {**(fresh.parsed or {}), "remarks": [*said.remarks, "file_not_fetched"]}
        if name:
            fresh.parsed = {**(fresh.parsed or {}), "name": name}
        fresh.files.all().delete()
        StoredFile.objects.bulk_create(found)
        fresh.state, fresh.reason = State.PARSED, ""
        fresh.tries, fresh.lease_until, fresh.next_try_at = 0, None, None
        fresh.save()


def _known_name(row: InboundMessage) -> str:
    """As the service told it at an earlier message of this conversation."""
    earlier = InboundMessage.objects.filter(conversation=row.conversation, parsed__name__gt="")
    return str(earlier.order_by("-pk").values_list("parsed__name", flat=True).first() or "")


def _name(row: InboundMessage, said: Incoming) -> str:
    source = row.message_source
    adapter = adapter_of(source.kind) if source is not None else None
    if source is None or adapter is None:
        raise Never("no such service")
    account = account_of(source)
    return adapter.name_of(said, account, Web(adapter.hosts(account)))


def _bytes(row: InboundMessage, media: Media) -> bytes:
    source = row.message_source
    adapter = adapter_of(source.kind) if source is not None else None
    if source is None or adapter is None:
        raise Never("no such service")
    account = account_of(source)
    data = adapter.fetch(media, account, Web(adapter.hosts_of_files(account)))
    if not data or len(data) > settings.UPLOAD_MAX_BYTES:
        raise Never("empty or too large")
    return data
