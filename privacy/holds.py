"""What may not go yet because somebody placed a legal hold on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from contacts.models import ContactAddress, Customer
from contacts.person.file import same_person
from organisation import wording
from organisation.workdays import local_day
from privacy.models import LegalHold, RightsRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet


def holds_at(at: datetime) -> QuerySet[LegalHold]:
    """Those in force; one until a day counts to the end of that day."""
    return LegalHold.objects.filter(Q(until__isnull=True) | Q(until__gte=local_day(at)), ended_at__isnull=True)


def holds_on(people: Collection[int], at: datetime) -> QuerySet[LegalHold]:
    """On these customers or on one of their questions."""
    return holds_at(at).filter(Q(customer__in=people) | Q(question__customer__in=people)).order_by("placed_at")


def family(customer: Customer) -> list[Customer]:
    """The customer that stays, and everybody who was merged into it, from whichever of them one begins."""
    root = customer
    for _step in range(10):
        if root.merged_into is None:
            break
        root = root.merged_into
    return same_person(root)


_FAMILIES: Final = """
    WITH RECURSIVE kept (id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT near.id FROM kept CROSS JOIN LATERAL (
            SELECT id FROM contacts_customer WHERE merged_into_id = kept.id
            UNION ALL
            SELECT merged_into_id FROM contacts_customer WHERE id = kept.id AND merged_into_id IS NOT NULL
        ) AS near
    )
    SELECT id FROM kept
"""
"""Of many customers at once who is one with them: as `family`, up and down, each once."""


def kept_people(at: datetime) -> set[int]:
    """Of whom nothing goes at the end of a term: held, waiting for an answer about the own data, or only kept because somebody asked to
    restrict them."""
    held = holds_at(at).filter(Q(customer__isnull=False) | Q(question__customer__isnull=False))
    begin = set(held.values_list(Coalesce("customer", "question__customer"), flat=True))
    return _families(
        begin | _asking() | set(Customer.objects.filter(restricted_at__isnull=False).values_list("pk", flat=True))
    )


def held_people(at: datetime) -> set[int]:
    """Held themselves, and not only by one of their questions, or waiting for an answer about the own data: of them no question goes either."""
    return _families(_asking() | set(holds_at(at).filter(customer__isnull=False).values_list("customer", flat=True)))


def _asking() -> set[int]:
    """What somebody asked to see, correct or erase does not go meanwhile because its term is over."""
    return set(RightsRequest.objects.filter(answered_at=None).values_list("customer", flat=True))


def _families(begin: set[int]) -> set[int]:
    """These and everybody who is one with them: what was held before two were merged is held after it."""
    if not begin:
        return begin
    with connection.cursor() as cursor:
        cursor.execute(_FAMILIES, [sorted(begin)])
        return {pk for (pk,) in cursor.fetchall()}


def addresses_of(people: Collection[int]) -> set[str]:
    """E-mail addresses and numbers of these customers, as they stand with messages and calls."""
    return set(ContactAddress.objects.filter(customer__in=people).values_list("normalized", flat=True))


def held_sentence(customer: Customer, at: datetime) -> str:
    """Why this person cannot be erased now; empty when nothing holds it."""
    return hold_words(same_person(customer), at)


def hold_words(people: Iterable[Customer], at: datetime) -> str:
    """As `held_sentence`, of customers who are one."""
    hold = holds_on([one.pk for one in people], at).first()
    if hold is None:
        return ""
    if hold.until:
        return _("A legal hold keeps these data until %(day)s: %(reason)s") % {
            "day": wording.day_long(hold.until), "reason": hold.reason
        }  # fmt: skip
    return _("A legal hold keeps these data: %(reason)s") % {"reason": hold.reason}
