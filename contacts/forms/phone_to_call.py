"""On which number a customer is called back, as far as the registration screen knows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contacts.finding.customers import recognised
from contacts.models import ContactAddress, Customer
from contacts.normalize import phone_words

if TYPE_CHECKING:
    from contacts.forms.registration import Typed
    from organisation.snapshot import Organisation


def phone_to_call(typed: Typed, known: str, house: Organisation | None = None) -> str:
    """What was typed for it, else the number that calls, else the `known` one of the customer; empty when there is none."""
    found = recognised(typed.get("customer_query")[:200], house)
    address = typed.get("address")
    return (
        typed.get("callback_phone")
        or (phone_words(found.value) if found.kind == "phone" else "")
        or known
        or typed.get("new_phone")
        or (address if "@" not in address else "")
    )


def known_phone(customer: Customer) -> str:
    """The number of a customer that is rather called than the others."""
    numbers = customer.addresses.filter(kind=ContactAddress.Kind.PHONE)
    return numbers.order_by("-is_preferred", "-is_verified", "pk").values_list("value", flat=True).first() or ""
