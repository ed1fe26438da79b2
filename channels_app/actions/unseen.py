"""Messages that the mail server could not hand over: parked without their text, and asked for again. Many servers say so only while they are busy."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from channels_app.models import InboundMessage, Mailbox
from channels_app.reasons import UNREADABLE, in_words, kept

log = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(hours=6)
State = InboundMessage.State


def park_unseen(*, mailbox: Mailbox, source: str, key: str, received_at: datetime, at: datetime) -> None:
    """Asked for again until it comes, the server has it no more, or a person puts it away."""
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
            "next_try_at": at + timedelta(minutes=1),
            "tries": 1,
        },
    )
    log.warning("the server could not hand over a message", extra={"inbound": row.pk, "is_new": is_new})


def unseen(source: str) -> QuerySet[InboundMessage]:
    """Those of this mailbox that stand aside without a byte."""
    return InboundMessage.objects.filter(source=source, state=State.PARKED, sha256="")


def is_unseen(row: InboundMessage) -> bool:
    """Whether it can be asked for again; of a mailbox that is off not before it is on."""
    return row.state == State.PARKED and row.sha256 == "" and row.mailbox is not None and row.mailbox.is_active


def to_ask_again(*, source: str, validity: int | None, at: datetime) -> list[int]:
    """The numbers of those whose moment is there."""
    due = unseen(source).filter(external_key__startswith=f"{validity}:", next_try_at__lte=at).order_by("pk")
    return sorted(int(key.partition(":")[2]) for key in due.values_list("external_key", flat=True)[:100])


def ask_later(*, source: str, key: str, at: datetime) -> None:
    """Puts off the next try before this one: the pause doubles, at most six hours."""
    for row in unseen(source).filter(external_key=key):
        pause = min(timedelta(minutes=2 ** min(row.tries, 10)), LONGEST_PAUSE)
        unseen(source).filter(pk=row.pk).update(next_try_at=at + pause, tries=row.tries + 1)


def seen_after_all(row: InboundMessage) -> bool:
    """Makes room for its bytes, which are there now; False when it has them, or a person put it away."""
    blank = Q(state=State.PARKED) | Q(state=State.DONE, handled_by=None)
    rows = InboundMessage.objects.filter(blank, pk=row.pk, sha256="", raw=None, source=row.source)
    return row.sha256 == "" and rows.delete()[0] > 0


def settle_gone(*, source: str, key: str, at: datetime) -> None:
    """The server has it no more: somebody moved or removed it."""
    _settle(unseen(source).filter(external_key=key), at, kept("The mail server does not have this message any more."))


def settle_elsewhere(*, mailbox: Mailbox, source: str, validity: int | None, at: datetime) -> None:
    """Those of another folder, or of before the server numbered anew: what is still there is read under its new number."""
    waiting = InboundMessage.objects.filter(
        mailbox=mailbox, source__startswith="mailbox:", state=State.PARKED, sha256=""
    )
    others = waiting.exclude(source=source, external_key__startswith=f"{validity}:")
    _settle(others, at, kept("This message had its place in a folder or numbering that is not used any more."))


def _settle(rows: QuerySet[InboundMessage], at: datetime, why: str) -> None:
    """By nobody, so that it is read all the same if it ever comes back."""
    ignored = InboundMessage.Outcome.IGNORED
    rows.update(state=State.DONE, outcome=ignored, reason=why, done_at=at, next_try_at=None, handled_by=None)
