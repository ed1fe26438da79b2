"""The rows of a customer who is not known yet, and the address at which a known one is reached; nothing is saved here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.asked import NewCustomer
from contacts.models import ContactAddress, Customer
from organisation.bulk import history_of
from organisation.errors import Refused

if TYPE_CHECKING:
    from organisation.models import User


def build_customer(
    new: NewCustomer, pk: int, address_ids: list[int], *, by: User | None, at: datetime
) -> tuple[Customer, list[models.Model]]:
    name = normalize.clean_line(new.name, 200)
    if not name:
        raise Refused(_("Fill in the name of the customer."), "customer_name")
    customer = Customer(
        pk=pk,
        kind=new.kind if new.kind in Customer.Kind.values else Customer.Kind.PERSON,
        salutation=new.salutation if new.salutation in Customer.Salutation.values else Customer.Salutation.NONE,
        name=name,
        street=normalize.clean_line(new.street, 100),
        house_number=normalize.clean_line(new.house_number, 20),
        postcode=normalize.postcode(normalize.clean_line(new.postcode, 10)),
        place=normalize.clean_line(new.place, 80),
        created_at=at,
    )
    customer.fill_search_text()
    addresses = [
        ContactAddress(customer=customer, kind=kind, value=value, normalized=ContactAddress.normal_form(kind, value))
        for kind, value in (
            (ContactAddress.Kind.PHONE, normalize.clean_line(new.phone, 40)),
            (ContactAddress.Kind.EMAIL, normalize.clean_line(new.email, 320)),
            (ContactAddress.Kind.WHATSAPP, normalize.clean_line(new.whatsapp, 40)),
            (ContactAddress.Kind.SOCIAL, normalize.clean_line(new.social, 320)),
        )
        if value
    ]
    for address, address_id in zip(addresses, address_ids, strict=False):
        address.pk = address_id
    rows: list[models.Model] = [customer, *history_of([customer], by=by, at=at)]
    if addresses:
        rows += [*addresses, *history_of(addresses, by=by, at=at)]
    return customer, rows


def email_of(customer: Customer, rows: list[models.Model]) -> str:
    for row in rows:
        if isinstance(row, ContactAddress) and row.kind == ContactAddress.Kind.EMAIL:
            return row.value
    if customer._state.adding:
        return ""
    known = customer.addresses.filter(kind=ContactAddress.Kind.EMAIL, bounced_at__isnull=True)
    return known.order_by("-is_preferred", "-is_verified", "id").values_list("value", flat=True).first() or ""
