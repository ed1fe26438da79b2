"""What may not go yet because somebody placed a legal hold on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts.person.file import same_person
from organisation import wording
from organisation.workdays import local_day
from privacy.models import LegalHold

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from contacts.models import Customer


def holds_at(at: datetime) -> QuerySet[LegalHold]:
    """Those in force; one until a day counts to the end of that day."""
    return LegalHold.objects.filter(Q(until__isnull=True) | Q(until__gte=local_day(at)), ended_at__isnull=True)


def holds_on(people: Collection[int], at: datetime) -> QuerySet[LegalHold]:
    """On these customers or on one of their questions."""
    return holds_at(at).filter(Q(customer__in=people) | Q(question__customer__in=people)).order_by("placed_at")


def held_sentence(customer: Customer, at: datetime) -> str:
    """Why this person cannot be erased now; empty when nothing holds it."""
    hold = holds_on([one.pk for one in same_person(customer)], at).first()
    if hold is None:
        return ""
    if hold.until:
        return _("A legal hold keeps these data until %(day)s: %(reason)s") % {
            "day": wording.day_long(hold.until), "reason": hold.reason
        }  # fmt: skip
    return _("A legal hold keeps these data: %(reason)s") % {"reason": hold.reason}
