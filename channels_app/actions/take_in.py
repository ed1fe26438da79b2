"""Takes a message in: the bytes as they came, safely kept before anybody reads them or the mail server hears of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from channels_app.adapters.email import limits
from channels_app.adapters.email.parse import body_sha256
from channels_app.models import InboundMessage, InboundRaw, Mailbox
from channels_app.reasons import UNREADABLE, in_words
from organisation.failpoints import failpoint
from organisation.nudge import nudge


@dataclass(frozen=True)
class TakenIn:
    """`is_new` is False for a message that was taken in before under the same key."""

    message: InboundMessage
    is_new: bool


def take_in(
    *,
    raw: bytes,
    source: str,
    received_at: datetime,
    at: datetime,
    external_key: str = "",
    mailbox: Mailbox | None = None,
    size: int | None = None,
    also: Callable[[], object] | None = None,
) -> TakenIn:
    """Keeps the bytes under source and key, once. `received_at` is when the mail server got it.

    A message that is too large is refused: only its head is kept (`size` says how large it was when `raw` is the head alone).
    `also` is done in the same transaction, when the message is new.
    """
    size = len(raw) if size is None else size
    digest = hashlib.sha256(raw).hexdigest()
    is_too_big = size > limits.MAX_BYTES
    message = InboundMessage(
        source=source,
        external_key=external_key or f"sha256:{digest}",
        mailbox=mailbox,
        received_at=received_at,
        taken_in_at=at,
        sha256=digest,
        size=size,
        body_sha256="" if is_too_big else body_sha256(raw),
    )
    if is_too_big:
        message.outcome = InboundMessage.Outcome.REFUSED
        message.reason = in_words(UNREADABLE, "too_big")
    known = InboundMessage.objects.filter(source=source, external_key=message.external_key).first()
    if known is not None:
        return TakenIn(known, False)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            InboundRaw.objects.create(message=message, data=raw[: limits.HEAD_BYTES] if is_too_big else raw)
            if also is not None:
                also()
            nudge("channels_app.tasks.parse")
    except IntegrityError:  # somebody else took it in at this moment
        return TakenIn(InboundMessage.objects.get(source=source, external_key=message.external_key), False)
    failpoint("after_raw_saved")
    return TakenIn(message, True)
