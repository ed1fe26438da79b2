"""Counts a mailbox against our inbox, and takes in what was missed (quality rule 11).

The count only looks: the folder is opened read-only. What the fetcher should have kept and did not, is taken in the ordinary way.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from imap_tools import BaseMailBox

from channels_app import sealing
from channels_app.actions.connect import connect
from channels_app.actions.fetch import Reading
from channels_app.actions.mailbox_turn import alone, source_of
from channels_app.actions.tell_employees import tell_employees
from channels_app.adapters.email.folder import Folder
from channels_app.adapters.email.imap import NETWORK_ERRORS
from channels_app.models import InboundMessage, Mailbox
from organisation import nightly
from organisation.models import Membership, User
from organisation.roles import RIGHTS, Right
from organisation.workdays import local_day

CHUNK = 1000


@dataclass(frozen=True)
class Counted:
    """`missing` messages lay below the cursor without a row of ours; `fetched` of them have one now."""

    on_server: int
    missing: int
    fetched: int


def beat_name(mailbox_id: int) -> str:
    return f"mailbox_count:{mailbox_id}"


def count_mailbox(*, mailbox: Mailbox, at: datetime, seconds: float = 40) -> Counted | None:
    """None: could not be counted now (busy, unreachable, numbered anew); the next tick tries again."""
    with alone(mailbox) as is_ours:
        if not is_ours:
            return None
        mailbox.refresh_from_db()
        reading = Reading(mailbox, at, time.monotonic() + seconds)
        try:
            with connect(mailbox) as server:
                found = _count(server, mailbox, reading)
        except (sealing.Sealed, *NETWORK_ERRORS):
            return None  # the fetcher meets the same and says so on the screen
    if found is not None:
        nightly.done(beat_name(mailbox.pk), at, on_server=found.on_server, missing=found.missing, fetched=found.fetched)
        if found.missing:
            _tell(mailbox, found, at)
    return found


def _count(server: BaseMailBox, mailbox: Mailbox, reading: Reading) -> Counted | None:
    server.folder.set(mailbox.folder, readonly=True)
    folder = Folder(server, mailbox.folder)
    if folder.validity() != mailbox.uid_validity:
        return None  # the fetcher reads everything anew
    there = [uid for uid in folder.uids(f"1:{mailbox.last_uid}") if uid <= mailbox.last_uid]
    missing = _without_row(mailbox, there)
    if missing:
        server.folder.set(mailbox.folder)  # what is taken in may have to be moved
        reading.take_all(folder, missing)
    return Counted(len(there), len(missing), len(missing) - len(_without_row(mailbox, missing)))


def _without_row(mailbox: Mailbox, uids: list[int]) -> list[int]:
    missing: list[int] = []
    for start in range(0, len(uids), CHUNK):
        keys = {f"{mailbox.uid_validity}:{uid}": uid for uid in uids[start : start + CHUNK]}
        known = InboundMessage.objects.filter(source=source_of(mailbox), external_key__in=keys)
        for key in known.values_list("external_key", flat=True):
            del keys[key]
        missing += keys.values()
    return missing


def _tell(mailbox: Mailbox, found: Counted, at: datetime) -> None:
    """Mails whoever looks after the mailboxes; once per mailbox and night."""
    roles = [role for role, rights in RIGHTS.items() if Right.PARKED_RETRY in rights]
    held = Membership.objects.valid_on(local_day(at)).filter(role__in=roles)
    tell_employees(
        User.objects.filter(is_active=True, pk__in=held.values("user")),
        subject=format_lazy(_("The mailbox {name} did not add up"), name=mailbox.name),
        template="mail/mailbox_count.txt",
        context={"mailbox": mailbox, "found": found},
        key=f"count:{mailbox.pk}:{at:%Y-%m-%d}",
        at=at,
    )
