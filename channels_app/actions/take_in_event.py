"""Takes a call of a service in: the bytes as they came, once under the service's own id, before anybody reads them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from channels_app.adapters.messages import LONGEST_KEY
from channels_app.models import InboundMessage, InboundRaw, MessageSource
from channels_app.sources import heard, name_of
from organisation.failpoints import failpoint
from organisation.nudge import nudge


def take_in_event(*, source: MessageSource, channel: str, key: str, body: bytes, at: datetime) -> bool:
    """Whether it is new. Without an id of the service the hash of the bytes is the key: it repeats the same bytes."""
    digest = hashlib.sha256(body).hexdigest()
    key = f"call:{key}" if key and len(key) + 5 <= LONGEST_KEY else f"sha256:{digest}"
    message = InboundMessage(
        source=name_of(source),
        message_source=source,
        external_key=key,
        channel=channel,
        received_at=at,
        taken_in_at=at,
        sha256=digest,
        size=len(body),
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            InboundRaw.objects.create(message=message, data=body)
            heard(source, at)
            nudge("channels_app.tasks.read_events")
    except IntegrityError as error:
        if "inbound_once" not in str(error):
            raise
        return False
    failpoint("after_raw_saved")
    return True
