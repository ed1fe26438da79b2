"""The call that rings at somebody or that he or she has now: who it is, how long it waits, and whether it was registered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import Call, LiveCall
from channels_app.models.calls import STALE
from contacts import normalize
from contacts.live_calls import callers, is_registered, names_of
from contacts.models import Question
from contacts.rulebook import pickup_seconds_on
from contacts.simulation import SOURCE as SIMULATED
from organisation import wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.models import Customer
    from organisation.models import User

AFTER = timedelta(minutes=5)
"""So long after hanging up the call can still be registered with one key."""
State = LiveCall.State
TALKS = (State.TALKING, State.HELD)
RINGS = (State.WAITING, State.RINGING)
NEAREST = Case(
    When(state__in=TALKS, then=Value(0)),
    When(state=State.ENDED, then=Value(4)),
    When(state=State.WAITING, then=Value(3)),
    When(agent="", then=Value(2)),
    default=Value(1),
)
"""The talk that somebody has, then what rings at the own phone, then what rings at all, however many of those there are."""
MOST_LOOKED_AT = 2_000


@dataclass(frozen=True)
class CallStrip:
    """`seconds` counts on in the browser from `since`; `limit` 0: no norm to hold it against."""

    pk: int
    mark: str
    """Changes when something else must be shown."""
    icon: str
    label: str
    who: str
    note: str
    since: datetime
    seconds: int
    limit: int
    is_late: bool
    queue: str
    may_register: bool
    customer_id: int | None
    customers: int


def live_call(user: User, at: datetime, hidden: Collection[int] = ()) -> LiveCall | None:
    """The call of this person, talking before ringing before just ended; one query. `hidden`: put away."""
    mine = Q(agent__in=names_of(user))
    here = mine & (~Q(state=State.ENDED) | Q(answered_at__isnull=False, ended_at__gt=at - AFTER))
    group = Q(state=State.RINGING, agent="")
    gone = Q(state__in=RINGS, last_event_at__lte=at - STALE)
    rows = (
        LiveCall.objects.filter(here | group)
        .exclude(gone)
        .exclude(pk__in=hidden)
        .select_related("call__contact")
        .order_by(NEAREST, "-last_event_at")[:20]
    )
    return next((row for row in rows if row.state != State.ENDED or not is_registered(row)), None)


def marks_of(desks: Iterable[tuple[str, ...]], at: datetime) -> dict[tuple[str, ...], str]:
    """For the names of each desk the mark of its call, as `live_call` and `mark_of` tell it; one query for all of them."""
    current = ~Q(state=State.ENDED) | Q(answered_at__isnull=False, ended_at__gt=at - AFTER)
    rows = list(
        LiveCall.objects.filter(current)
        .exclude(Q(state__in=RINGS, last_event_at__lte=at - STALE))
        .select_related("call__contact")
        .annotate(nearest=NEAREST)
        .order_by("nearest", "-last_event_at")[:MOST_LOOKED_AT]
    )
    waiting = {
        row.pk for row in rows if row.state in RINGS and (row.call is None or row.call.outcome != Call.Outcome.TEST)
    }
    group = [row for row in rows if row.state == State.RINGING and not row.agent][:1]
    by_agent: dict[str, list[LiveCall]] = {}
    for row in rows:
        if row.agent and (row.state != State.ENDED or not is_registered(row)):
            by_agent.setdefault(row.agent, []).append(row)

    def nearest(names: tuple[str, ...]) -> LiveCall | None:
        own = [row for name in dict.fromkeys(names) for row in by_agent.get(name, ())]
        return min([*own, *group], key=_rank, default=None)

    found = {names: nearest(names) for names in desks}
    return {
        names: mark_of(row, len(waiting) - (row.pk in waiting)) if row is not None else ""
        for names, row in found.items()
    }


def _rank(row: LiveCall) -> tuple[int, float]:
    """The nearest state first (annotated as `nearest`), in it the newest event."""
    return row.nearest, -row.last_event_at.timestamp()  # type: ignore[attr-defined]


def mark_of(row: LiveCall | None, waiting: int) -> str:
    return "" if row is None else f"{row.pk}-{row.state}-{int(is_registered(row))}-{waiting}"


def waiting_calls(row: LiveCall | None, at: datetime) -> int:
    """How many others wait or ring; one query."""
    return LiveCall.objects.waiting(at).exclude(pk=row.pk).count() if row is not None else 0


def call_strip(user: User, row: LiveCall, waiting: int, at: datetime) -> CallStrip:
    """Two queries more: who has this number, and what is open."""
    found = callers(user, row)
    customer = found[0] if len(found) == 1 else None
    is_talking = row.state in TALKS
    since = (row.answered_at or row.entered_at) if is_talking else row.entered_at
    if row.state == State.ENDED:
        since = row.ended_at or row.last_event_at
    limit = pickup_seconds_on(local_day(row.entered_at)) if row.answered_at is None else 0
    seconds = max(0, int((at - since).total_seconds()))
    return CallStrip(
        pk=row.pk,
        mark=mark_of(row, waiting),
        icon="phone-incoming" if row.answered_at is None else "phone-off" if row.state == State.ENDED else "phone-call",
        label=_label(row),
        who=_who(row, found),
        note=_note(user, row, found, customer),
        since=since,
        seconds=seconds,
        limit=limit,
        is_late=bool(limit) and seconds > limit,
        queue=ngettext("%(count)s more waiting", "%(count)s more waiting", waiting) % {"count": waiting}
        if waiting
        else "",
        may_register=not is_registered(row),
        customer_id=customer.pk if customer else None,
        customers=len(found),
    )


def _label(row: LiveCall) -> str:
    if row.state == State.ENDED:
        return _("Call that ended")
    return _("Incoming call") if row.answered_at is None else _("Call that you have")


def _who(row: LiveCall, found: list[Customer]) -> str:
    if len(found) == 1:
        return found[0].full_name
    if found:
        names = [customer.full_name for customer in found[:3]]
        return _("%(names)s: one of them?") % {"names": ", ".join(names)}
    return _number(row) or _("Hidden number")


def _number(row: LiveCall) -> str:
    """As a person reads it; an extension within the house as the exchange gives it."""
    return normalize.phone_words(row.caller[1:]) if row.caller.startswith("+") else row.caller


def _note(user: User, row: LiveCall, found: list[Customer], customer: Customer | None) -> str:
    number = _number(row) if found else ""
    if customer is None:
        words = "" if found else _("not known here") if row.caller else _("ask for the name")
    else:
        count = Question.objects.visible_to(user).filter(customer=customer, status__in=Question.OPEN).count()
        words = (
            ngettext("%(count)s open question", "%(count)s open questions", count) % {"count": wording.number(count)}
            if count
            else _("no open questions")
        )
    made_up = _("made up by the simulation") if row.source == SIMULATED else ""
    return " · ".join(part for part in (number, words, made_up) if part)
