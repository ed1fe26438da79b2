"""Requests of persons in words: what goes, what stays and why, who decided."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import Customer
from organisation import wording
from organisation.roles import Right
from organisation.workdays import local_day
from privacy.actions.erase import what_waits
from privacy.actions.notify import second_people
from privacy.failures import lasting
from privacy.holds import family
from privacy.models import LegalHold, PersonRequest
from privacy.pages.failures import failure_sentence
from privacy.reach import people_to_decide_about

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User

State, Kind = PersonRequest.State, PersonRequest.Kind
MOST: Final = 100
GOES: Final[dict[str, Promise]] = {
    "customers": lazy("names and addresses of the customer, with earlier ones"),
    "addresses": lazy("phone numbers and e-mail addresses"),
    "questions": lazy("texts of questions"),
    "contacts": lazy("contacts: what was said and written"),
    "notes": lazy("notes of employees"),
    "callbacks": lazy("call-back requests"),
    "places": lazy("places of questions"),
    "planned": lazy("replies that did not leave yet"),
    "letters": lazy("letters that we made"),
    "inbound": lazy("messages that came in"),
    "raw": lazy("messages as they came"),
    "outbound": lazy("messages that we sent"),
    "files": lazy("files"),
    "calls": lazy("numbers of phone calls"),
    "phone_events": lazy("numbers in events of the exchange"),
    "stopped_numbers": lazy("numbers that sent STOP"),
    "dead_addresses": lazy("addresses from which mail came back"),
    "drafts": lazy("half-filled forms"),
    "found": lazy("rows in which the name, a number or an address stands, the history and texts about others included"),
    "elsewhere": lazy("rows of others and of the history in which the words were replaced"),
    "log": lazy("reasons in the logs"),
    "invitations": lazy("invitations to surveys"),
}
LEFT: Final[dict[str, Promise]] = {
    "name": lazy("The name, where others wrote it: another customer or a colleague has the same name."),
    "email": lazy("The e-mail address, where others wrote it: another customer or a colleague uses it too."),
    "phone": lazy("The phone number, where others wrote it: another customer uses it too."),
}
BADGES: Final = {
    State.ASKED: ("warning", "hourglass"),
    State.APPROVED: ("inactive", "clock-check"),
    State.WORKING: ("inactive", "progress"),
    State.DONE: ("success", "check"),
    State.REFUSED: ("inactive", "x"),
    State.WITHDRAWN: ("inactive", "arrow-back-up"),
    State.LIFTED: ("inactive", "lock-open"),
}
STUCK: Final = ("danger", "alert-triangle")


@dataclass(frozen=True)
class Line:
    words: str
    number: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    pk: int
    number: str
    kind: str
    state: str
    css: str
    icon: str
    asked: str
    by: str


@dataclass(frozen=True)
class RequestPage:
    row: Row
    is_erase: bool
    customer_id: int | None
    name: str
    """Empty when it is gone or not in reach."""
    restricted_name: str
    """Of whose data are restricted now, for who may lift that: no other page tells which request is about whom."""
    reason: str
    remark: str
    asked: str
    decided: str
    done: str
    lifted: str
    goes: tuple[Line, ...]
    stays: tuple[str, ...]
    is_counted: bool
    is_waiting: bool
    approvers: str
    """By name, while it waits."""
    waits: str
    """Why it was not carried out yet, although it was approved."""
    failure: str
    """Why it does not succeed, although nothing is waited for."""
    is_working: bool
    is_own: bool
    may_approve: bool
    may_lift: bool
    customer_to_ask: int | None
    """Whose data are restricted may still ask something about them."""
    may_give: bool


def requests_for(user: User) -> QuerySet[PersonRequest]:
    """A coordinator: all. A team lead: those of customers of a led team, and what this lead decided about: afterwards nobody sees the customer."""
    rows = PersonRequest.objects.select_related("asked_by", "decided_by", "lifted_by", "customer")
    if user.may(Right.PERSON_ERASE):
        return rows
    return rows.filter(Q(customer__in=people_to_decide_about(user)) | Q(decided_by=user))


def request_rows(user: User, at: datetime) -> tuple[list[Row], bool]:
    """What waits first; whether there are more than are shown."""
    waiting = list(requests_for(user).filter(state__in=PersonRequest.OPEN).order_by("asked_at")[: MOST + 1])
    settled = list(requests_for(user).exclude(state__in=PersonRequest.OPEN).order_by("-asked_at")[: MOST + 1])
    stuck = lasting(at) if waiting else {}
    rows = [row_of(one, at, stuck) for one in [*waiting[:MOST], *settled[:MOST]]]
    return rows, max(len(waiting), len(settled)) > MOST


def may_lift(user: User, one: PersonRequest) -> bool:
    return one.kind == Kind.RESTRICT and one.state == State.DONE and user.may(Right.PERSON_ERASE)


def row_of(one: PersonRequest, at: datetime, stuck: Container[str] = ()) -> Row:
    """`stuck`: numbers of what does not succeed."""
    is_stuck = one.number in stuck
    colour, icon = STUCK if is_stuck else BADGES[State(one.state)]
    return Row(
        pk=one.pk,
        number=one.number,
        kind=str(one.get_kind_display()),
        state=_("does not succeed") if is_stuck else str(one.get_state_display()),
        css=f"utrecht-status-badge--{colour}",
        icon=icon,
        asked=wording.moment(one.asked_at, local_day(at)),
        by=one.asked_by.name,
    )


def request_page(user: User, one: PersonRequest, at: datetime) -> RequestPage:
    is_erase = one.kind == Kind.ERASE
    in_reach = Customer.objects.visible_to(user).filter(pk=one.customer_id).exists()
    is_gone = is_erase and one.state in (State.WORKING, State.DONE)
    is_waiting = one.state == State.ASKED
    approvers = second_people(one.customer_id, asked_by=one.asked_by_id, at=at) if is_waiting else {}
    stuck = lasting(at) if one.state in PersonRequest.OPEN else {}
    counts = one.counts if one.state in (State.DONE, State.LIFTED) else one.work.get("plan", {})
    return RequestPage(
        row=row_of(one, at, stuck),
        is_erase=is_erase,
        customer_id=one.customer_id if in_reach and not is_gone else None,
        name=one.customer.full_name if in_reach and not is_gone else "",
        restricted_name=one.customer.full_name if may_lift(user, one) else "",
        reason=one.reason,
        remark=one.remark,
        asked=_signed(one.asked_by.name, one.asked_at),
        decided=_signed(one.decided_by.name, one.decided_at) if one.decided_by else "",
        done=wording.moment_long(one.done_at) if one.done_at else "",
        lifted=_signed(one.lifted_by.name, one.lifted_at) if one.lifted_by else "",
        goes=tuple(Line(str(words), wording.number(counts[code])) for code, words in GOES.items() if counts.get(code)),
        stays=_stays(one) if is_erase else (),
        is_counted=bool(counts) or not is_erase,
        is_waiting=is_waiting,
        approvers=", ".join(approvers.values()),
        waits=what_waits(one.customer, at) if is_erase and one.state == State.APPROVED else "",
        failure=failure_sentence(stuck.get(one.number)),
        is_working=one.state == State.WORKING,
        is_own=one.asked_by_id == user.pk,
        may_approve=user.pk in approvers,
        may_lift=may_lift(user, one),
        customer_to_ask=one.customer_id if may_lift(user, one) else None,
        may_give=may_lift(user, one) and user.may(Right.PERSON_EXPORT),
    )


def _signed(name: str, at: datetime | None) -> str:
    return f"{name}, {wording.moment_long(at)}"


def _stays(one: PersonRequest) -> tuple[str, ...]:
    left = one.work.get("left") or one.counts.get("left", ())
    return (
        _(
            "What is counted: that there was a question, when, by which channel, of which team and subject, and whether it was answered in time. Without a name, so that figures stay the same."
        ),
        _("Who looked at these data and when, without the reason that was typed."),
        _("That this address wants no surveys, as a code that nobody can read back."),
        *(str(LEFT[code]) for code in left if code in LEFT),
        _("Mail that is still on the mail server, and backups until they expire: see the manual of the administrator."),
    )


@dataclass(frozen=True)
class HoldRow:
    pk: int
    about: str
    href: str
    reason: str
    until: str
    by: str
    is_over: bool


def hold_rows(at: datetime) -> list[HoldRow]:
    """Those that still hold first."""
    today = local_day(at)
    rows = LegalHold.objects.select_related("customer", "question", "placed_by").order_by("-ended_at", "-placed_at")
    found = sorted(rows[:MOST], key=lambda one: _is_over(one, today))
    return [_hold(one, _is_over(one, today), at) for one in found]


def _is_over(one: LegalHold, today: object) -> bool:
    return one.ended_at is not None or (one.until is not None and one.until < today)  # type: ignore[operator]


def _hold(one: LegalHold, is_over: bool, at: datetime) -> HoldRow:
    about = href = ""
    if one.question is not None:
        about, href = one.question.number, reverse("contacts:question", args=[one.question.number])
    elif one.customer is not None and one.customer.restricted_at is None:
        about, href = one.customer.full_name, reverse("contacts:customer", args=[one.customer_id])
    elif one.customer is not None:  # named on the page of the restriction alone
        people = [person.pk for person in family(one.customer)]
        kept = PersonRequest.objects.filter(customer__in=people, kind=Kind.RESTRICT, state=State.DONE).first()
        about, href = (kept.number, reverse("privacy:request", args=[kept.pk])) if kept else ("–", "")
    return HoldRow(
        pk=one.pk,
        about=about,
        href=href,
        reason=one.reason,
        until=wording.day(one.until) if one.until else "",
        by=f"{one.placed_by.name}, {wording.moment(one.placed_at, local_day(at))}",
        is_over=is_over,
    )
