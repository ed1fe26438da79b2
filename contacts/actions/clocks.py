"""Starts, pauses, resumes and stops norm clocks, each with its event; and shows a promise before it is made.

The clock's columns are the projection of its events. Callers hold the lock on the question (lock order: question → contact →
clock → outbox) and save the rows that the functions return or change here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contacts.actions.promises import applicable_norm, calendar_for, norm_deadline
from contacts.models import CallbackRequest, ClockEvent, NormClock, Question
from contacts.models.question import FAR_FUTURE
from contacts.norms.clock import remaining, resumed
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE, VISIT, is_of_kind
from contacts.rulebook import rulebook
from organisation.snapshot import Organisation, organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contacts.models import Contact
    from organisation.models import User

Kind = ClockEvent.Kind
State = NormClock.State
LIVE = (State.RUNNING, State.PAUSED)
CLOCKS_DIFFER = timedelta(minutes=2)
"""Of two machines: what another system registered may begin a moment ahead of ours."""


def new_clock(
    *,
    code: str,
    question: Question,
    contact: Contact,
    by: User | None,
    at: datetime,
    house: Organisation,
    pk: int | None = None,
    starts_at: datetime | None = None,
) -> tuple[NormClock, list[ClockEvent]] | None:
    """A clock from the moment of receipt (or `starts_at`), not saved; born missed when that promise is already broken. None: no such norm."""
    norm = applicable_norm(
        house, rulebook(house), code, contact.channel, question.team_id, question.subject_id, contact.received_at
    )
    if norm is None or norm.length is None:
        return None
    calendar = calendar_for(house, contact, question.team_id)
    starts_at = starts_at or contact.received_at
    ends = norm_deadline(norm, starts_at, calendar, house)
    clock = NormClock(
        pk=pk,
        question=question,
        contact=contact,
        norm=norm,
        code=code,
        norm_version=norm.version,
        unit=norm.unit,
        length=norm.length,
        may_pause=norm.may_pause,
        calendar_id=calendar.id,
        calendar_version=calendar.version,
        team_id=question.team_id,
        channel=contact.channel,
        subject_id=question.subject_id,
        started_at=starts_at,
        due_at=ends.due_at,
        soon_at=ends.soon_at,
        escalate_at=ends.escalate_at,
    )
    events = [event(clock, Kind.STARTED, at=clock.started_at, by=by, cause=f"contact:{contact.pk}")]
    if at >= clock.due_at:
        events += mark_missed(clock, by=by, cause="registered late")
    return clock, events


def event(
    clock: NormClock, kind: str, *, at: datetime, by: User | None, cause: str = "", **detail: object
) -> ClockEvent:
    """The event row, not saved."""
    return ClockEvent(
        clock=clock,
        kind=kind,
        at=at,
        by=by,
        cause=cause[:200],
        due_at=clock.due_at,
        norm_version=clock.norm_version,
        calendar_version=clock.calendar_version,
        detail=detail,
    )


def mark_missed(clock: NormClock, *, by: User | None = None, cause: str = "") -> list[ClockEvent]:
    """Missed at `due_at`, whenever that is found out; the settlement day is the local day of the last moment in time."""
    clock.state = State.MISSED
    clock.settled_at = clock.due_at
    clock.settled_on = local_day(clock.due_at)
    clock.paused_at = None
    clock.remaining = None
    return [event(clock, Kind.MISSED, at=clock.due_at, by=by, cause=cause)]


def stop_clock(clock: NormClock, *, by: User | None, at: datetime, cause: str) -> list[ClockEvent]:
    """Met when stopped in time, else missed at its own deadline; a paused clock first takes up its rest."""
    events = resume_clock(clock, by=by, at=at, cause=cause) if clock.state == State.PAUSED else []
    if clock.state != State.RUNNING:
        return events
    if at >= clock.due_at:
        return events + mark_missed(clock, by=by, cause=cause)
    clock.state = State.MET
    clock.stopped_at = at
    clock.settled_at = at
    clock.settled_on = local_day(at)
    clock.stop_reason = cause[:60]
    return [*events, event(clock, Kind.MET, at=at, by=by, cause=cause)]


def cancel_clock(clock: NormClock, *, by: User | None, at: datetime, cause: str) -> list[ClockEvent]:
    """Counted nowhere, visible in the history; a promise that was already broken stays broken, whenever the job looks."""
    if clock.state not in LIVE:
        return []
    if clock.state == State.RUNNING and at >= clock.due_at:
        return mark_missed(clock, by=by, cause=cause)
    clock.state = State.CANCELLED
    clock.settled_at = at
    clock.settled_on = local_day(at)
    clock.stop_reason = cause[:60]
    clock.paused_at = None
    clock.remaining = None
    return [event(clock, Kind.CANCELLED, at=at, by=by, cause=cause)]


def pause_clock(clock: NormClock, *, by: User | None, at: datetime, cause: str) -> list[ClockEvent]:
    """Keeps what is left; a clock that already ran out is missed instead."""
    if clock.state != State.RUNNING or not clock.may_pause:
        return []
    if at >= clock.due_at:
        return mark_missed(clock, by=by, cause=cause)
    calendar = organisation().calendars[clock.calendar_id]
    clock.remaining = remaining(unit=clock.unit, due_at=clock.due_at, at=at, calendar=calendar.rules)
    clock.paused_at = at
    clock.state = State.PAUSED
    return [event(clock, Kind.PAUSED, at=at, by=by, cause=cause, left=clock.remaining)]


def resume_clock(clock: NormClock, *, by: User | None, at: datetime, cause: str) -> list[ClockEvent]:
    """The deadline becomes what was left, strictly after the day of the resume."""
    at = max(at, clock.paused_at or at)
    if clock.state != State.PAUSED:
        return []
    house = organisation()
    ends = resumed(
        unit=clock.unit,
        left=clock.remaining or 0,
        at=at,
        calendar=house.calendars[clock.calendar_id].rules,
        escalate_days=house.municipality.coordinator_after_days,
    )
    clock.due_at, clock.soon_at, clock.escalate_at = ends.due_at, ends.soon_at, ends.escalate_at
    clock.state = State.RUNNING
    clock.paused_at = None
    clock.remaining = None
    return [event(clock, Kind.RESUMED, at=at, by=by, cause=cause)]


def live_clocks(question: Question) -> list[NormClock]:
    """The running and paused clocks of a question, locked in the order of their ids."""
    return list(NormClock.objects.select_for_update().filter(question=question, state__in=LIVE).order_by("id"))


def save_clocks(clocks: Iterable[NormClock], events: Iterable[ClockEvent]) -> None:
    """Writes changed clocks and appends their events."""
    for clock in clocks:
        clock.save()
    ClockEvent.objects.bulk_create(events)


def stop_clocks(
    question: Question,
    *,
    by: User | None,
    at: datetime,
    cause: str,
    codes: frozenset[str] | None = None,
    besides: frozenset[str] = frozenset(),
    unread: Contact | None = None,
) -> None:
    """Stops the live clocks of a question (all, or these codes) but for those `besides` and of the contact that was `unread`.

    What was said before somebody asked, and told later, keeps no promise to him.
    """
    live = [clock for clock in live_clocks(question) if _asked_at(clock) <= at + CLOCKS_DIFFER]
    live = [clock for clock in live if unread is None or clock.contact_id != unread.pk]
    chosen = [clock for clock in live if (codes is None or clock.code in codes) and clock.code not in besides]
    save_clocks(chosen, [e for clock in chosen for e in stop_clock(clock, by=by, at=at, cause=cause)])


def _asked_at(clock: NormClock) -> datetime:
    """A visitor who comes early may be helped before the time of the appointment."""
    return clock.contact.received_at if clock.code == VISIT else clock.started_at


def cancel_clocks(
    question: Question, *, by: User | None, at: datetime, cause: str, codes: frozenset[str] | None = None
) -> None:
    """Cancels the live clocks of a question (all, or these codes)."""
    chosen = [clock for clock in live_clocks(question) if codes is None or clock.code in codes]
    save_clocks(chosen, [e for clock in chosen for e in cancel_clock(clock, by=by, at=at, cause=cause)])


def pause_clocks(question: Question, *, by: User | None, at: datetime, cause: str) -> None:
    """Pauses the running clocks that may pause."""
    chosen = live_clocks(question)
    save_clocks(chosen, [e for clock in chosen for e in pause_clock(clock, by=by, at=at, cause=cause)])


def resume_clocks(question: Question, *, by: User | None, at: datetime, cause: str) -> None:
    """Takes the paused clocks up again."""
    chosen = live_clocks(question)
    save_clocks(chosen, [e for clock in chosen for e in resume_clock(clock, by=by, at=at, cause=cause)])


def hand_over_clocks(question: Question, *, team_id: int, by: User | None, at: datetime, cause: str) -> None:
    """The receiving team inherits what runs; a promise that was broken before stays with who broke it, whenever the job looks."""
    _count_under(question, by=by, at=at, cause=cause, team_id=team_id)


def clocks_follow_subject(question: Question, *, subject_id: int | None, by: User | None, at: datetime) -> None:
    """What runs counts under the subject that the question has now: most mail has none until somebody read it."""
    _count_under(question, by=by, at=at, cause="subject changed", subject_id=subject_id)


def _count_under(question: Question, *, by: User | None, at: datetime, cause: str, **columns: int | None) -> None:
    late = [clock for clock in live_clocks(question) if clock.state == State.RUNNING and at >= clock.due_at]
    save_clocks(late, [e for clock in late for e in mark_missed(clock, by=by, cause=cause)])
    NormClock.objects.filter(question=question, state__in=LIVE).update(**columns)


def start_clocks(
    question: Question,
    contact: Contact,
    codes: Iterable[str],
    *,
    by: User | None,
    at: datetime,
    starts_at: datetime | None = None,
) -> None:
    """Starts the clocks of these norms that are not live yet, from the receipt of the contact or `starts_at`."""
    house = organisation()
    live = set(NormClock.objects.filter(question=question, state__in=LIVE).values_list("code", flat=True))
    for code in codes:
        if code in live:
            continue
        made = new_clock(code=code, question=question, contact=contact, by=by, at=at, house=house, starts_at=starts_at)
        if made is not None:
            save_clocks([made[0]], made[1])


def is_unanswered(question: Question, clock: NormClock) -> bool:
    """Whether the customer still waits for what this clock promised."""
    return question.answered_at is None or question.answered_at < clock.started_at


def promises_to_keep(question: Question, clocks: Iterable[NormClock] | None = None) -> list[NormClock]:
    """Clocks that run, or were missed and still want a reaction; none of a question that is not open, nor that a visitor waits: the reception shows it."""
    if not question.is_open:
        return []
    rows = clocks if clocks is not None else NormClock.objects.filter(question=question, replaced_by__isnull=True)
    calls = None
    pending = []
    for clock in rows:
        if clock.code == VISIT or not is_of_kind(clock.code, question.kind):
            continue
        if clock.state == State.RUNNING:
            pending.append(clock)
        elif clock.state == State.MISSED and clock.code == CALLBACK:
            if calls is None:
                calls = CallbackRequest.objects.filter(question=question, state=CallbackRequest.State.OPEN).exists()
            if calls:
                pending.append(clock)
        elif clock.state == State.MISSED and clock.code not in KEPT_BY_A_MACHINE and is_unanswered(question, clock):
            pending.append(clock)
    return pending


def project(question: Question, clocks: Iterable[NormClock] | None = None) -> None:
    """Sets `due_at`, `soon_at` and `sort_at` from the clocks: the earliest promise that is still to be kept."""
    pending = promises_to_keep(question, clocks)
    first = min(pending, key=lambda clock: clock.due_at, default=None)
    question.due_at = first.due_at if first else None
    question.soon_at = min(clock.soon_at for clock in pending) if first else None
    question.sort_at = first.due_at if first else datetime.fromisoformat(FAR_FUTURE)
