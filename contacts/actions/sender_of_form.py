"""Who filled in a form or an app: somebody we know only when address and surname fit."""

from __future__ import annotations

from channels_app.adapters.email.addresses import Address
from contacts import normalize
from contacts.actions.asked import NewCustomer
from contacts.mail.sender import find_customer
from contacts.models import Customer


def sender_of_form(*, name: str, email: str, phone: str) -> tuple[Customer | NewCustomer | None, tuple[str, ...]]:
    """Families share an address, and anybody can type anybody's. Nobody without a name and an address."""
    if email:
        found, remarks = find_customer(Address(email, name))
        if isinstance(found, Customer) and (not name or _is_named(found, name)):
            return found, remarks
        if found is None and not name:
            return None, remarks
    if not name and not email:
        return None, ()
    return NewCustomer(name=name or email, email=email, phone=phone), ()


def _is_named(customer: Customer, name: str) -> bool:
    surname = normalize.plain(name).split()[-1:]
    return bool(surname) and surname[0] in normalize.plain(customer.name).replace("-", " ").split()
