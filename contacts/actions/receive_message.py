"""Decides about one message of a service: a sign, a next message of a conversation, or a new question."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.translation import gettext as _

from channels_app.actions.stop_number import start_number, stop_number
from channels_app.adapters.email.sensitive import noticed
from channels_app.adapters.sms.read import START, STOP
from channels_app.models import Channel
from channels_app.reasons import kept
from contacts.actions.asked import Asked
from contacts.actions.consent import withdraw_by_stop
from contacts.actions.customers import change_customer
from contacts.actions.link import link
from contacts.actions.receive import receive_reply
from contacts.actions.receive_own import receive_own
from contacts.actions.register import register
from contacts.mail import rules as mail_rules
from contacts.mail.outcome import Outcome
from contacts.messages.conversation import Place, find_place
from contacts.messages.sender import find_customer, stand_in
from contacts.models import Customer, QuestionLink

if TYPE_CHECKING:
    from channels_app.adapters.messages import Incoming
    from channels_app.models import InboundMessage

STOPS: Final = frozenset({"STOP", "AFMELDEN", "UITSCHRIJVEN"})


def receive_message(*, row: InboundMessage, said: Incoming, at: datetime) -> Outcome:
    """Writes what the message means for the desk, in the caller's transaction. Raises `Refused` when it cannot be accepted."""
    with connection.cursor() as cursor:  # two messages of one conversation are judged one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 31))", [row.conversation])
    if said.is_ours:
        return receive_own(row=row, said=said, at=at)
    is_forced = bool((row.parsed or {}).get("is_forced"))  # a person reads something else in it
    if said.details.get("asks") == STOP and not is_forced:
        stop_number(number=said.address, at=at)
        return Outcome.ignored(_("Asked for no more text messages (STOP)."))
    if said.details.get("asks") == START and not is_forced:
        start_number(number=said.address)
        return Outcome.ignored(_("Wants text messages again (START)."))
    if row.channel == Channel.WHATSAPP and said.text.strip().strip(".!").upper() in STOPS:
        withdraw_by_stop(channel=Channel.WHATSAPP, number=said.address, at=at)  # and it is a message like any other
    place = find_place(row, said.reply_to)
    if said.is_light and place.question is None and not is_forced:
        return Outcome.ignored(_("Only a sign, and no question that it belongs to."))
    if place.question is not None:
        return _attach(row, said, place, at)
    return _new(row, said, place, at)


def _attach(row: InboundMessage, said: Incoming, place: Place, at: datetime) -> Outcome:
    question = place.question
    assert question is not None  # noqa: S101 - the caller looked
    _name(question.customer, row, said, at)
    received = receive_reply(
        question=question,
        at=at,
        received_at=min(row.received_at, at),
        channel=row.channel,
        customer=question.customer,
        text=words_of(said),
        address=said.address,
        address_name=said.name,
        remarks=_remarks(said),
        inbound=row,
        is_automatic=said.is_light,
        may_acknowledge=False,
        source=row.message_source,
    )
    if received.outcome == "new":
        return Outcome.registered(received.contact)
    return Outcome.attached(received.contact)


def _new(row: InboundMessage, said: Incoming, place: Place, at: datetime) -> Outcome:
    customer, doubts = find_customer(row.channel, said.address, said.name)
    if isinstance(customer, Customer):
        _name(customer, row, said, at)
    text = words_of(said)
    made = register(
        by=None,
        at=at,
        channel=row.channel,
        received_at=min(row.received_at, at),
        asked=[Asked(title=mail_rules.title_of("", text), text=text)],
        customer=customer,
        text=text,
        quoted_text=said.post_text,
        address=said.address,
        address_name=said.name,
        inbound=row,
        remarks=[*_remarks(said), *doubts],
        acknowledge=False,
        source=row.message_source,
    )
    if place.earlier is not None:
        link(
            question=made.questions[0],
            other=place.earlier,
            by=None,
            at=at,
            kind=QuestionLink.Kind.SUGGESTED,
            reason=_("The same person wrote before. That question was closed more than a day ago."),
        )
    return Outcome.registered(made.contact)


def _name(customer: Customer | None, row: InboundMessage, said: Incoming, at: datetime) -> None:
    """Who was named after the account gets the name that a message tells; a name that a person gave stays."""
    if customer is None or customer.merged_into_id is not None or not said.name:
        return
    if customer.name == stand_in(row.channel, said.address) != said.name:
        change_customer(customer=customer, by=None, at=at, name=said.name)


def words_of(said: Incoming) -> str:
    """The words; of a message without words, what it is."""
    if said.text:
        return said.text
    if said.media:
        return kept("Message without text, with attachment: %(names)s", names=", ".join(one.name for one in said.media))
    return kept("Message without text.")


def _remarks(said: Incoming) -> list[str]:
    found = [*said.remarks, *(["public_message"] if said.is_public else []), *noticed(said.text)]
    return list(dict.fromkeys(found))
