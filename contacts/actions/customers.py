"""Makes and changes customers and the addresses at which they are reached; history on everything."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from channels_app.actions.returned import forget_dead
from contacts import normalize
from contacts.models import ContactAddress, Customer
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

MAX_ADDRESSES = 20
TEXT_FIELDS = {"name": 200, "street": 100, "house_number": 20, "postcode": 10, "place": 80, "remark": 300}


class StaleCustomer(Refused):
    """A colleague changed the customer since the form was opened; `theirs` is how it is now."""

    def __init__(self, message: str, theirs: Customer) -> None:
        super().__init__(message)
        self.theirs = theirs


@one_transaction
def create_customer(
    *,
    by: User | None,
    at: datetime,
    name: str,
    kind: str = "person",
    salutation: str = "none",
    street: str = "",
    house_number: str = "",
    postcode: str = "",
    place: str = "",
    remark: str = "",
    phone: str = "",
    email: str = "",
) -> Customer:
    """A new customer, with a number and an e-mail address when given; raises `Refused` with the field that is wrong."""
    _may_write(by)
    customer = Customer(created_at=at)
    _fill(
        customer,
        {
            "name": name,
            "kind": kind,
            "salutation": salutation,
            "street": street,
            "house_number": house_number,
            "postcode": postcode,
            "place": place,
            "remark": remark,
        },
    )
    _save(customer, by=by, at=at)
    for address_kind, value in ((ContactAddress.Kind.PHONE, phone), (ContactAddress.Kind.EMAIL, email)):
        if value.strip():
            _add(customer, kind=address_kind, value=value, is_preferred=False, is_verified=False, by=by, at=at)
    return customer


@one_transaction
def change_customer(
    *, customer: Customer, by: User | None, at: datetime, version: int | None = None, **values: str
) -> Customer:
    """Changes the given fields (`name`, `kind`, `salutation`, `street` …); raises `StaleCustomer` on an older version."""
    _may_write(by)
    fresh = _locked(customer, by)
    if version is not None and fresh.version != version:
        raise StaleCustomer(_("A colleague changed this customer in the meantime."), fresh)
    _fill(fresh, values)
    fresh.version += 1
    _save(fresh, by=by, at=at)
    return fresh


@one_transaction
def add_address(
    *,
    customer: Customer,
    by: User | None,
    at: datetime,
    kind: str,
    value: str,
    is_preferred: bool = False,
    is_verified: bool = False,
) -> ContactAddress:
    """One number or address more; a known one is brought up to date. Raises `Refused` when it cannot be one."""
    _may_write(by)
    fresh = _locked(customer, by)
    return _add(fresh, kind=kind, value=value, is_preferred=is_preferred, is_verified=is_verified, by=by, at=at)


@one_transaction
def change_address(
    *,
    address: ContactAddress,
    by: User | None,
    at: datetime,
    is_preferred: bool | None = None,
    is_verified: bool | None = None,
) -> ContactAddress:
    """Marks an address as checked or preferred; one preferred a kind. Checking it again clears "mail comes back"."""
    _may_write(by)
    fresh = _locked(address.customer, by)
    row = fresh.addresses.select_for_update().filter(pk=address.pk).first()
    if row is None:
        raise Http404
    if is_verified is not None:
        row.is_verified = is_verified
        if is_verified:
            row.bounced_at = None
            forget_dead(address=row.value)
    if is_preferred is not None:
        row.is_preferred = is_preferred
    _save(row, by=by, at=at)
    if is_preferred:
        _only_preferred(fresh, row, by=by, at=at)
    return row


@one_transaction
def remove_address(*, customer: Customer, address_id: int, by: User | None, at: datetime) -> str:
    """Removes the address (its history stays) and gives what it was; 404 when it is not this customer's."""
    _may_write(by)
    fresh = _locked(customer, by)
    row = fresh.addresses.filter(pk=address_id).first()
    if row is None:
        raise Http404
    value = row.value
    sign(row, by=by, at=at)
    row.delete()
    return value


def _may_write(by: User | None) -> None:
    if by is not None and not by.may(Right.CUSTOMERS_WRITE):
        raise PermissionDenied


def _locked(customer: Customer, by: User | None) -> Customer:
    rows = Customer.objects.all() if by is None else Customer.objects.visible_to(by)
    fresh = rows.select_for_update(of=("self",)).filter(pk=customer.pk, merged_into__isnull=True).first()
    if fresh is None:
        raise Http404
    return fresh


def _fill(customer: Customer, values: dict[str, str]) -> None:
    for field, value in values.items():
        if field in TEXT_FIELDS:
            limit = TEXT_FIELDS[field]
            line = normalize.clean_line(value, limit + 1)
            if len(line) > limit:
                raise Refused(_("This is too long: at most %(limit)s characters.") % {"limit": limit}, field)
            setattr(customer, field, line)
        elif field == "kind" and value in Customer.Kind.values:
            customer.kind = value
        elif field == "salutation" and value in Customer.Salutation.values:
            customer.salutation = value
        else:
            raise Refused(_("Choose one of the options."), field)
    if not customer.name:
        raise Refused(_("Fill in the name of the customer."), "name")


def _add(
    customer: Customer, *, kind: str, value: str, is_preferred: bool, is_verified: bool, by: User | None, at: datetime
) -> ContactAddress:
    line = normalize.clean_line(value, 321)
    field = kind if kind in ("phone", "email") else "value"
    if kind not in ContactAddress.Kind.values:
        raise Refused(_("Choose one of the options."), "kind")
    if not line:
        raise Refused(_("Fill in the number or address."), field)
    if kind in (ContactAddress.Kind.PHONE, ContactAddress.Kind.WHATSAPP):
        if not 6 <= len(normalize.phone(line)) <= 15 or len(line) > 40:
            raise Refused(_("This is no phone number. Example: 0226 36 33 33."), field)
    elif kind == ContactAddress.Kind.EMAIL:
        try:
            validate_email(line)
        except ValidationError as error:
            raise Refused(_("This is no e-mail address. Example: naam@voorbeeld.nl."), field) from error
    elif len(line) > 320:
        raise Refused(_("This is too long: at most %(limit)s characters.") % {"limit": 320}, field)
    normalized = ContactAddress.normal_form(kind, line)
    row = customer.addresses.filter(kind=kind, normalized=normalized).first()
    if row is None:
        if customer.addresses.count() >= MAX_ADDRESSES:
            raise Refused(
                _("A customer has at most %(limit)s numbers and addresses.") % {"limit": MAX_ADDRESSES}, field
            )
        row = ContactAddress(customer=customer, kind=kind)
    row.value = line
    row.is_preferred = row.is_preferred or is_preferred
    row.is_verified = row.is_verified or is_verified
    try:
        with transaction.atomic():
            _save(row, by=by, at=at)
    except IntegrityError as error:  # a colleague added the same one at this moment
        raise Refused(_("This customer has this number or address already."), field) from error
    if is_preferred:
        _only_preferred(customer, row, by=by, at=at)
    return row


def _only_preferred(customer: Customer, row: ContactAddress, *, by: User | None, at: datetime) -> None:
    for other in customer.addresses.filter(kind=row.kind, is_preferred=True).exclude(pk=row.pk):
        other.is_preferred = False
        _save(other, by=by, at=at)


def _save(row: Customer | ContactAddress, *, by: User | None, at: datetime) -> None:
    sign(row, by=by, at=at)
    row.save()
