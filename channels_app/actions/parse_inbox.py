"""Reads what was taken in, one message at a time, in a child process with limits; what cannot be read is parked, the rest flows on."""

from __future__ import annotations

import logging
import time
from contextlib import nullcontext
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from channels_app import files
from channels_app.actions.read_scan import read_scan
from channels_app.actions.refuse import refuse_politely
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.claims import claim_inbound, give_back, judge_alone, locked
from channels_app.models import Channel, InboundMessage, Mailbox, StoredFile
from channels_app.reasons import UNREADABLE, in_words, kept
from organisation.failpoints import failpoint
from organisation.leaving import is_leaving
from organisation.nudge import nudge
from organisation.snapshot import organisation
from organisation.turns import SWEEP_SECONDS

log = logging.getLogger(__name__)
KEPT = [
    "message_id",
    "body_sha256",
    "sender",
    "subject",
    "parsed",
    "state",
    "tries",
    "lease_until",
    "next_try_at",
    "reason",
]


def parse_inbox(
    *, at: datetime, only: list[int] | None = None, seconds: float = SWEEP_SECONDS, sandbox: Sandbox | None = None
) -> int:
    """Reads until nothing waits or the time is up; gives how many messages were read or parked.

    Whoever comes again soon gives a `sandbox` of its own, so that its child process is started once.
    """
    until = time.monotonic() + seconds
    count = 0
    own = own_addresses()
    with nullcontext(sandbox) if sandbox is not None else Sandbox() as reader:
        while time.monotonic() < until and not is_leaving():
            row = claim_inbound(InboundMessage.State.RECEIVED, at, only)
            if row is None:
                break
            failpoint("after_parse_claim", row.pk)
            _read(row, reader, own, at)
            count += 1
            if only is not None and count >= len(only):
                break
        else:
            nudge("channels_app.tasks.parse")
    if count:
        nudge("contacts.tasks.register_mail")
    return count


def own_addresses() -> frozenset[str]:
    """Addresses that are ours: mail from them is never a customer's."""
    addresses = {settings.MAIL_FROM, organisation().municipality.email}
    addresses.update(Mailbox.objects.values_list("address", flat=True))
    return frozenset(address.lower() for address in addresses if address)


def _read(row: InboundMessage, sandbox: Sandbox, own: frozenset[str], at: datetime) -> None:
    if row.outcome == InboundMessage.Outcome.REFUSED:
        refuse_politely(row, sandbox, own, at)
        return
    try:
        if row.channel == Channel.LETTER:
            read_scan(row, sandbox, at)
        else:
            _keep(row, sandbox.parse(bytes(row.raw.data), own), at)
    except Unreadable as error:
        give_back(row, at, in_words(UNREADABLE, error.code), is_final=error.is_final)
    except InboundMessage.raw.RelatedObjectDoesNotExist:  # type: ignore[attr-defined]
        give_back(row, at, in_words(UNREADABLE, "no_raw"), is_final=True)
    except OSError as error:
        log.error("attachments cannot be written", extra={"inbound": row.pk, "error": type(error).__name__})
        give_back(row, at, kept("The files cannot be written: the disk is full or away."), counts=False)
    except Exception as error:  # one message that fails must not stop the next
        log.exception("a message could not be kept", extra={"inbound": row.pk})
        give_back(row, at, kept("Reading failed: %(error)s", error=type(error).__name__))


def _keep(row: InboundMessage, mail: ParsedMail, at: datetime) -> None:
    """Files first, then the facts: in one transaction with the mark that it was read."""
    for attachment in mail.attachments:
        files.store_bytes(attachment.data)
    with transaction.atomic():
        fresh = locked(row, InboundMessage.State.RECEIVED)
        if fresh is None:
            return
        facts = mail.to_dict()
        judge_alone(mail.message_id)
        earlier = _earlier(mail, fresh)
        this = (mail.body_sha256, mail.sender.address[:320])  # of somebody else it is another message, whatever its id
        first = next(
            (pk for pk, body, sender, is_wiped in earlier if (body, this[1] if is_wiped else sender) == this), None
        )
        if first is not None:
            facts["duplicate_of"] = first
        elif earlier:
            facts["remarks"] = sorted({*mail.remarks, "id_reused"})
        fresh.message_id = mail.message_id
        fresh.body_sha256 = mail.body_sha256
        fresh.sender = mail.sender.address[:320]
        fresh.subject = mail.subject[:300]
        fresh.parsed = facts
        fresh.state = InboundMessage.State.PARSED
        is_again = fresh.tries > 1
        fresh.tries, fresh.lease_until, fresh.next_try_at, fresh.reason = 0, None, None, ""
        fresh.save(update_fields=KEPT)
        if is_again or fresh.handled_by_id:
            fresh.files.all().delete()
        if first is None and mail.attachments:
            StoredFile.objects.bulk_create(
                StoredFile(
                    inbound=fresh,
                    name=attachment.name,
                    content_type=attachment.content_type,
                    size=attachment.size,
                    sha256=attachment.sha256,
                    created_at=at,
                )
                for attachment in mail.attachments
            )
    failpoint("after_parsed")


def _earlier(mail: ParsedMail, row: InboundMessage) -> list[tuple[int, str, str, bool]]:
    """The messages with this Message-ID that were read: id, body, sender, and whether it was wiped; a mailbox that is read anew brings none back."""
    others = InboundMessage.objects.filter(message_id=mail.message_id).exclude(pk=row.pk)
    others = others.filter(Q(parsed__isnull=False) | Q(state=InboundMessage.State.DONE, sender=""))
    others = others.annotate(is_wiped=IsNull(F("parsed"), True)).order_by("id")
    return list(others.values_list("pk", "body_sha256", "sender", "is_wiped")[:100])
