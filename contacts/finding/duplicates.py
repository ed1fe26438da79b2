"""Customers that may be the same person: same number or e-mail address, or the same name at the same address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.models import ContactAddress, Customer, MergeProposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organisation.models import User

MOST = 5
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
    refused = MergeProposal.objects.filter(Q(keep=customer) | Q(merge=customer), is_accepted=False)
    people = Customer.objects.current().visible_to(user).exclude(pk=customer.pk)
    people = people.exclude(pk__in=refused.values("keep")).exclude(pk__in=refused.values("merge"))
    own = [(one.kind, one.normalized) for one in customer.addresses.all()]
    surname = _surname(customer.name)
    if own:
        shared = ContactAddress.objects.filter(normalized__in=[value for _kind, value in own]).exclude(
            customer=customer
        )
        ids: dict[int, tuple[str, str]] = {}
        counts: dict[tuple[str, str], int] = {}
        for owner, kind, value in shared.values_list("customer_id", "kind", "normalized")[:200]:
            if (kind, value) in own:
                counts[kind, value] = counts.get((kind, value), 0) + 1
                ids.setdefault(owner, (kind, value))
        for other in people.filter(pk__in=[pk for pk, found_by in ids.items() if counts[found_by] <= SHARED_BY_MANY]):
            reason = _reason(ids[other.pk][0])
            if _surname(other.name) == surname:
                reason += ", " + _("same surname")
            found[other.pk] = Suspect(other, reason)
    if customer.postcode:
        for other in people.filter(postcode=customer.postcode, house_number__iexact=customer.house_number)[:50]:
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
