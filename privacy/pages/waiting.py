"""What is asked about a person and waits, for whoever sees the customer: which request, until when and whom to ask. Never why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from organisation import wording
from privacy.models import PersonRequest, RightsRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contacts.models import Customer


def waiting_words(people: Iterable[Customer]) -> str:
    """Of customers who are one. The colleague whom this person calls can say that it is known and when the answer comes; empty when nothing waits."""
    ids = [one.pk for one in people]
    rights = list(RightsRequest.objects.filter(customer__in=ids, answered_at=None).select_related("handler"))
    asked = PersonRequest.objects.filter(customer__in=ids, state__in=PersonRequest.OPEN)
    words = [
        _("%(number)s waits: %(kind)s. The last day to answer is %(day)s; %(name)s handles it.")
        % {
            "number": one.number,
            "kind": one.get_kind_display(),
            "day": wording.day_long(one.last_on),
            "name": one.handler.name,
        }
        for one in rights
    ]
    words += [
        _("%(number)s waits: %(kind)s") % {"number": one.number, "kind": one.get_kind_display()}
        for one in asked
        if one.kind not in {right.kind for right in rights}
    ]
    return " ".join(words)
