"""What persons asked and until when it must be answered, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation import wording
from organisation.workdays import local_day
from privacy.actions.remind import AHEAD
from privacy.actions.tell_person import is_untold, mail_of
from privacy.holds import family
from privacy.models import PersonRequest, RightsRequest

if TYPE_CHECKING:
    from organisation.models import User

Kind = RightsRequest.Kind
MOST: Final = 100
RELATED: Final = ("customer", "handler", "extended_by", "answered_by", "noted_by")


@dataclass(frozen=True)
class RightRow:
    pk: int
    number: str
    kind: str
    state: str
    css: str
    icon: str
    received: str
    last: str
    handler: str


@dataclass(frozen=True)
class Way:
    """Where it is done."""

    words: str
    href: str


@dataclass(frozen=True)
class RightPage:
    row: RightRow
    customer_id: int | None
    """None: these data are only kept, or gone."""
    name: str
    reason: str
    noted: str
    last_day: str
    put_off: str
    extension_reason: str
    told: str
    answered: str
    outcome: str
    remark: str
    ways: tuple[Way, ...]
    is_erase: bool
    is_open: bool
    is_mine: bool
    may_put_off: bool
    is_untold: bool


def right_rows(at: datetime) -> tuple[list[RightRow], list[RightRow]]:
    """What waits, the first last day first; and the newest of what was answered."""
    rows = RightsRequest.objects.select_related("handler")
    waits = rows.filter(answered_at=None).order_by("last_on", "pk")
    answered = rows.exclude(answered_at=None).order_by("-answered_at")
    return [right_row(one, at) for one in waits[:MOST]], [right_row(one, at) for one in answered[:MOST]]


def right_row(one: RightsRequest, at: datetime) -> RightRow:
    state, colour, icon = _state(one, at)
    today = local_day(at)
    return RightRow(
        pk=one.pk,
        number=one.number,
        kind=str(one.get_kind_display()),
        state=state,
        css=f"utrecht-status-badge--{colour}",
        icon=icon,
        received=wording.day(one.received_on, today),
        last=wording.day(one.last_on, today),
        handler=one.handler.name,
    )


def _state(one: RightsRequest, at: datetime) -> tuple[str, str, str]:
    today = local_day(at)
    if one.answered_at is not None:
        if local_day(one.answered_at) > one.last_on:
            return _("answered too late"), "inactive", "alert-triangle"
        return _("was answered"), "success", "check"
    if one.last_on < today:
        return _("too late"), "danger", "alert-triangle"
    if one.last_on <= today + AHEAD:
        return _("a week left at most"), "warning", "hourglass"
    return _("waits for an answer"), "inactive", "clock"


def right_page(user: User, one: RightsRequest, at: datetime) -> RightPage:
    is_open = one.answered_at is None
    mail = mail_of(one) if one.told_by == one.Told.EMAIL else None
    return RightPage(
        row=right_row(one, at),
        customer_id=one.customer_id if one.customer.restricted_at is None else None,
        name=one.customer.full_name,
        reason=one.reason,
        noted=_signed(one.noted_by, one.noted_at),
        last_day=wording.day_long(one.last_on, local_day(at)),
        put_off=_signed(one.extended_by, one.extended_at),
        extension_reason=one.extension_reason,
        told=f"{one.get_told_by_display()}: {mail.get_state_display()}" if mail else str(one.get_told_by_display()),
        answered=_signed(one.answered_by, one.answered_at),
        outcome=str(one.get_outcome_display()),
        remark=one.remark,
        ways=_ways(one) if is_open else (),
        is_erase=one.kind == Kind.ERASE,
        is_open=is_open,
        is_mine=one.handler_id == user.pk,
        may_put_off=is_open and one.extended_at is None and local_day(at) <= one.last_on,
        is_untold=is_untold(one, mail),
    )


def _ways(one: RightsRequest) -> tuple[Way, ...]:
    """The page where the request is carried out, and what was asked there already."""
    people = [person.pk for person in family(one.customer)]
    asked = PersonRequest.objects.filter(customer__in=people, asked_at__gte=one.noted_at).order_by("pk")
    running = tuple(
        Way(f"{found.number}, {found.get_state_display()}", reverse("privacy:request", args=[found.pk]))
        for found in asked
    )
    if one.customer.restricted_at is not None:  # the page of the restriction gives the file, and lifts it
        kept = PersonRequest.objects.filter(
            customer__in=people, kind="restrict", state="done", asked_at__lt=one.noted_at
        )
        return (*(Way(found.number, reverse("privacy:request", args=[found.pk])) for found in kept), *running)
    words, name = {
        Kind.INSPECT: (_("Give the file"), "contacts:customer_export"),
        Kind.RECTIFY: (_("Change the data"), "contacts:customer_edit"),
    }.get(Kind(one.kind), (_("Erase or restrict"), "privacy:person"))
    return (Way(words, reverse(name, args=[one.customer_id])), *running)


def _signed(by: User | None, at: datetime | None) -> str:
    return f"{by.name}, {wording.moment_long(at)}" if by is not None else ""
