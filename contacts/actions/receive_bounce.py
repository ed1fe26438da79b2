"""A delivery report: shown on the question its message was about, never a new question (email-cases 21–26)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.actions.returned import mark_dead, mark_returned
from channels_app.models import InboundMessage, OutboundMessage
from contacts.actions.receive import receive_reply
from contacts.actions.tell import tell
from contacts.mail.outcome import Outcome
from contacts.mail.thread import question_of
from contacts.models import ContactAddress, Notice
from organisation.history import sign

if TYPE_CHECKING:
    from channels_app.adapters.email.mail import Bounce, ParsedMail

LATELY = timedelta(days=5)


def receive_bounce(*, row: InboundMessage, mail: ParsedMail, bounce: Bounce, at: datetime) -> Outcome:
    """Only a report that names our message's id counts as proof that an address is dead; others are shown, and that is all."""
    message, is_certain = _original(bounce, mail, at)
    if message is None:
        return Outcome.ignored(_("Delivery report on a message that we do not know."))
    if message.purpose == OutboundMessage.Purpose.NOTICE:
        if is_certain:
            mark_returned(message=message, bounce=bounce, at=at)
        return Outcome.ignored(_("A notice to a colleague came back. No more notices go to that address."))
    if message.purpose == OutboundMessage.Purpose.SURVEY:
        if is_certain:
            if bounce.kind == "permanent":
                _flag(message.to_address, at)
            mark_returned(message=message, bounce=bounce, at=at)
        return Outcome.ignored(_("An invitation to a survey came back."))
    question = question_of(message)
    if question is None:
        return Outcome.ignored(_("Delivery report on a message whose question is no longer there."))
    copy = next((one for one in message.copies if one.lower() == bounce.recipient.lower()), "")
    received = receive_reply(
        question=question,
        at=at,
        received_at=min(row.received_at, at),
        channel="email",
        customer=question.customer,
        text=_words(bounce, copy or message.to_address, is_copy=bool(copy)),
        quoted_text=mail.text,
        subject_line=mail.subject,
        address=mail.sender.address,
        address_name=mail.sender.name,
        remarks=mail.remarks,
        inbound=row,
        is_automatic=True,
        mailbox=row.mailbox,
    )
    if copy:  # the answer itself arrived
        if bounce.kind == "permanent" and is_certain:
            _flag(copy, at)
            mark_dead(address=copy, bounce=bounce, at=at)
        return Outcome.attached(received.contact, _("Delivery report"))
    if bounce.kind != "delayed" and is_certain:
        if bounce.kind == "permanent":
            _flag(message.to_address, at)
        mark_returned(message=message, bounce=bounce, at=at)
    if bounce.kind != "delayed":
        sent_by = message.contact.registered_by_id if hasattr(message, "contact") else None
        tell(
            [question.assignee_id, sent_by],
            kind=Notice.Kind.SEND_FAILED,
            question=question,
            key=f"outbound:{message.pk}",
            at=at,
        )
    return Outcome.attached(received.contact, _("Delivery report"))


def _original(bounce: Bounce, mail: ParsedMail, at: datetime) -> tuple[OutboundMessage | None, bool]:
    ids = [one for one in (bounce.original_id, *mail.thread) if one]
    found = OutboundMessage.objects.filter(message_id__in=ids).order_by("-id").first() if ids else None
    if found is not None:
        return found, True
    if not bounce.recipient:
        return None, False
    lately = OutboundMessage.objects.filter(to_address__iexact=bounce.recipient, created_at__gt=at - LATELY)
    return lately.exclude(accepted_at=None).order_by("-id").first(), False


def _flag(address: str, at: datetime) -> None:
    for row in ContactAddress.objects.filter(
        kind=ContactAddress.Kind.EMAIL, normalized=address.lower(), bounced_at__isnull=True
    ).select_for_update():
        row.bounced_at = at
        sign(row, by=None, at=at)
        row.save()


def _words(bounce: Bounce, address: str, *, is_copy: bool) -> str:
    if bounce.kind == "delayed":
        return _("Our message to %(address)s is delayed. The mail server keeps trying.") % {"address": address}
    text = (
        _("The copy to %(address)s could not be delivered.")
        if is_copy
        else _("Our message to %(address)s could not be delivered.")
    )
    text %= {"address": address}
    return f"{text}\n\n{bounce.status} {bounce.detail}".strip()
