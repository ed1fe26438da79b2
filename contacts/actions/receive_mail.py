"""Decides about one message: a reaction, an answer by a colleague, a report, something to leave alone, or a new question."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.actions.returned import forget_dead
from channels_app.models import InboundMessage
from channels_app.reasons import AUTOMATIC, in_words
from contacts.actions.asked import Asked
from contacts.actions.confidential import close_off
from contacts.actions.link import link
from contacts.actions.receive import receive_reply
from contacts.actions.receive_bounce import receive_bounce
from contacts.actions.receive_colleague import confidential_of, receive_from_colleague
from contacts.actions.register import register
from contacts.mail import rules as mail_rules
from contacts.mail.moment import is_recent, moment_of
from contacts.mail.outcome import Outcome
from contacts.mail.sender import Sender, find_customer, find_sender
from contacts.mail.thread import Thread, find_thread, known_addresses
from contacts.models import Contact, QuestionLink

if TYPE_CHECKING:
    from channels_app.adapters.email.mail import ParsedMail
    from contacts.models import Question

__all__ = ["Outcome", "receive_mail"]

SUGGESTIONS = {
    "message": "other_sender",
    "reference": "other_sender",
    "earlier": "",
    "number": "number_in_subject",
}


def receive_mail(*, row: InboundMessage, mail: ParsedMail, own: frozenset[str], at: datetime) -> Outcome:
    """Writes what the message means for the desk, in the caller's transaction. Raises `Refused` when it cannot be accepted."""
    if (row.parsed or {}).get("duplicate_of"):
        return _known(row)
    is_forced = bool((row.parsed or {}).get("is_forced"))
    if mail.bounce is not None and not is_forced:
        return receive_bounce(row=row, mail=mail, bounce=mail.bounce, at=at)
    thread = find_thread(mail)
    sender = find_sender(mail, own)
    automatic = (
        "" if sender.is_form and mail.automatic in {"own", "no_reply", "auto_generated", "bulk"} else mail.automatic
    )
    if (
        not sender.is_form
        and (sender.employee is not None or automatic == "own")
        and automatic in {"", "own", "suppressed"}
    ):
        outcome = receive_from_colleague(row=row, mail=mail, thread=thread, sender=sender, own=own, at=at)
        if outcome is not None:
            return outcome
    if not automatic and "sender_not_verified" not in mail.remarks:
        forget_dead(address=sender.address.address)
    question = _fitting(mail, thread, sender)
    if question is not None and mail_rules.is_silent(automatic):
        return _attach(row, mail, question, sender, automatic, at, is_automatic=True)
    if mail_rules.is_ignored_alone(automatic, mail.subject) and not is_forced and not sender.is_us:
        return Outcome.ignored(in_words(AUTOMATIC, automatic))
    if question is not None:
        return _attach(row, mail, question, sender, automatic, at, is_automatic=mail_rules.is_by_machine(automatic))
    return _new(row, mail, thread, sender, automatic, at)


def _known(row: InboundMessage) -> Outcome:
    """The same message once more; when it also came to another mailbox, the contact says so."""
    first = InboundMessage.objects.filter(pk=(row.parsed or {})["duplicate_of"]).first()
    contact = Contact.objects.filter(inbound=first).first() if first is not None else None
    is_elsewhere = first is not None and first.mailbox_id != row.mailbox_id
    if contact is not None and is_elsewhere and "several_mailboxes" not in contact.remarks:
        contact.remarks = [*contact.remarks, "several_mailboxes"]
        contact.save()
    return Outcome.ignored(_("This message was taken in before."))


def _fitting(mail: ParsedMail, thread: Thread, sender: Sender) -> Question | None:
    """Our reference and a known address, and no server that says the address is forged: all three, or it is only a suggestion."""
    if not thread.is_signed or thread.question is None or "sender_not_verified" in mail.remarks:
        return None
    is_known = sender.address.address in known_addresses(thread.question, thread.outbound)
    return thread.question if is_known else None


def _attach(
    row: InboundMessage,
    mail: ParsedMail,
    question: Question,
    sender: Sender,
    automatic: str,
    at: datetime,
    *,
    is_automatic: bool,
) -> Outcome:
    received = receive_reply(
        question=question,
        at=at,
        received_at=moment_of(row, at),
        channel="email",
        customer=question.customer,
        text=mail.text or _text_of_files(mail),
        quoted_text=mail.quoted,
        subject_line=mail.subject,
        address=sender.address.address,
        address_name=sender.address.name,
        remarks=mail.remarks,
        inbound=row,
        is_automatic=is_automatic,
        mailbox=row.mailbox,
        may_acknowledge=_may_acknowledge(row, automatic, at),
    )
    if received.outcome == "new":
        return Outcome.registered(received.contact)
    return Outcome.attached(received.contact, in_words(AUTOMATIC, mail.automatic) if is_automatic else "")


def _new(
    row: InboundMessage, mail: ParsedMail, thread: Thread, sender: Sender, automatic: str, at: datetime
) -> Outcome:
    is_verified = "sender_not_verified" not in mail.remarks
    customer, doubts = find_customer(sender.address) if is_verified else (None, ())
    remarks = [*mail.remarks, *doubts]
    if sender.is_form:
        remarks = [code for code in remarks if code != "reply_to_differs"] + ["form_relay"]
    if sender.is_us:
        remarks.append("from_ourselves")
    if thread.is_signed and thread.question is None:
        remarks.append("question_gone")
    suggestion = SUGGESTIONS.get(thread.by, "") if thread.question is not None else ""
    if suggestion and (is_verified or suggestion != "other_sender"):
        remarks.append(suggestion)
    secret = confidential_of(thread)
    text = mail.text or _text_of_files(mail)
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=moment_of(row, at),
        asked=[
            Asked(
                title=mail_rules.title_of(mail.subject, mail.text) or text[:80],
                text=text,
                is_confidential=secret is not None,
            )
        ],
        customer=customer,
        text=text,
        address=sender.address.address,
        address_name=sender.address.name,
        subject_line=mail.subject,
        quoted_text=mail.quoted,
        inbound=row,
        remarks=remarks,
        is_automatic=mail_rules.is_by_machine(automatic),
        acknowledge=is_verified and _may_acknowledge(row, automatic, at),
        mailbox=row.mailbox,
    )
    if secret is not None:
        close_off(made.questions[0], like=secret, at=at)
    if thread.question is not None:
        suggest(made.questions[0], thread, thread.question, at)
    return Outcome.registered(made.contact)


def _may_acknowledge(row: InboundMessage, automatic: str, at: datetime) -> bool:
    """Never to a machine, not when this mailbox sends none, and not what came long ago."""
    is_wanted = row.mailbox is None or row.mailbox.has_acknowledgement
    return mail_rules.may_acknowledge(automatic) and is_wanted and is_recent(moment_of(row, at), at)


def suggest(question: Question, thread: Thread, other: Question, at: datetime) -> None:
    """A link for a person to judge, with the reason in words."""
    reasons = {
        "message": _("Answers a message of ours on this question, from an address that we do not know for it."),
        "reference": _("Carries our reference of this question, from an address that we do not know for it."),
        "earlier": _("Answers a message that we took in on this question."),
        "number": _("The subject names this question's number."),
    }
    link(question=question, other=other, by=None, at=at, kind=QuestionLink.Kind.SUGGESTED, reason=reasons[thread.by])


def _text_of_files(mail: ParsedMail) -> str:
    if not mail.attachments:
        return _("Message without text.")
    return _("Message without text, with attachment: %(names)s") % {
        "names": ", ".join(file.name for file in mail.attachments[:5])
    }
