"""The call that rings at somebody or that he or she has now: who it is, how long it waits, and whether it was registered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import Call, LiveCall
from channels_app.models.calls import LONGEST_WAIT, RINGS, STALE, TALKS
from contacts.calls.live import caller_words, callers, colleague_at, is_passed_on, is_registered, names_of
from contacts.models import Question
from contacts.rulebook import pickup_seconds_on
from contacts.simulation import SOURCE as SIMULATED
from organisation import wording
from organisation.prepared import listed, rows_prepared
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.models import Customer
    from organisation.models import User

AFTER = timedelta(minutes=5)
"""So long after hanging up the call can still be registered with one key."""
State = LiveCall.State
PASSED_ON = 5
NEAREST = (
    When(state__in=TALKS, then=Value(0)),
    When(state=State.ENDED, then=Value(4)),
    When(state=State.WAITING, then=Value(3)),
    When(agent="", then=Value(2)),
)
"""The talk that somebody has, then what rings at the own phone, then what rings at all, however many of those there are."""
MOST_LOOKED_AT = 2_000
NAMED = 3
"""So many of those who have this number are named; the form shows them all."""


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
    """The call of this person: talking before ringing before just ended before passed on; one query. `hidden`: put away.

    Each page of who sits at a phone asks it, so it is planned once.
    """
    names = {f"name_{place}": name for place, name in enumerate(names_of(user))}

    def wanted(marks: dict[str, Any]) -> QuerySet[LiveCall]:
        mine = Q(agent__in=[marks[name] for name in names])
        passed_on = Q(call__answered_by=marks["user"], last_event_at__gt=marks["after"]) & ~mine & ~Q(agent="")
        there = LiveCall.objects.heard_of(since=marks["heard"], entered=marks["entered"])
        return (
            _current(there, marks["after"])
            .filter(mine | passed_on | Q(state=State.RINGING, agent=""))
            .exclude(pk__in=listed(marks["hidden"]))
            .select_related("call__contact")
            .annotate(nearest=Case(When(passed_on, then=Value(PASSED_ON)), *NEAREST, default=Value(1)))
            .order_by("nearest", "-last_event_at")[:20]
        )

    moments = {"after": at - AFTER, "heard": at - STALE, "entered": at - LONGEST_WAIT}
    values = {"user": user.pk, "hidden": ",".join(map(str, hidden)), **moments, **names}
    rows: list[Any] = rows_prepared(("live call", len(names)), wanted, values)
    return next((row for row in rows if not _is_done(row, row.nearest)), None)


def marks_of(desks: Iterable[tuple[str, ...]], at: datetime) -> dict[tuple[str, ...], str]:
    """For the names of each desk the mark of its call, as `live_call` and `mark_of` tell it; one query for all of them."""
    rows = list(
        _current(LiveCall.objects.there(at), at - AFTER)
        .select_related("call__contact", "call__answered_by")
        .annotate(nearest=Case(*NEAREST, default=Value(1)))
        .order_by("nearest", "-last_event_at")[:MOST_LOOKED_AT]
    )
    waiting = {
        row.pk for row in rows if row.state in RINGS and (row.call is None or row.call.outcome != Call.Outcome.TEST)
    }
    group = [(row.nearest, row) for row in rows if row.state == State.RINGING and not row.agent][:1]
    at_desk: dict[str, list[tuple[int, LiveCall]]] = {}
    for row in rows:
        for rank, names in ((row.nearest, [row.agent]), (PASSED_ON, _passed_on_by(row, at))):
            for name in names if row.agent and not _is_done(row, rank) else ():
                at_desk.setdefault(name, []).append((rank, row))

    def nearest(names: tuple[str, ...]) -> LiveCall | None:
        own = [found for name in dict.fromkeys(names) for found in at_desk.get(name, ())]
        first = min([*own, *group], key=lambda one: (one[0], -one[1].last_event_at.timestamp()), default=None)
        return first[1] if first is not None else None

    found = {names: nearest(names) for names in desks}
    return {
        names: mark_of(row, len(waiting) - (row.pk in waiting)) if row is not None else ""
        for names, row in found.items()
    }


def _current(there: QuerySet[LiveCall], after: datetime) -> QuerySet[LiveCall]:
    """What goes on, and what ended so lately (`after` this moment) that it can still be registered."""
    just_ended = Q(answered_at__isnull=False, ended_at__gt=after)
    return there.filter(~Q(state=State.ENDED) | just_ended)


def _is_done(row: LiveCall, rank: int) -> bool:
    """Over for this person, and registered."""
    return is_registered(row) and (row.state == State.ENDED or rank == PASSED_ON)


def _passed_on_by(row: LiveCall, at: datetime) -> list[str]:
    """As which the exchange knows who picked it up, when somebody else has it now."""
    by = row.call.answered_by if row.call is not None and row.last_event_at > at - AFTER else None
    return names_of(by) if by is not None and is_passed_on(by, row) else []


def mark_of(row: LiveCall | None, waiting: int) -> str:
    return "" if row is None else f"{row.pk}-{row.state}-{int(is_registered(row))}-{waiting}"


def waiting_calls(row: LiveCall | None, at: datetime) -> int:
    """How many others wait or ring; one query."""
    return LiveCall.objects.waiting(at).exclude(pk=row.pk).count() if row is not None else 0


def call_strip(user: User, row: LiveCall, waiting: int, at: datetime) -> CallStrip:
    """Two queries more: who has this number (or whose extension it is), and what is open."""
    found = callers(user, row)
    customer = found[0] if len(found) == 1 else None
    colleague = colleague_at(row)
    since = _since(user, row)
    limit = pickup_seconds_on(local_day(row.entered_at)) if row.answered_at is None else 0
    seconds = max(0, int((at - since).total_seconds()))
    return CallStrip(
        pk=row.pk,
        mark=mark_of(row, waiting),
        icon=_icon(user, row),
        label=_label(user, row),
        who=_who(row, found, colleague),
        note=_note(user, row, found, colleague),
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


def _since(user: User, row: LiveCall) -> datetime:
    """From when the seconds count: of a call that is passed on to somebody the newest event, else what it says."""
    if row.state == State.ENDED:
        return row.ended_at or row.last_event_at
    if row.answered_at is None:
        return row.entered_at
    return row.last_event_at if row.state in RINGS and not is_passed_on(user, row) else row.answered_at


def _icon(user: User, row: LiveCall) -> str:
    if is_passed_on(user, row):
        return "phone-outgoing"
    return "phone-incoming" if row.state in RINGS else "phone-off" if row.state == State.ENDED else "phone-call"


def _label(user: User, row: LiveCall) -> str:
    if is_passed_on(user, row):
        return _("Call that you passed on")
    if row.state == State.ENDED:
        return _("Call that ended")
    if row.state in RINGS:
        return _("Incoming call") if row.answered_at is None else _("Call that is passed on to you")
    return _("Call that you have")


def _who(row: LiveCall, found: list[Customer], colleague: str) -> str:
    if len(found) == 1:
        return found[0].full_name
    if found:
        told = {"names": ", ".join(customer.full_name for customer in found[:NAMED]), "count": len(found) - NAMED}
        if len(found) > NAMED:
            return _("%(names)s and %(count)s more: one of them?") % told
        return _("%(names)s: one of them?") % told
    return colleague or caller_words(row) or _("Hidden number")


def _note(user: User, row: LiveCall, found: list[Customer], colleague: str) -> str:
    number = caller_words(row) if found or colleague else ""
    if len(found) == 1 and found[0].full_name == number:
        number = ""  # stands there already: no message told a name
    if colleague:
        words = _("a colleague")
    elif len(found) != 1:
        words = "" if found else _("not known here") if row.caller else _("ask for the name")
    else:
        count = Question.objects.visible_to(user).filter(customer=found[0], status__in=Question.OPEN).count()
        words = (
            ngettext("%(count)s open question", "%(count)s open questions", count) % {"count": wording.number(count)}
            if count
            else _("no open questions")
        )
    made_up = _("made up by the simulation") if row.source == SIMULATED else ""
    return " · ".join(part for part in (number, words, made_up) if part)
