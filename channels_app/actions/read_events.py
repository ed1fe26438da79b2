"""Takes apart what services called in: each message becomes a row under its own id, each receipt changes what we sent."""

from __future__ import annotations

import hashlib
import logging
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

from django.db import transaction

from channels_app.actions.note_receipts import note_receipts
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.adapters.messages import LONGEST_KEY, Events, Incoming
from channels_app.adapters.registry import adapter_of
from channels_app.claims import CALLS, claim_inbound, give_back, locked
from channels_app.models import InboundMessage
from channels_app.reasons import UNREADABLE, in_words, kept
from organisation.failpoints import failpoint
from organisation.nudge import nudge
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
State = InboundMessage.State
OLDEST = timedelta(days=30)
AHEAD = timedelta(minutes=5)


def read_events(
    *, at: datetime, only: list[int] | None = None, seconds: float = SWEEP_SECONDS, sandbox: Sandbox | None = None
) -> int:
    """Reads until nothing waits or the time is up; gives how many calls were read or parked. One that fails stops no other."""
    until = time.monotonic() + seconds
    count = 0
    with nullcontext(sandbox) if sandbox is not None else Sandbox() as reader:
        while time.monotonic() < until:
            row = claim_inbound(State.RECEIVED, at, only, of=CALLS)
            if row is None:
                break
            _read(row, reader, at)
            count += 1
        else:
            nudge("channels_app.tasks.read_events")
    if count:
        nudge("contacts.tasks.register_messages")
    return count


def _read(row: InboundMessage, sandbox: Sandbox, at: datetime) -> None:
    try:
        source = row.message_source
        if source is None:
            raise Unreadable("broken")
        _keep(row, sandbox.events(bytes(row.raw.data), source.kind), at)
    except Unreadable as error:
        give_back(row, at, in_words(UNREADABLE, error.code), is_final=error.is_final)
    except Exception as error:  # one call that fails must not stop the next
        log.exception("a call of a service could not be kept", extra={"inbound": row.pk})
        give_back(row, at, kept("Reading failed: %(error)s", error=type(error).__name__))


def _keep(row: InboundMessage, events: Events, at: datetime) -> None:
    """The messages that were not known and what the receipts say, in one transaction with the mark that the call was read."""
    with transaction.atomic():
        fresh = locked(row, State.RECEIVED)
        if fresh is None:
            return
        InboundMessage.objects.bulk_create(
            [item_of(fresh, said) for said in events.messages if said.key], ignore_conflicts=True
        )
        if fresh.message_source is not None:
            note_receipts(source=fresh.message_source, receipts=events.receipts, at=at)
        fresh.state, fresh.outcome, fresh.done_at = State.DONE, InboundMessage.Outcome.SPLIT, at
        fresh.reason = kept("Not read: %(names)s", names=", ".join(events.unknown)) if events.unknown else ""
        fresh.tries, fresh.lease_until, fresh.next_try_at = 0, None, None
        fresh.save()
    failpoint("after_parsed")
    if events.unknown:
        log.info("a service told what is not read", extra={"inbound": row.pk, "kinds": list(events.unknown)[:20]})


def item_of(call: InboundMessage, said: Incoming) -> InboundMessage:
    """The row of one message; with files, or without a name that the service knows, it waits until that is fetched."""
    return InboundMessage(
        source=call.source,
        external_key=_key(said.key),
        message_source=call.message_source,
        envelope=call,
        conversation=f"{call.message_source_id}:{said.conversation}"[:250],
        channel=call.channel,
        received_at=moment_of(said.at, call.taken_in_at),
        taken_in_at=call.taken_in_at,
        sha256=call.sha256,
        size=len(said.text.encode()),
        sender=said.address[:320],
        subject=" ".join(said.text.split())[:120],
        parsed=said.to_dict(),
        state=State.RECEIVED if said.media or asks_name(call, said) else State.PARSED,
    )


def asks_name(row: InboundMessage, said: Incoming) -> bool:
    """Whether the service is to tell who wrote this. A sign belongs to somebody who wrote before."""
    adapter = adapter_of(row.message_source.kind) if row.message_source is not None else None
    return adapter is not None and adapter.asks_names and not (said.name or said.is_ours or said.is_light)


def _key(key: str) -> str:
    """The service's id; one that is too long to keep by its hash, so that two never become one."""
    return key if len(key) <= LONGEST_KEY else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def moment_of(seconds: float | None, taken_in_at: datetime) -> datetime:
    """When the service says it was sent; what cannot be (the future, long ago) becomes when it was taken in."""
    if seconds is None:
        return taken_in_at
    said = datetime.fromtimestamp(seconds, UTC)
    if not taken_in_at - OLDEST < said < taken_in_at + AHEAD:
        return taken_in_at
    return min(said, taken_in_at)
