"""What is asked about a person and waits, for whoever sees the customer: which request, until when and whom to ask. Never why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import DateField, Value
from django.utils.translation import gettext as _

from organisation import wording
from privacy.models import PersonRequest, RightsRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contacts.models import Customer


def waiting_words(people: Iterable[Customer]) -> str:
    """Of customers who are one. The colleague whom this person calls can say that it is known and when the answer comes; empty when nothing waits.

    One query. What is asked of a second person is told apart only when nobody owes an answer about it.
    """
    ids = [one.pk for one in people]
    asked = PersonRequest.objects.filter(customer__in=ids, state__in=PersonRequest.OPEN).order_by()
    owed = RightsRequest.objects.filter(customer__in=ids, answered_at=None).order_by()
    rows = owed.values_list("pk", "kind", "noted_at", "last_on", "handler__name").union(
        asked.values_list("pk", "kind", "asked_at", Value(None, DateField()), Value(""))
    )
    words, told = [], set()
    for pk, kind, at, last_on, handler in sorted(rows, key=lambda row: (row[3] is None, row[2], row[0])):
        if last_on is not None:
            told.add(kind)
            words.append(
                _("%(number)s waits: %(kind)s. The last day to answer is %(day)s; %(name)s handles it.")
                % {
                    "number": RightsRequest(pk=pk, noted_at=at).number,
                    "kind": RightsRequest.Kind(kind).label,
                    "day": wording.day_long(last_on),
                    "name": handler,
                }
            )
        elif kind not in told:
            number = PersonRequest(pk=pk, asked_at=at).number
            words.append(_("%(number)s waits: %(kind)s") % {"number": number, "kind": PersonRequest.Kind(kind).label})
    return " ".join(words)
