"""Judges a typed registration: what `register` needs, or a sentence for each field that is not right yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from channels_app.models import Call, Channel
from contacts import normalize
from contacts.actions.register import NewCustomer
from contacts.calls.live import call_to_register
from contacts.finding.customers import customer_for, customers_reached_by, recognised
from contacts.forms.registration import ENDS, LINES, MAX_NOTE, WITHOUT_ANSWER, Block, Typed, received_at
from contacts.forms.registration_ends import asked_of
from contacts.forms.registration_route import routed_for
from contacts.models import Customer
from contacts.rulebook import rulebook
from organisation import wording
from organisation.clock import AMSTERDAM
from organisation.numbers import whole
from organisation.snapshot import Organisation, organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.finding.recognise import Typed as Recognised
    from organisation.models import User

PHONES = frozenset({Channel.PHONE, Channel.WHATSAPP})


@dataclass
class Judged:
    """`errors`: field → sentence. Without errors `arguments` are those of `register`."""

    errors: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    customer: Customer | None = None

    def wrong(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, sentence)


def judge(user: User, typed: Typed, *, end: str, at: datetime) -> Judged:
    """Reads only; nothing is written."""
    judged = Judged()
    house = organisation()
    _lengths(typed, judged)
    if typed.get("channel") and typed.get("channel") not in Channel.values:
        judged.wrong("channel", _("Choose a channel."))
    moment = received_at(typed, at)
    if moment is None or not 2000 <= moment.astimezone(AMSTERDAM).year <= 2100:
        judged.wrong("received_on", _("Fill in a date that exists, for example 20-11-2026."))
        moment = at
    elif moment > at:
        judged.wrong("received_on", _("The moment of receipt lies in the future."))
    if end not in ENDS and end not in WITHOUT_ANSWER:
        judged.wrong("end", _("Choose how the contact ended."))
        return judged
    appointment_at = _appointment(typed, judged, moment)
    customer = _customer(user, typed, judged, house, needed=end not in WITHOUT_ANSWER)
    asked = [asked_of(user, typed, block, judged, end=end, customer=customer, house=house) for block in typed.blocks]
    if judged.errors:
        return judged
    blocks, call = typed.blocks, _call(user, typed)
    if call is not None:  # the exchange knows when it was picked up
        moment = call.answered_at or call.entered_at
    shared = [block.text for block in blocks if block.text and not _is_confidential(typed, block, customer, house)]
    judged.arguments = {
        "channel": typed.channel,
        "received_at": moment,
        "appointment_at": appointment_at,
        "customer": customer,
        "asked": [one for one in asked if one is not None],
        "text": blocks[0].text if len(blocks) == 1 else "\n\n".join(shared),
        "address": _address(typed, customer, house),
        "key": str(typed.token),
        "call": call,
        "acknowledge": True,
        "house": house,
    }
    return judged


def _appointment(typed: Typed, judged: Judged, came_at: datetime) -> datetime | None:
    """Of a visitor: the time of the appointment, on the day of the visit."""
    text = typed.get("appointment")
    if typed.channel != Channel.APPOINTMENT or not text:
        return None
    try:
        begins = time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        judged.wrong("appointment", _("Fill in a time, for example 10:30."))
        return None
    return datetime.combine(local_day(came_at), begins, AMSTERDAM)


def _is_confidential(typed: Typed, block: Block, customer: Customer | NewCustomer | None, house: Organisation) -> bool:
    """By hand or by a rule: then its words stand with no other question of the contact."""
    if block.confidential or not rulebook(house).may_make_confidential:
        return bool(block.confidential)
    return routed_for(typed, block, customer, house).confidential_on(typed.channel) is not None


def _call(user: User, typed: Typed) -> Call | None:
    """The exchange's call that this is about, when it was picked up and nobody registered it meanwhile."""
    pk = whole(typed.get("call"))
    row = call_to_register(user, pk) if pk and typed.channel == Channel.PHONE else None
    return row.call if row is not None else None


def _lengths(typed: Typed, judged: Judged) -> None:
    for name, limit in LINES.items():
        if len(typed.get(name)) > limit:
            judged.wrong(name, _("This is too long: at most %(limit)s characters.") % {"limit": limit})
    for block in typed.blocks:
        if len(block.text) > MAX_NOTE:
            judged.wrong(
                f"q{block.index}-text",
                _("The note is too long: at most %(limit)s characters. It has %(count)s.")
                % {"limit": wording.number(MAX_NOTE), "count": wording.number(len(block.text))},
            )


def _customer(
    user: User, typed: Typed, judged: Judged, house: Organisation, *, needed: bool
) -> Customer | NewCustomer | None:
    if typed.get("customer_state") == "new":
        return _new_customer(typed, judged)
    if typed.get("customer"):
        pk = whole(typed.get("customer"))
        found = customer_for(user, pk, typed.get("customer_query")) if pk else None
        if found is None:
            judged.wrong("customer_query", _("This customer is not there any more. Search again."))
        judged.customer = found
        return found
    if not needed or typed.get("customer_state") == "unknown":
        return None
    asked = recognised(typed.get("customer_query")[:200], house)
    known = _reached_by(user, asked)
    if len(known) == 1:  # as the screen picks by itself whom a number or address names in full
        judged.customer = known[0]
        return known[0]
    if known or asked.kind in ("name", "postcode", "number"):
        judged.wrong(
            "customer_query", _("Choose a customer from the list, make a new one, or choose “Unknown customer”.")
        )
    return None


def _reached_by(user: User, asked: Recognised) -> list[Customer]:
    """Who has exactly the number or address that was typed."""
    if asked.kind == "phone":
        return customers_reached_by(user, phone=f"+{asked.value}")
    return customers_reached_by(user, email=asked.value) if asked.kind == "email" else []


def _new_customer(typed: Typed, judged: Judged) -> NewCustomer:
    if not typed.get("new_name"):
        judged.wrong("new_name", _("Fill in the name of the customer."))
    phone, email = typed.get("new_phone"), typed.get("new_email")
    if phone and not 6 <= len(normalize.phone(phone)) <= 15:
        judged.wrong("new_phone", _("This is no phone number. Example: 0226 36 33 33."))
    if email and not _is_email(email):
        judged.wrong("new_email", _("This is no e-mail address. Example: naam@voorbeeld.nl."))
    return NewCustomer(
        name=typed.get("new_name"),
        kind=typed.get("new_kind") or "person",
        salutation=typed.get("new_salutation") or "none",
        phone=phone,
        email=email,
        street=typed.get("new_street"),
        house_number=typed.get("new_house_number"),
        postcode=typed.get("new_postcode"),
        place=typed.get("new_place"),
    )


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _address(typed: Typed, customer: Customer | NewCustomer | None, house: Organisation) -> str:
    """The number or address that the customer used, as far as it was typed."""
    if typed.get("address"):
        return typed.get("address")
    found = recognised(typed.get("customer_query")[:200], house)
    if found.kind == "phone" and typed.channel in PHONES:
        return normalize.phone_words(found.value)
    if found.kind == "email" and typed.channel not in PHONES:
        return found.value
    if isinstance(customer, NewCustomer) and typed.channel in PHONES:
        return customer.phone
    return ""
