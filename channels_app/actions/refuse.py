"""Tells the sender, in plain words, that a message was too large; and the administrators that it happened (email-case 39)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.actions.send import compose_message, queue_message
from channels_app.actions.tell_employees import tell_employees
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.claims import judge_alone, locked
from channels_app.models import InboundMessage, OutboundMessage
from organisation.models import Membership, User
from organisation.roles import Role
from organisation.snapshot import organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from channels_app.adapters.email.mail import ParsedMail

TOLD_WITHIN = timedelta(days=7)
"""As with acknowledgements: older mail is of a mailbox that is read for the first time, and the answer would only puzzle."""


def refuse_politely(row: InboundMessage, sandbox: Sandbox, own: frozenset[str], at: datetime) -> None:
    """Reads only the head that was kept; the message is done: refused, with its reason. Machines get no answer.

    Nor does who was told before (a mailbox that is read anew), or whom the mail server does not believe, nor who wrote long ago.
    """
    head = bytes(row.raw.data)
    end = head.find(b"\r\n\r\n") if b"\r\n\r\n" in head else head.find(b"\n\n")
    try:
        mail = sandbox.parse(head[:end] if end > 0 else head[: head.rfind(b"\n")], own)
    except Unreadable:
        mail = None
    with transaction.atomic():
        fresh = locked(row, InboundMessage.State.RECEIVED)
        if fresh is None:
            return
        fresh.state = InboundMessage.State.DONE
        fresh.done_at = at
        fresh.lease_until = None
        if mail is not None:
            fresh.message_id = mail.message_id
            fresh.sender = mail.sender.address[:320]
            fresh.subject = mail.subject[:300]
        fresh.save()
        if mail is not None:
            judge_alone(mail.message_id)
        if mail is not None and _is_known(fresh):
            return
        if mail is not None and _may_be_told(mail) and fresh.received_at > at - TOLD_WITHIN:
            _tell_sender(fresh, mail.sender.address, mail.sender.name, at)
        _tell_administrators(fresh, at)


def _is_known(row: InboundMessage) -> bool:
    earlier = InboundMessage.objects.filter(
        message_id=row.message_id,
        outcome=InboundMessage.Outcome.REFUSED,
        state=InboundMessage.State.DONE,
        size=row.size,
    )
    return earlier.exclude(pk=row.pk).exists()


def _may_be_told(mail: ParsedMail) -> bool:
    return bool(mail.sender.address) and not mail.automatic and "sender_not_verified" not in mail.remarks


def _tell_sender(row: InboundMessage, address: str, name: str, at: datetime) -> None:
    house = organisation().municipality
    with translation.override("nl"):
        body = render_to_string("mail/refusal.txt", {"name": name, "subject": row.subject, "municipality": house})
        subject = _("Your message is too large")
    queue_message(
        compose_message(
            purpose=OutboundMessage.Purpose.REFUSAL,
            object_key=f"inbound:{row.pk}",
            to_address=address,
            to_name=name,
            subject=subject,
            body=body.strip() + "\n",
            at=at,
            mailbox=row.mailbox,
            is_automatic=True,
            in_reply_to=row.message_id,
            references=row.message_id,
        )
    )


def _tell_administrators(row: InboundMessage, at: datetime) -> None:
    held = Membership.objects.valid_on(local_day(at)).filter(role=Role.ADMINISTRATOR)
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    tell_employees(
        people,
        subject=lazy("A message was refused because of its size"),
        template="mail/refused_notice.txt",
        context={"row": row, "megabytes": row.size // 1_048_576},
        key=f"inbound:{row.pk}",
        at=at,
    )
