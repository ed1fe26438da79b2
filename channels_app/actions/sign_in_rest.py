"""A mailbox whose password is refused is tried less often: many mail servers lock an account after some wrong ones, and then refuse the right one too."""

from __future__ import annotations

from datetime import datetime, timedelta

from channels_app.models import Mailbox
from organisation.models import Heartbeat

FREE = 3
"""So often in a row a server may refuse for reasons of its own before we rest."""
REST = timedelta(minutes=15)
ROW = timedelta(hours=1)
"""What lies further apart is no row: a server that refuses now and then is no wrong password."""


def rests(mailbox: Mailbox, at: datetime) -> bool:
    """Whether it is too soon to sign in again; never after somebody changed the mailbox."""
    row = _row(mailbox)
    return row is not None and row.detail["count"] >= FREE and timedelta(0) <= at - row.beat_at < REST


def note_refused(mailbox: Mailbox, at: datetime) -> None:
    """Whoever tried it: the reader or the listener."""
    row = _row(mailbox)
    count = row.detail["count"] + 1 if row is not None and at - row.beat_at < ROW else 1
    detail = {"version": mailbox.version, "count": count}
    Heartbeat.objects.update_or_create(name=_name(mailbox), defaults={"beat_at": at, "detail": detail})


def forget_refused(mailbox: Mailbox) -> None:
    """It signs in again."""
    Heartbeat.objects.filter(name=_name(mailbox)).delete()


def _row(mailbox: Mailbox) -> Heartbeat | None:
    return Heartbeat.objects.filter(name=_name(mailbox), detail__version=mailbox.version).first()


def _name(mailbox: Mailbox) -> str:
    return f"sign-in refused {mailbox.pk}"
