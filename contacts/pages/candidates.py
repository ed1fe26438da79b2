"""Customers as the desk shows them in a list: who, where, what is open. A fixed number of queries, whatever the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.finding.recognise import Typed
from contacts.models import Contact, ContactAddress, Customer, Question
from contacts.pages.timeline_entry import moment_of
from organisation import wording
from organisation.prepared import json_list, listed, marked_user, rows_prepared, user_shape, user_values
from organisation.wording import Badge

if TYPE_CHECKING:
    from organisation.models import User

MOST_OPEN = 100
KIND_ICONS = {"phone": "phone", "email": "mail", "postcode": "map-pin", "number": "hash", "name": "user"}


@dataclass(frozen=True)
class Candidate:
    """One customer in the list under the customer field."""

    id: int
    name: str
    initials: str
    address: str
    facts: tuple[str, ...]
    is_checked: bool
    """The number or address that was typed was checked before."""
    badge: Badge | None
    open_words: str
    phone: str = ""


def kind_words(kind: str) -> str:
    """What was recognised in the field."""
    return {
        "phone": _("Phone"),
        "email": _("E-mail"),
        "postcode": _("Postcode"),
        "number": _("Question"),
        "name": _("Name"),
    }.get(kind, "")


def open_badge(questions: Sequence[dict[str, object]], at: datetime) -> Badge | None:
    """`2 open vragen`, in the colour of the one that is most urgent."""
    if not questions:
        return None
    word = ngettext("%(count)s open question", "%(count)s open questions", len(questions)) % {"count": len(questions)}
    state = "ok"
    for one in questions:
        due, soon = one["due_at"], one["soon_at"]
        if one["status"] == Question.Status.WAITING or due is None:
            continue
        if due <= at:  # type: ignore[operator]
            state = "late"
            break
        if soon is not None and soon <= at:  # type: ignore[operator]
            state = "soon"
    return Badge(state, word, wording.STATE_ICONS[state])


def candidates(user: User, customers: Sequence[Customer], typed: Typed, at: datetime) -> list[Candidate]:
    """The rows of the list; one query."""
    if not customers:
        return []
    begin = wording.local(at).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    ids = ",".join(str(customer.pk) for customer in customers)
    rows = rows_prepared(
        ("candidates", user_shape(user)),
        lambda marks: _around(marked_user(user, marks), marks["ids"], marks["begin"]),
        {"ids": ids, "begin": begin, **user_values(user)},
    )
    around = {row["pk"]: row for row in rows}
    return [_candidate(customer, around[customer.pk], typed, at) for customer in customers]


def _around(user: User, ids: str, begin: datetime) -> QuerySet[Any]:
    """Per customer the open questions that this person may see, the contacts since a moment, and the addresses."""
    owner = OuterRef("pk")
    contacts = Contact.objects.filter(customer=owner, received_at__gte=begin, direction=Contact.Direction.IN)
    counted = contacts.order_by().values("customer").annotate(count=Count("pk")).values("count")
    return (
        Customer.objects.filter(pk__in=listed(ids))
        .order_by()
        .values(
            "pk",
            open_=json_list(
                Question.objects.visible_to(user).open().filter(customer=owner).order_by()[:MOST_OPEN],
                status="status",
                due_at="due_at",
                soon_at="soon_at",
            ),
            contacts_=Subquery(counted),
            addresses_=json_list(
                ContactAddress.objects.filter(customer=owner).order_by("-is_preferred", "-is_verified", "pk"),
                kind="kind",
                value="value",
                normalized="normalized",
                is_verified="is_verified",
            ),
        )
    )


def _candidate(customer: Customer, around: dict[str, Any], typed: Typed, at: datetime) -> Candidate:
    addresses = around["addresses_"]
    moments = (
        {**row, "due_at": moment_of(row["due_at"]), "soon_at": moment_of(row["soon_at"])} for row in around["open_"]
    )
    phones = (row["value"] for row in addresses if row["kind"] == ContactAddress.Kind.PHONE)
    return Candidate(
        id=customer.pk,
        name=customer.full_name,
        initials=wording.initials(customer.name),
        address=customer.address_line,
        facts=tuple(_facts(around["contacts_"] or 0)),
        is_checked=any(row["is_verified"] and row["normalized"] == typed.value for row in addresses),
        badge=open_badge(list(moments), at),
        open_words="" if around["open_"] else _("no open questions"),
        phone=next(phones, ""),
    )


def _facts(contacts: int) -> list[str]:
    if not contacts:
        return [_("no contacts this year")]
    return [ngettext("%(count)s contact this year", "%(count)s contacts this year", contacts) % {"count": contacts}]
