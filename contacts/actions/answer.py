"""Answers a question: by a message that is sent, or by a conversation that was held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message, queue_message
from channels_app.models import Channel, StoredFile
from contacts import normalize, reply_text, status
from contacts.actions.change import changing, refusal
from contacts.actions.clocks import pause_clocks, stop_clocks
from contacts.actions.close import finish
from contacts.actions.keep_level import keep_level
from contacts.actions.promise_again import promise_again
from contacts.actions.send_message import queue_answer, way_of
from contacts.models import Contact, IdempotencyKey, Question, QuestionContact
from contacts.norms.promises import CALLBACK, STOPPED_BY_REACTION
from organisation.errors import Refused
from organisation.history import sign
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

MAX_TEXT = 50_000
BY_SERVICE = frozenset({Channel.WHATSAPP, Channel.SMS, Channel.SOCIAL, Channel.CHAT})
ACTS = {"close": "close", "waiting": "ask_customer", "interim": "interim", "stay": "interim"}
PURPOSES = {"close": "reply", "stay": "reply", "waiting": "question_back", "interim": "interim"}


@one_transaction
def answer(
    *,
    question: Question,
    by: User,
    at: datetime,
    text: str,
    channel: str = "email",
    to_address: str = "",
    subject_line: str = "",
    then: str = "close",
    is_answer: bool = True,
    version: int | None = None,
    key: str | None = None,
    files: Iterable[StoredFile] = (),
    copies: Sequence[str] = (),
    is_edit: bool = True,
    unread: Contact | None = None,
) -> Contact:
    """Writes the reply; an e-mail goes to the outbox in the same transaction. The first answer stops the clocks.

    `then`: close | waiting (pauses; is a question back, no answer) | interim (a human message that is no answer) | stay.
    The same `key` twice is one reply. `is_edit` false: the version rose already when the reply was planned.
    `unread`: what the customer wrote last that nobody had read when this was written; it is promised an answer of its own.
    """
    counts = is_answer and then in ("close", "stay")
    with changing(
        question,
        by=by,
        at=at,
        version=None if key and seen(by, key) else version,
        reason=PURPOSES.get(then, ""),
        is_edit=is_edit,
    ) as fresh:
        claimed = claimed_for(by, key, at)
        earlier = Contact.objects.filter(pk=claimed.get("contact", 0)).first() if claimed is not None else None
        if earlier is not None:
            return earlier
        check_may(fresh, then)
        contact = write_outgoing(
            fresh,
            by=by,
            at=at,
            text=text,
            channel=channel,
            to_address=to_address,
            subject_line=subject_line,
            purpose=PURPOSES[then],
            is_answer=counts,
            files=files,
            copies=copies,
        )
        if key:
            IdempotencyKey.objects.filter(owner=f"reply:{by.pk}", key=key).update(answer={"contact": contact.pk})
        after_message(fresh, by=by, at=at, is_answer=counts, then=then, unread=unread)
        if unread is not None:
            promise_again(fresh, unread, by=by, at=at)
    return contact


def write_outgoing(
    question: Question,
    *,
    by: User | None,
    at: datetime,
    text: str,
    channel: str,
    to_address: str,
    purpose: str,
    is_answer: bool,
    subject_line: str = "",
    files: Iterable[StoredFile] = (),
    copies: Sequence[str] = (),
) -> Contact:
    """The outgoing contact on the locked question, and (by e-mail or a service) the message in the outbox with its thread."""
    text, to_address = checked(text=text, channel=channel, to_address=to_address)
    subject_line = normalize.clean_line(subject_line, 300) or question.title
    if question.number not in subject_line:
        subject_line = f"{subject_line[:270]} [{question.number}]"
    way = way_of(question, channel, to_address) if channel in BY_SERVICE else None
    contact = add_contact(
        question,
        by=by,
        at=at,
        text=text,
        channel=channel,
        is_answer=is_answer,
        subject_line=subject_line if way is None else "",
        address=to_address if way is None else way.talk.address,
    )
    if way is not None:
        contact.outbound = queue_answer(
            way, question=question, contact=contact, purpose=purpose, text=text, at=at, files=files
        )
        contact.remarks = ["public_answer"] if way.is_public else []
        contact.save_without_historical_record()  # type: ignore[attr-defined]
    elif channel == Channel.EMAIL:
        last = _last_incoming(question)
        message_id = last.inbound.message_id if last and last.inbound else ""
        outbound = queue_message(
            compose_message(
                purpose=purpose,
                object_key=f"contact:{contact.pk}",
                to_address=to_address,
                to_name=question.customer.full_name if question.customer else "",
                copies=copies,
                subject=subject_line,
                body=reply_text.with_closing(text, closing_of(question, by)),
                at=at,
                mailbox=last.inbound.mailbox if last and last.inbound else None,
                in_reply_to=message_id,
                references=message_id,
                reference_number=question.number,
            )
        )
        contact.outbound = outbound
        contact.save_without_historical_record()  # type: ignore[attr-defined]
        for stored in files:
            stored.outbound = outbound
            stored.save()
    else:
        if any(True for _file in files):
            raise Refused(_("Files can only go along with an e-mail, or by an account that is connected."), "files")
        keep_level(contact, question, left_at=at)
    return contact


def check_may(question: Question, then: str) -> None:
    """Whether this reply fits the question as it is now."""
    if then not in ACTS:
        raise Refused(_("Choose what happens with the question."), "then")
    if question.status == Question.Status.CLOSED:
        raise Refused(_("This question is closed. Reopen it first."))
    if not status.may(ACTS[then], question.status):
        raise Refused(refusal(ACTS[then], question))


def checked(*, text: str, channel: str, to_address: str) -> tuple[str, str]:
    """Text and address as they are kept, or `Refused` with what is missing."""
    text = normalize.clean(text, MAX_TEXT)
    if not text:
        raise Refused(_("Write the message first."), "text")
    if channel not in Channel.values:
        raise Refused(_("Choose a channel."), "channel")
    to_address = normalize.clean_line(to_address, 320)
    if channel == Channel.EMAIL and not _looks_like_address(to_address):
        raise Refused(_("Fill in an e-mail address, for example naam@voorbeeld.nl."), "to_address")
    return text, to_address


def closing_of(question: Question, by: User | None) -> str:
    """The end of every reply, with who writes it and for which team."""
    house = organisation()
    team = house.teams.get(question.team_id)
    names = {"medewerker": str(by) if by else "", "team": team.name if team else "", "nummer": question.number}
    return reply_text.fill(house.municipality.reply_closing, names)


def after_message(
    question: Question, *, by: User | None, at: datetime, is_answer: bool, then: str, unread: Contact | None = None
) -> None:
    """What a human message does to the clocks and the status of the locked question; it keeps no promise to what was `unread` then."""
    if is_answer:
        question.answered_at = max(question.answered_at or at, at)
        stop_clocks(
            question, by=by, at=at, cause="answered", besides=frozenset({CALLBACK}), unread=unread
        )  # kept by calling alone
    else:
        stop_clocks(question, by=by, at=at, cause="reaction", codes=STOPPED_BY_REACTION, unread=unread)
    if then == "waiting":
        question.status = status.after("ask_customer", question.status)
        pause_clocks(question, by=by, at=at, cause="waiting for customer")
    elif then == "close":
        finish(question, by=by, at=at, reason=Question.CloseReason.ANSWERED)
    else:
        question.status = status.after("interim", question.status)


def add_contact(
    question: Question,
    *,
    by: User | None,
    at: datetime,
    text: str,
    channel: str,
    is_answer: bool,
    subject_line: str = "",
    address: str = "",
    told_at: datetime | None = None,
) -> Contact:
    """`told_at`: when we heard of it, if that was later than it happened."""
    contact = Contact(
        customer=question.customer,
        channel=channel,
        direction=Contact.Direction.OUT,
        received_at=at,
        registered_at=told_at or at,
        registered_by=by,
        text=text,
        subject_line=subject_line,
        address=address,
        is_answer=is_answer,
    )
    sign(contact, by=by, at=at)
    contact.save()
    QuestionContact.objects.create(question=question, contact=contact)
    question.contact_count += 1
    question.last_contact_at = max(question.last_contact_at, at)
    return contact


def _last_incoming(question: Question) -> Contact | None:
    incoming = Contact.objects.filter(
        questions=question, direction=Contact.Direction.IN, inbound__isnull=False, is_automatic=False
    )
    return incoming.select_related("inbound__mailbox").order_by("-received_at").first()


def _looks_like_address(text: str) -> bool:
    name, at_sign, host = text.partition("@")
    return bool(name and at_sign and "." in host and not set(text) & set(' \t<>,;"()')) and "@" not in host


def seen(by: User, key: str) -> bool:
    """Whether this form was sent before."""
    return IdempotencyKey.objects.filter(owner=f"reply:{by.pk}", key=key[:120]).exists()


def claimed_for(by: User, key: str | None, at: datetime) -> dict[str, Any] | None:
    """What was answered under this key before; None when the key is ours (the question's lock keeps others out)."""
    if not key:
        return None
    row, is_new = IdempotencyKey.objects.get_or_create(
        owner=f"reply:{by.pk}", key=key[:120], defaults={"request_sha256": "", "created_at": at}
    )
    return None if is_new else dict(row.answer or {})
