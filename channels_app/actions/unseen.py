"""Messages that the mail server could not hand over: parked without their text, and asked for again. Many servers say so only while they are busy."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import QuerySet

from channels_app.models import InboundMessage, Mailbox
from channels_app.reasons import UNREADABLE, in_words

log = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(hours=6)
State = InboundMessage.State


def park_unseen(*, mailbox: Mailbox, source: str, key: str, received_at: datetime, at: datetime) -> None:
    """Asked for again after a pause that doubles, at most six hours, until it comes or a person puts it away."""
    row, is_new = InboundMessage.objects.get_or_create(
        source=source,
        external_key=key,
        defaults={
            "mailbox": mailbox,
            "received_at": received_at,
            "taken_in_at": at,
            "sha256": "",
            "size": 0,
            "state": State.PARKED,
            "outcome": InboundMessage.Outcome.PARKED,
            "reason": in_words(UNREADABLE, "no_raw"),
        },
    )
    pause = min(timedelta(minutes=2 ** min(row.tries, 10)), LONGEST_PAUSE)
    unseen(source).filter(pk=row.pk).update(next_try_at=at + pause, tries=row.tries + 1)
    log.warning("the server could not hand over a message", extra={"inbound": row.pk, "is_new": is_new})


def unseen(source: str) -> QuerySet[InboundMessage]:
    """Those of this mailbox that stand aside without a byte."""
    return InboundMessage.objects.filter(source=source, state=State.PARKED, sha256="")


def is_unseen(row: InboundMessage) -> bool:
    return row.state == State.PARKED and row.sha256 == "" and row.mailbox_id is not None


def to_ask_again(*, source: str, validity: int | None, at: datetime) -> list[int]:
    """The numbers of those whose moment is there; what was numbered otherwise is read under its new number."""
    due = unseen(source).filter(external_key__startswith=f"{validity}:", next_try_at__lte=at).order_by("pk")
    return sorted(int(key.partition(":")[2]) for key in due.values_list("external_key", flat=True)[:100])
