"""A delivery report: shown on the question its message was about, never a new question (email-cases 21–26)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.actions.returned import mark_dead, mark_returned
from channels_app.models import InboundMessage, OutboundMessage
from contacts.actions.receive import receive_reply
from contacts.actions.tell import tell
from contacts.mail.moment import moment_of
from contacts.mail.outcome import Outcome
from contacts.mail.thread import is_only_kept, question_of
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
    reports = (bounce, *mail.more_bounces)
    copies = {one.lower(): one for one in message.copies}
    of_message = _worst(one for one in reports if one.recipient.lower() not in copies)
    if message.purpose == OutboundMessage.Purpose.NOTICE:
        if is_certain and of_message is not None:
            mark_returned(message=message, bounce=of_message, at=at)
        return Outcome.ignored(_about_notice(of_message, is_certain))
    if message.purpose == OutboundMessage.Purpose.SURVEY:
        if is_certain and of_message is not None:
            _flag_when_wrong(message.to_address, of_message, at)
            mark_returned(message=message, bounce=of_message, at=at)
        return Outcome.ignored(_("An invitation to a survey came back."))
    question = question_of(message)
    if (
        question is None and message.purpose == OutboundMessage.Purpose.INTERIM and message.to_address
    ):  # not wiped since
        if is_certain and of_message is not None:
            _flag_when_wrong(message.to_address, of_message, at)
            mark_returned(message=message, bounce=of_message, at=at)
        return Outcome.ignored(_("Delivery report on a message about no question."))
    if question is None or is_only_kept(question):
        return Outcome.ignored(_("Delivery report on a message whose question is no longer there."))
    received = receive_reply(
        question=question,
        at=at,
        received_at=moment_of(row, at),
        channel="email",
        customer=question.customer,
        text="\n\n".join(_words(one, copies.get(one.recipient.lower(), ""), message.to_address) for one in reports),
        quoted_text=mail.text,
        subject_line=mail.subject,
        address=mail.sender.address,
        address_name=mail.sender.name,
        remarks=mail.remarks,
        inbound=row,
        is_automatic=True,
        mailbox=row.mailbox,
    )
    for one in reports if is_certain else ():
        if (copy := copies.get(one.recipient.lower())) and one.kind == "permanent":
            _flag_when_wrong(copy, one, at)
            mark_dead(address=copy, bounce=one, at=at)
    if of_message is not None and of_message.kind != "delayed":  # else the answer itself arrived, or still may
        if is_certain:
            _flag_when_wrong(message.to_address, of_message, at)
            mark_returned(message=message, bounce=of_message, at=at)
        sent_by = message.contact.registered_by_id if hasattr(message, "contact") else None
        tell(
            [received.question.assignee_id, sent_by],
            kind=Notice.Kind.SEND_FAILED,
            question=received.question,
            key=f"outbound:{message.pk}",
            at=at,
        )
    return Outcome.attached(received.contact, _("Delivery report"))


def _worst(reports: Iterable[Bounce]) -> Bounce | None:
    """One that did not arrive goes before one that still may."""
    return min(reports, key=lambda one: one.kind == "delayed", default=None)


def _about_notice(bounce: Bounce | None, is_certain: bool) -> str:
    if bounce is not None and bounce.kind == "permanent" and is_certain:
        return _("A notice to a colleague came back. No more notices go to that address.")
    return _("A notice to a colleague came back, or is delayed.")


def _original(bounce: Bounce, mail: ParsedMail, at: datetime) -> tuple[OutboundMessage | None, bool]:
    ids = [one for one in (bounce.original_id, *mail.thread) if one]
    found = OutboundMessage.objects.filter(message_id__in=ids).order_by("-id").first() if ids else None
    if found is not None:
        return found, True
    if not bounce.recipient:
        return None, False
    lately = OutboundMessage.objects.filter(to_address__iexact=bounce.recipient, created_at__gt=at - LATELY)
    return lately.exclude(accepted_at=None).order_by("-id").first(), False


def _flag_when_wrong(address: str, bounce: Bounce, at: datetime) -> None:
    if bounce.kind != "permanent":
        return
    for row in ContactAddress.objects.filter(
        kind=ContactAddress.Kind.EMAIL, normalized=address.lower(), bounced_at__isnull=True
    ).select_for_update():
        row.bounced_at = at
        sign(row, by=None, at=at)
        row.save()


def _words(bounce: Bounce, copy: str, to_address: str) -> str:
    told = {"address": copy or to_address}
    if bounce.kind == "delayed":
        return _("Our message to %(address)s is delayed. The mail server keeps trying.") % told
    text = (
        _("The copy to %(address)s could not be delivered.")
        if copy
        else _("Our message to %(address)s could not be delivered.")
    )
    return f"{text % told}\n\n{bounce.status} {bounce.detail}".strip()
