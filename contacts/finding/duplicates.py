"""Customers that may be the same person: same number or e-mail address, or the same name at the same address."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.models import ContactAddress, Customer, MergeProposal
from organisation.prepared import listed, marked_user, rows_prepared, user_shape, user_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contacts.querysets import CustomerQuerySet
    from organisation.models import User

MOST = 5
MOST_ADDRESSES = 40
"""Of one customer, that are looked for with others."""
SHARED_BY_MANY = 6
"""A number of more customers than this is a switchboard or a shared line, no sign of the same person."""


@dataclass(frozen=True)
class Suspect:
    """A customer who may be the same, and why."""

    customer: Customer
    reason: str


def suspects(user: User, customer: Customer) -> list[Suspect]:
    """At most five, the strongest signs first; only customers this person may see, and none of whom the coordinator said that they are two."""
    found: dict[int, Suspect] = {}
    surname = _surname(customer.name)
    shared = _shared_addresses(customer)
    for other in _by_ids(user, customer, shared):
        reason = _reason(shared[other.pk])
        if _surname(other.name) == surname:
            reason += ", " + _("same surname")
        found[other.pk] = Suspect(other, reason)
    if customer.postcode:
        for other in _at_the_address(user, customer):
            if _surname(other.name) == surname and _may_be_one(customer.name, other.name):
                found.setdefault(other.pk, Suspect(other, _("same name and address")))
    ranked = sorted(
        found.values(), key=lambda one: (_surname(one.customer.name) != surname, one.customer.name, one.customer.pk)
    )
    return ranked[:MOST]


def named_alike(name: str, people: Sequence[Customer]) -> Customer | None:
    """Of people with one number or address the only one who may have this name; without a name the only one. None when that says nothing."""
    surname = _surname(name)
    meant = [one for one in people if not surname or (_surname(one.name) == surname and _may_be_one(name, one.name))]
    return meant[0] if len(meant) == 1 else None


def _shared_addresses(customer: Customer) -> dict[int, str]:
    """Customer → the kind of the number or address that is this one's too."""
    own = [(one.kind, one.normalized) for one in customer.addresses.all()][:MOST_ADDRESSES]
    values = {f"value_{place}": value for place, (_kind, value) in enumerate(own)}
    rows = rows_prepared(
        ("shared addresses", len(own)),
        lambda marks: (
            ContactAddress.objects.filter(normalized__in=[marks[name] for name in values])
            .exclude(customer=marks["customer"])
            .order_by()
            .values("customer_id", "kind", "normalized")[:200]
        ),
        {**values, "customer": customer.pk},
    )
    by: dict[int, tuple[str, str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        address = (row["kind"], row["normalized"])
        if address in own:
            counts[address] += 1
            by.setdefault(row["customer_id"], address)
    return {pk: address[0] for pk, address in by.items() if counts[address] <= SHARED_BY_MANY}


def _others(user: User, customer: int) -> CustomerQuerySet:
    """Who may be the same as this customer."""
    refused = MergeProposal.objects.filter(Q(keep=customer) | Q(merge=customer), is_accepted=False)
    people = Customer.objects.current().visible_to(user).exclude(pk=customer)
    return people.exclude(pk__in=refused.values("keep")).exclude(pk__in=refused.values("merge")).order_by()


def _by_ids(user: User, customer: Customer, ids: Iterable[int]) -> list[Customer]:
    if not ids:
        return []
    return rows_prepared(
        ("suspects", user_shape(user)),
        lambda marks: _others(marked_user(user, marks), marks["customer"]).filter(pk__in=listed(marks["ids"])),
        {"customer": customer.pk, "ids": ",".join(map(str, ids)), **user_values(user)},
    )


def _at_the_address(user: User, customer: Customer) -> list[Customer]:
    return rows_prepared(
        ("at the address", user_shape(user)),
        lambda marks: _others(marked_user(user, marks), marks["customer"]).filter(
            postcode=marks["postcode"], house_number__iexact=marks["number"]
        )[:50],
        {
            "customer": customer.pk,
            "postcode": customer.postcode,
            "number": customer.house_number,
            **user_values(user),
        },
    )


def _reason(kind: str) -> str:
    if kind == ContactAddress.Kind.EMAIL:
        return _("same e-mail address")
    return _("same name on social media") if kind == ContactAddress.Kind.SOCIAL else _("same number")


def _surname(name: str) -> str:
    words = normalize.plain(name).replace("-", " ").split()
    return words[-1] if words else ""


def _may_be_one(one: str, other: str) -> bool:
    """Initials that do not contradict each other: `A. de Wit` and `Anna de Wit` may be one, `A.` and `P.` not."""
    first, second = normalize.plain(one).split(), normalize.plain(other).split()
    return not (first and second and first[0][0] != second[0][0])
