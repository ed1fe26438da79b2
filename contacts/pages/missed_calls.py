"""Callers whom nobody spoke, on the list of who must be called back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import normalize
from contacts.calls.missed import Missed, missed_calls
from contacts.models import ContactAddress, Customer
from organisation import wording
from organisation.roles import Right
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import User
    from organisation.snapshot import Organisation


@dataclass(frozen=True)
class MissedRow:
    phone: str
    dial: str
    who: str
    when: str
    note: str
    href: str


def missed_rows(user: User, house: Organisation, at: datetime) -> list[MissedRow]:
    """For who works for every team: the Servicecentrum answers the phone. Five queries; none where no calls are known."""
    if not user.may(Right.QUESTIONS_ALL_TEAMS) or not user.may(Right.CUSTOMERS_READ):
        return []
    try:
        calendar = house.calendar_of(house.front_office.pk).rules
    except LookupError:
        return []
    found = missed_calls(calendar, at)
    if not found:
        return []
    names: dict[str, list[str]] = {}
    digits = [one.caller.removeprefix("+") for one in found]
    people = Customer.objects.current().visible_to(user)
    known = ContactAddress.objects.filter(normalized__in=digits, customer__in=people)
    for number, name in known.values_list("normalized", "customer__name").order_by("customer__name")[:200]:
        names.setdefault(number, []).append(name)
    return [_row(one, names.get(one.caller.removeprefix("+"), []), at) for one in found]


def _row(one: Missed, names: list[str], at: datetime) -> MissedRow:
    notes = []
    if one.times > 1:
        notes.append(ngettext("%(count)s time", "%(count)s times", one.times) % {"count": one.times})
    if one.was_outside_hours:
        notes.append(_("when we were closed"))
    if one.is_made_up:
        notes.append(_("made up by the simulation"))
    return MissedRow(
        phone=normalize.phone_words(one.caller.removeprefix("+")),
        dial=one.caller,
        who=", ".join(names[:3]) or _("Not known here"),
        when=wording.moment(wording.local(one.last_at), local_day(at)),
        note=" · ".join(notes),
        href=f"{reverse('contacts:registration')}?kanaal=phone&tel={quote(one.caller)}",
    )
