"""Customers as the desk shows them in a list: who, where, what is open. A fixed number of queries, whatever the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Contact, ContactAddress, Customer, Question
from contacts.recognise import Typed
from organisation import wording
from organisation.wording import Badge

if TYPE_CHECKING:
    from organisation.models import User

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
    """The rows of the list; three queries."""
    if not customers:
        return []
    ids = [customer.pk for customer in customers]
    open_ones: dict[int, list[dict[str, object]]] = {pk: [] for pk in ids}
    rows = Question.objects.visible_to(user).open().filter(customer__in=ids)
    for row in rows.order_by().values("customer_id", "status", "due_at", "soon_at")[:400]:
        open_ones[row["customer_id"]].append(row)
    begin = wording.local(at).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    counts = dict(
        Contact.objects.filter(customer__in=ids, received_at__gte=begin, direction=Contact.Direction.IN)
        .order_by()
        .values_list("customer_id")
        .annotate(Count("pk"))
    )
    phones: dict[int, str] = {}
    checked: set[int] = set()
    addresses = ContactAddress.objects.filter(customer__in=ids).order_by("-is_preferred", "-is_verified", "pk")
    for owner, kind, value, normalized, is_verified in addresses.values_list(
        "customer_id", "kind", "value", "normalized", "is_verified"
    ):
        if kind == ContactAddress.Kind.PHONE:
            phones.setdefault(owner, value)
        if is_verified and normalized == typed.value:
            checked.add(owner)
    return [
        Candidate(
            id=customer.pk,
            name=customer.full_name,
            initials=wording.initials(customer.name),
            address=customer.address_line,
            facts=tuple(_facts(counts.get(customer.pk, 0))),
            is_checked=customer.pk in checked,
            badge=open_badge(open_ones[customer.pk], at),
            open_words="" if open_ones[customer.pk] else _("no open questions"),
            phone=phones.get(customer.pk, ""),
        )
        for customer in customers
    ]


def _facts(contacts: int) -> list[str]:
    if not contacts:
        return [_("no contacts this year")]
    return [ngettext("%(count)s contact this year", "%(count)s contacts this year", contacts) % {"count": contacts}]
