"""The mailboxes as the channels show them: when each was read, what waits, and whether it can send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import InboundMessage, Mailbox
from organisation import wording
from organisation.models import Heartbeat
from organisation.prepared import rows_prepared

if TYPE_CHECKING:
    from channels_app.pages.refused import Refused
    from organisation.snapshot import Organisation

MOST = 100
"""Lists are looked at up to here; more is "99+": no page counts a table."""
LISTENING_LATELY = timedelta(seconds=90)


@dataclass(frozen=True)
class MailboxRow:
    pk: int
    name: str
    address: str
    read: str
    state: str
    state_word: str
    error: str
    waiting: str
    parked: str
    is_read: bool
    """It should be."""
    is_silent: bool
    """And is not."""
    cannot_send: str
    """Why the mail server takes nothing from this address; empty: it does, as far as we know."""


def mailbox_rows(
    mailboxes: Iterable[Mailbox], house: Organisation, refused: Iterable[Refused], at: datetime
) -> list[MailboxRow]:
    """A fixed number of queries, however many there are."""
    silent = timedelta(minutes=house.municipality.mailbox_silent_minutes)
    by_mailbox = _per_mailbox("received", "parsed"), _per_mailbox("parked")
    at_once = _listened_to(at)
    why = {one.mailbox_id: one.why for one in refused}
    return [
        _row(one, at, silent, *by_mailbox, is_at_once=one.pk in at_once, cannot_send=why.get(one.pk, ""))
        for one in mailboxes
    ]


def shown(count: int) -> str:
    return "99+" if count >= MOST else str(count)


def _per_mailbox(*states: str) -> Counter[int | None]:
    rows = InboundMessage.objects.filter(state__in=states).values("mailbox_id")
    found = rows_prepared(("messages per mailbox", states), lambda _marks: rows[: 10 * MOST], {})
    return Counter(row["mailbox_id"] for row in found)


def _listened_to(at: datetime) -> frozenset[int]:
    """Mailboxes of which the server tells of new mail itself, now (`manage.py watch_mail`)."""
    found = Heartbeat.objects.filter(name="mailwatch", beat_at__gt=at - LISTENING_LATELY).values_list(
        "detail", flat=True
    )
    return frozenset(pk for detail in found for pk in detail.get("boxes", []))


def _row(
    mailbox: Mailbox,
    at: datetime,
    silent: timedelta,
    waiting: Counter[int | None],
    parked: Counter[int | None],
    *,
    is_at_once: bool,
    cannot_send: str,
) -> MailboxRow:
    is_read = mailbox.is_active and bool(mailbox.host)
    is_silent = is_read and (mailbox.last_read_at is None or at - mailbox.last_read_at >= silent)
    if is_silent:
        state, word = "danger", _("silent")
    elif cannot_send:
        state, word = "danger", _("cannot send")
    elif is_read:
        state, word = "success", _("comes in at once") if is_at_once else _("is read")
    else:
        state, word = "inactive", _("not in use") if not mailbox.is_active else _("is not read")
    return MailboxRow(
        pk=mailbox.pk,
        name=mailbox.name,
        address=mailbox.address,
        read=wording.moment(mailbox.last_read_at) or _("never"),
        state=state,
        state_word=word,
        error=mailbox.last_error,
        waiting=shown(waiting[mailbox.pk]),
        parked=shown(parked[mailbox.pk]),
        is_read=is_read,
        is_silent=is_silent,
        cannot_send=cannot_send,
    )
