"""Mail from a colleague: an answer given from the own mail program, something passed on, or a note (email-cases 63 and 65)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import InboundMessage
from contacts.actions.answer import add_contact, after_message
from contacts.actions.asked import Asked
from contacts.actions.change import changing
from contacts.actions.confidential import close_off
from contacts.actions.keep_level import keep_level
from contacts.actions.register import register
from contacts.actions.tell import tell
from contacts.mail import rules as mail_rules
from contacts.mail.moment import moment_of
from contacts.mail.outcome import Outcome
from contacts.mail.sender import Sender
from contacts.mail.thread import Thread, addresses_of_customer, known_addresses
from contacts.merged import where_merged
from contacts.models import Contact, Note, Notice, Question

if TYPE_CHECKING:
    from channels_app.adapters.email.addresses import Address
    from channels_app.adapters.email.mail import ParsedMail
    from organisation.models import User


def receive_from_colleague(
    *, row: InboundMessage, mail: ParsedMail, thread: Thread, sender: Sender, own: frozenset[str], at: datetime
) -> Outcome | None:
    """None when it is none of these: then the colleague is a customer like any other.

    A sender whom the mail server does not believe is never a colleague. The thread must be one that outsiders cannot guess.
    """
    if "sender_not_verified" in mail.remarks:
        return None
    employee = sender.employee
    found = thread.question if thread.by in ("message", "reference", "earlier") else None
    if found is not None and mail.sender.address in addresses_of_customer(found):
        return None  # who works here may ask something too
    question = where_merged(found) if found is not None else None
    if question is not None and not mail.is_forward:
        customer = known_addresses(question, thread.outbound) - own
        to = next((one for one in (*mail.to, *mail.cc) if one.address in customer), None)
        if to is not None:
            return Outcome.attached(
                _answered(row, mail, question, employee, to, at), _("Answer from a colleague's own mail program")
            )
        if employee is not None and Question.objects.visible_to(employee).filter(pk=question.pk).exists():
            Note.objects.create(question=question, text=_note_of(mail), created_at=at, created_by=employee)
            tell(
                [question.assignee_id],
                kind=Notice.Kind.NEW_CONTACT,
                question=question,
                key=f"inbound:{row.pk}",
                at=at,
                by=employee,
            )
            return Outcome.attached(
                None,
                _("Kept as a note: it came from a colleague and did not go to the customer. %(number)s")
                % {"number": question.number},
            )
    citizen = mail.forwarded_from if mail.is_forward or thread.question is None else None
    ours = own if employee is None else own | {employee.email.lower()}
    if (employee is not None or sender.is_us) and citizen is not None and citizen.address not in ours:
        contact = _passed_on(row, mail, citizen, confidential_of(thread), at)
        who = employee or mail.sender.name or mail.sender.address
        return Outcome.registered(contact, _("Passed on by %(name)s") % {"name": who})
    return None


def _note_of(mail: ParsedMail) -> str:
    """A note has no files: it says where they are."""
    text = mail.text or mail.subject
    if not mail.attachments:
        return text
    names = ", ".join(file.name for file in mail.attachments[:10])
    return f"{text}\n\n{_('With files, which stay in the mailbox: %(names)s') % {'names': names}}".strip()


def _answered(
    row: InboundMessage, mail: ParsedMail, question: Question, employee: User | None, to: Address, at: datetime
) -> Contact:
    """An outgoing answer at the moment the colleague sent it; the question stays open for whoever handles it."""
    sent_at = moment_of(row, at)
    with changing(question, by=None, at=at, reason="answered from a mail program") as fresh:
        contact = add_contact(
            fresh,
            by=employee,
            at=sent_at,
            text=mail.text,
            channel="email",
            is_answer=True,
            subject_line=mail.subject[:300],
            address=to.address,
        )
        contact.inbound = row
        contact.registered_at = at
        contact.quoted_text = mail.quoted
        contact.address_name = to.name
        contact.remarks = [*mail.remarks, "answered_by_mail"]
        contact.save_without_historical_record()  # type: ignore[attr-defined]
        keep_level(contact, fresh, left_at=sent_at)
        if fresh.is_open:
            after_message(fresh, by=employee, at=sent_at, is_answer=True, then="stay")
    tell(
        [question.assignee_id],
        kind=Notice.Kind.NEW_CONTACT,
        question=question,
        key=f"contact:{contact.pk}",
        at=at,
        by=employee,
    )
    return contact


def confidential_of(thread: Thread) -> Question | None:
    """The confidential question that this is about, by who had our mail in hand: it quotes that mail, from whatever address it comes.

    Also when nobody is left there who can see it: `close_off` finds others.
    """
    if not thread.is_signed or thread.question is None:
        return None
    question = where_merged(thread.question)
    return question if question.is_confidential else None


def _passed_on(
    row: InboundMessage, mail: ParsedMail, citizen: Address, secret: Question | None, at: datetime
) -> Contact:
    """Registered with the citizen's address but without a customer: a person confirms who it is (`adopt_sender`)."""
    text = mail.text if mail.is_forward else "\n\n".join(part for part in (mail.text, mail.quoted) if part)
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=moment_of(row, at),
        asked=[Asked(title=mail_rules.title_of(mail.subject, text), text=text, is_confidential=secret is not None)],
        customer=None,
        text=text,
        address=citizen.address,
        address_name=citizen.name,
        subject_line=mail.subject,
        inbound=row,
        remarks=[*mail.remarks, "forwarded_by_employee"],
        acknowledge=False,
        mailbox=row.mailbox,
    )
    if secret is not None:
        close_off(made.questions[0], like=secret, at=at)
    return made.contact
