"""What a new norm or calendar does to clocks that run now: shown first, done only when somebody says so (norms-and-kpis §3).

Settled clocks, and running ones whose deadline has passed, are never touched. A recalculation does not reach back either: a clock
whose new deadline already lies behind us is due now, so no finished day changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.actions.clocks import LIVE, Kind, State, event
from contacts.actions.deadlines import project_many
from contacts.actions.extend_complaint import EXTENDED
from contacts.actions.pauses import pauses_of
from contacts.models import ClockEvent, NormClock, Question
from contacts.norms.clock import TIME_UNITS
from contacts.norms.replay import Pause, Replayed, replay
from contacts.rulebook import Rulebook
from organisation import audit
from organisation.roles import Right
from organisation.snapshot import CalendarVersion, Organisation, organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import ServiceNorm
    from organisation.models import User

BATCH = 500
MOST_COUNTED = 1_000
NOT_SAVED_YET = 2**62
"""Stands in for the id that a new version will get, so that it wins from equals as it will then."""


@dataclass(frozen=True)
class Moved:
    """One clock before and after; `overdue` and `almost_due` are how it would stand now."""

    clock_id: int
    question_id: int
    number: str
    due_at: datetime
    new_due_at: datetime
    overdue: bool
    almost_due: bool


@dataclass(frozen=True)
class Impact:
    """What a change would do to the clocks that run or wait now."""

    open: int
    overdue: int
    almost_due: int
    moved: tuple[Moved, ...]
    """Those whose deadline changes, the ones that become late first."""

    @property
    def seal(self) -> str:
        """Says which impact a person saw before agreeing to it."""
        return f"{self.open}-{self.overdue}-{self.almost_due}-{len(self.moved)}"


@dataclass(frozen=True)
class Terms:
    """What a clock is computed with."""

    unit: str
    length: int
    calendar: CalendarVersion
    norm: ServiceNorm | None = None


Choose = Callable[[NormClock], Terms | None]
"""The new terms of a clock; None leaves it as it is."""


def impact_of_norm(norm: ServiceNorm, norms: Sequence[ServiceNorm], *, at: datetime) -> Impact:
    """What happens when `norm` (not saved yet) holds beside these norms of the same code; writes nothing."""
    house = organisation()
    return _impact(_live(_under(norm), at), _by_norm(norm, norms, house), at=at, house=house)


def impact_of_calendars(*, at: datetime) -> Impact:
    """What happens when clocks that began under an older version of their calendar are computed with the present one."""
    house = organisation()
    return _impact(_live(_behind(house), at), _by_calendar(house), at=at, house=house)


def count_behind(*, at: datetime) -> int:
    """How many running clocks began under an older version of their calendar; at most a thousand are counted."""
    return len(_alive(_behind(organisation()), at).values_list("pk")[:MOST_COUNTED])


@one_transaction
def recompute_norm(*, norm: ServiceNorm, norms: Sequence[ServiceNorm], by: User, at: datetime, reason: str) -> int:
    """Gives the running and waiting clocks of this norm its present terms; says how many."""
    house = organisation()
    return _recompute(_under(norm), _by_norm(norm, norms, house), by=by, at=at, reason=reason, house=house)


@one_transaction
def recompute_calendars(*, by: User, at: datetime, reason: str) -> int:
    """Gives clocks that began under an older calendar the present one; says how many."""
    if not by.may(Right.NORMS_WRITE):
        raise PermissionDenied
    house = organisation()
    count = _recompute(_behind(house), _by_calendar(house), by=by, at=at, reason=reason, house=house)
    audit.record(by=by, action="clocks.recomputed", clocks=count, reason=reason)
    return count


def _live(scope: Q, at: datetime) -> list[NormClock]:
    """Clocks that still can be computed again: waiting ones, and running ones that are not late."""
    return list(_alive(scope, at).select_related("question").order_by("due_at", "id"))


def _alive(scope: Q, at: datetime) -> QuerySet[NormClock]:
    return NormClock.objects.filter(Q(state=State.PAUSED) | Q(state=State.RUNNING, due_at__gt=at), scope)


def _by_norm(norm: ServiceNorm, norms: Sequence[ServiceNorm], house: Organisation) -> Choose:
    """The clocks for which this norm is the narrowest that fits, on the calendar they have."""
    candidate = copy(norm)
    candidate.pk = candidate.pk or NOT_SAVED_YET
    rules = Rulebook(norms={norm.code: [*norms, candidate]}, rules=())
    terms = {
        pk: Terms(norm.unit, norm.length, calendar, norm) for pk, calendar in house.calendars.items() if norm.length
    }

    def choose(clock: NormClock) -> Terms | None:
        if norm.unit not in TIME_UNITS:
            return None
        subjects = frozenset(subject.id for subject in house.subject_line(clock.subject_id))
        fits = rules.norm(
            norm.code, on=norm.valid_from, channel=clock.channel, team_id=clock.team_id, subject_ids=subjects
        )
        return terms.get(clock.calendar_id) if fits is candidate else None

    return choose


def _under(norm: ServiceNorm) -> Q:
    """Clocks of this norm; one that was extended keeps the length that the customer was told."""
    extended = ClockEvent.objects.filter(clock=OuterRef("pk"), kind=Kind.STARTED, detail__has_key=EXTENDED)
    return Q(code=norm.code) & ~Q(Exists(extended))


def _behind(house: Organisation) -> Q:
    """Clocks whose calendar has a newer version than the one they started with."""
    behind = Q(pk__in=[])
    for calendar in house.calendars.values():
        behind |= Q(calendar_id=calendar.id) & ~Q(calendar_version=calendar.version)
    return behind


def _by_calendar(house: Organisation) -> Choose:
    return lambda clock: Terms(clock.unit, clock.length, house.calendars[clock.calendar_id])


def _again(
    clock: NormClock, terms: Terms, pauses: list[Pause], at: datetime, house: Organisation
) -> tuple[Replayed, bool]:
    """The clock under these terms, never due before now; and whether it would have been late already."""
    found = replay(
        unit=terms.unit,
        length=terms.length,
        start=clock.started_at,
        pauses=pauses,
        calendar=terms.calendar.rules,
        escalate_days=house.municipality.coordinator_after_days,
    )
    late = clock.state == State.RUNNING and found.ends.due_at <= at
    if late:
        ends = replace(
            found.ends, due_at=at, soon_at=min(found.ends.soon_at, at), escalate_at=max(found.ends.escalate_at, at)
        )
        found = Replayed(ends, found.left)
    return found, late


def _impact(clocks: list[NormClock], choose: Choose, *, at: datetime, house: Organisation) -> Impact:
    pauses = pauses_of(clocks)
    total = overdue = almost = 0
    moved = []
    for clock in clocks:
        terms = choose(clock)
        if terms is None:
            continue
        total += 1
        found, late = _again(clock, terms, pauses.get(clock.pk, []), at, house)
        soon = clock.state == State.RUNNING and not late and found.ends.soon_at <= at
        overdue += late
        almost += soon
        if found.ends.due_at != clock.due_at:
            moved.append(
                Moved(clock.pk, clock.question_id, clock.question.number, clock.due_at, found.ends.due_at, late, soon)
            )
    moved.sort(key=lambda one: (not one.overdue, not one.almost_due, one.new_due_at, one.clock_id))
    return Impact(total, overdue, almost, tuple(moved))


def _recompute(scope: Q, choose: Choose, *, by: User, at: datetime, reason: str, house: Organisation) -> int:
    """Question by question, locked in the order of their ids, as every act on a question does."""
    chosen = sorted({clock.question_id for clock in _live(scope, at) if choose(clock) is not None})
    count = 0
    for begin in range(0, len(chosen), BATCH):
        ids = chosen[begin : begin + BATCH]
        questions = list(Question.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        locked = NormClock.objects.select_for_update(of=("self",)).filter(question__in=ids, replaced_by__isnull=True)
        clocks = list(locked.order_by("id"))
        wanted = {clock.pk for clock in _live(scope & Q(question__in=ids), at)}
        pauses = pauses_of(clock for clock in clocks if clock.pk in wanted)
        changed, events = [], []
        for clock in clocks:
            terms = choose(clock) if clock.pk in wanted and clock.state in LIVE else None
            if terms is not None:
                events.append(_apply(clock, terms, pauses.get(clock.pk, []), by=by, at=at, reason=reason, house=house))
                changed.append(clock)
        NormClock.objects.bulk_update(changed, FIELDS, batch_size=BATCH)
        ClockEvent.objects.bulk_create(events)
        project_many(questions)
        count += len(changed)
    return count


FIELDS = (
    "norm",
    "norm_version",
    "unit",
    "length",
    "may_pause",
    "calendar_version",
    "due_at",
    "soon_at",
    "escalate_at",
    "remaining",
)


def _apply(
    clock: NormClock, terms: Terms, pauses: list[Pause], *, by: User, at: datetime, reason: str, house: Organisation
) -> ClockEvent:
    before = clock.due_at
    found, _late = _again(clock, terms, pauses, at, house)
    clock.unit, clock.length, clock.calendar_version = terms.unit, terms.length, terms.calendar.version
    clock.due_at, clock.soon_at, clock.escalate_at = found.ends.due_at, found.ends.soon_at, found.ends.escalate_at
    clock.remaining = found.left if clock.state == State.PAUSED else None
    if terms.norm is not None:
        clock.norm, clock.norm_version = terms.norm, terms.norm.version
        if clock.state == State.RUNNING:
            clock.may_pause = terms.norm.may_pause
    detail = {"from_due_at": before.isoformat(), "unit": clock.unit, "length": clock.length, "left": clock.remaining}
    return event(clock, Kind.RECOMPUTED, at=at, by=by, cause=reason, **detail)
