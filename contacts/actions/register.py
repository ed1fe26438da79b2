"""Registers a contact: every channel, by hand and by machine, screen and API; the one way in.

Question, contact, assignment, clocks, events, history and acknowledgement are written in one transaction and one round trip
(`organisation.bulk`), with ids taken beforehand. A key makes a second registration give the answer of the first.
`register` is the whole use case; `write_registration` is for who writes more in the same transaction and lets every refusal end it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from channels_app.models import Channel, OutboundMessage
from contacts import normalize
from contacts.actions.asked import ENDS, Asked, CallbackAsked, NewCustomer, Registered
from contacts.actions.attach import attach
from contacts.actions.build_customer import build_customer, email_of
from contacts.actions.build_question import MAX_TEXT, build_question
from contacts.actions.claim_key import claim_key
from contacts.actions.place_question import Way
from contacts.actions.reserve import Reserved, reserve
from contacts.models import (
    Assignment,
    CallbackRequest,
    ClockEvent,
    Contact,
    Customer,
    NormClock,
    Notice,
    Question,
    QuestionContact,
    QuestionPlace,
)
from contacts.norms.promises import ACKNOWLEDGE
from contacts.norms.visits import HALL
from organisation.bulk import history_of, insert_rows
from organisation.errors import Refused
from organisation.failpoints import failpoint
from organisation.nudge import nudge
from organisation.origin import NO_ORIGIN, Origin
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from channels_app.models import Call, InboundMessage, Mailbox, MessageSource
    from contacts.models import ApiClient
    from organisation.models import User

__all__ = ["Asked", "CallbackAsked", "NewCustomer", "Registered", "register", "write_registration"]

MOST_CLOCKS = 4
"""A question starts no more clocks than this at once."""
MOST_ADDRESSES = 4
"""A new customer has no more addresses than this: phone, e-mail, WhatsApp and social (`NewCustomer`)."""
FUTURE_SLACK = timedelta(minutes=2)
"""Clocks of two machines may differ by this much; later than that is a mistake."""
VISIT_ENDS = frozenset({"direct", "forward", "open"})


def write_registration(
    *,
    by: User | None,
    at: datetime,
    channel: str,
    received_at: datetime,
    asked: Sequence[Asked],
    customer: Customer | NewCustomer | None = None,
    text: str = "",
    address: str = "",
    address_name: str = "",
    subject_line: str = "",
    quoted_text: str = "",
    key: str | None = None,
    inbound: InboundMessage | None = None,
    call: Call | None = None,
    duration_seconds: int | None = None,
    remarks: Sequence[str] = (),
    is_automatic: bool = False,
    appointment_at: datetime | None = None,
    acknowledge: bool = True,
    mailbox: Mailbox | None = None,
    source: MessageSource | None = None,
    client: ApiClient | None = None,
    origin: Origin = NO_ORIGIN,
    house: Organisation | None = None,
) -> Registered:
    """Writes the contact and its questions; raises `Refused` with a sentence when the input cannot be accepted."""
    _check(by=by, at=at, channel=channel, received_at=received_at, asked=asked)
    if appointment_at is not None:
        _check_appointment(appointment_at, channel=channel, received_at=received_at)
    if by is not None and not by.may(Right.QUESTIONS_WRITE) and not _is_visit(customer, asked):
        raise PermissionDenied
    house = house or organisation()
    fresh = [one for one in asked if one.add_to is None]
    reserved = _reserve(fresh, customer, at=at, house=house)
    if key is not None:
        moment = at if call is not None else received_at  # of a call the exchange names it, and only the first time
        besides = _said_besides(channel, text, customer, received_at=moment, at=at)
        if appointment_at is not None:
            besides = (*besides, appointment_at.isoformat())
        earlier = claim_key(
            key,
            by=by,
            client=client,
            at=at,
            contact_id=reserved.ids["contact"][0],
            numbers=reserved.numbers,
            asked=asked,
            besides=besides,
        )
        if earlier is not None:
            return earlier

    person, rows = _person(customer, reserved, by=by, at=at)
    if not address and person is not None and channel in ACKNOWLEDGE:
        address = email_of(person, rows)
    contact = Contact(
        pk=reserved.ids["contact"][0],
        customer=person,
        channel=channel,
        direction=Contact.Direction.IN,
        received_at=received_at,
        registered_at=at,
        registered_by=by,
        text=normalize.clean(text, MAX_TEXT),
        quoted_text=normalize.clean(quoted_text, MAX_TEXT),
        subject_line=normalize.clean_line(subject_line, 300),
        address=normalize.clean_line(address, 320),
        address_name=normalize.clean_line(address_name or (person.full_name if person else ""), 200),
        is_answer=not is_automatic and any(one.end == "direct" and not one.close_reason for one in asked),
        is_automatic=is_automatic,
        remarks=list(remarks),
        inbound=inbound,
        call=None if call is None or _is_taken(call) else call,
        duration_seconds=duration_seconds,
    )
    way = Way(
        by=by,
        at=at,
        house=house,
        mailbox=mailbox,
        source=source,
        origin=origin,
        reason=f"API: {client.name}" if client is not None else "",
        appointment_at=appointment_at,
    )
    rows += [contact, *history_of([contact], by=by, at=at, reason=way.reason)]
    questions, their_rows = _questions(fresh, contact, reserved, way, acknowledge=acknowledge)
    rows += their_rows
    insert_rows(rows)
    for one in asked:
        if one.add_to is not None:
            questions.append(attach(question_id=one.add_to, contact=contact, by=by, at=at, text=one.text, end=one.end))
    failpoint("before_commit")
    if any(isinstance(row, OutboundMessage) for row in rows):
        nudge("channels_app.tasks.deliver")
    return Registered(contact, questions)


register = one_transaction(write_registration)

_ORDER = (
    Question,
    QuestionPlace,
    QuestionContact,
    Assignment,
    CallbackRequest,
    NormClock,
    ClockEvent,
    OutboundMessage,
    Notice,
)


def _reserve(
    fresh: Sequence[Asked], customer: Customer | NewCustomer | None, *, at: datetime, house: Organisation
) -> Reserved:
    """The ids and numbers of all that this registration may come to write."""
    is_new = isinstance(customer, NewCustomer)
    return reserve(
        prefix=house.municipality.number_prefix,
        year=local_day(at).year,
        contact=1,
        question=len(fresh),
        clock=MOST_CLOCKS * len(fresh),
        callback=sum(one.end == "callback" for one in fresh),
        customer=1 if is_new else 0,
        address=MOST_ADDRESSES if is_new else 0,
    )


def _said_besides(
    channel: str, text: str, customer: Customer | NewCustomer | None, *, received_at: datetime, at: datetime
) -> tuple[object, ...]:
    """What tells two registrations under one key apart, next to the questions; who names no moment asks the same a second later."""
    who = customer.pk if isinstance(customer, Customer) else customer
    return channel, text, who, None if received_at == at else received_at.isoformat()


def _person(
    customer: Customer | NewCustomer | None, reserved: Reserved, *, by: User | None, at: datetime
) -> tuple[Customer | None, list[models.Model]]:
    """Who asks, with the rows to be written for somebody who is new."""
    if isinstance(customer, NewCustomer):
        return build_customer(customer, reserved.ids["customer"][0], reserved.ids["address"], by=by, at=at)
    return customer, []


def _questions(
    fresh: Sequence[Asked], contact: Contact, reserved: Reserved, way: Way, *, acknowledge: bool
) -> tuple[list[Question], list[models.Model]]:
    """The new questions, and all their rows in the order in which these may refer to each other; the first that is not over is acknowledged."""
    goes_on = [index for index, one in enumerate(fresh) if one.end != "direct" and not one.close_reason]
    questions: list[Question] = []
    rows: list[models.Model] = []
    for index, (one, number) in enumerate(zip(fresh, reserved.numbers, strict=True)):
        question, its_rows = build_question(
            one,
            pk=reserved.ids["question"][index],
            number=number,
            clock_ids=reserved.ids["clock"][index * MOST_CLOCKS : (index + 1) * MOST_CLOCKS],
            callback_ids=reserved.ids["callback"],
            contact=contact,
            way=way,
            acknowledge=acknowledge and index in goes_on[:1] and "@" in contact.address,
        )
        questions.append(question)
        rows += its_rows
    order = {model: place for place, model in enumerate(_ORDER)}
    return questions, sorted(rows, key=lambda row: order.get(type(row), len(order)))


def _is_visit(customer: Customer | NewCustomer | None, asked: Sequence[Asked]) -> bool:
    """Whether a host may write this: a visitor by name at most, helped or handed over (quality §4, column HO)."""
    return not isinstance(customer, Customer) and all(
        one.add_to is None and one.end in VISIT_ENDS and not one.close_reason for one in asked
    )


def _is_taken(call: Call) -> bool:
    """Whether another contact is about this call: then a colleague was first, and the conversation is registered without it.

    Two who register it at once wait for each other.
    """
    list(type(call).objects.select_for_update().filter(pk=call.pk).values_list("pk"))
    return Contact.objects.filter(call=call).exists()


def _check_appointment(appointment_at: datetime, *, channel: str, received_at: datetime) -> None:
    if channel != Channel.APPOINTMENT:
        raise Refused(_("Only a visit with an appointment has a time of the appointment."), "appointment_at")
    if local_day(appointment_at) != local_day(received_at):
        raise Refused(_("The appointment is on another day than the visit."), "appointment_at")


def _check(*, by: User | None, at: datetime, channel: str, received_at: datetime, asked: Sequence[Asked]) -> None:
    may = by is None or by.may(Right.QUESTIONS_WRITE) or (by.may(Right.VISITS_WRITE) and channel in HALL)
    if not may:
        raise PermissionDenied
    if channel not in Channel.values:
        raise Refused(_("Choose a channel."), "channel")
    if received_at > at + FUTURE_SLACK:
        raise Refused(_("The moment of receipt lies in the future."), "received_at")
    if received_at < at - timedelta(days=3653):
        raise Refused(_("The moment of receipt lies more than ten years back. Is the year right?"), "received_at")
    if not asked or len(asked) > 10:
        raise Refused(_("A contact has one to ten questions."), "asked")
    for one in asked:
        if one.end not in ENDS:
            raise Refused(_("Choose how the contact ended."), "end")
        if one.end == "callback" and not normalize.phone(one.callback.phone if one.callback else ""):
            raise Refused(_("Fill in the number that we must call back."), "callback_phone")
