"""Acts on clocks that ran out or are about to: each action exactly once, however often, late or parallel this runs.

What is overdue is computed from `due_at` on every screen; this only marks, and tells people (norms-and-kpis §3). Rows are
claimed with SKIP LOCKED in batches until none is left: no cap that starves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from contacts.actions.clocks import Kind, State, event, is_unanswered, mark_missed
from contacts.actions.deadlines import project_many
from contacts.actions.visit_wait import waited_for_now
from contacts.models import CallbackRequest, ClockEvent, NormClock, Notice, Question
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE, VISIT
from organisation.clock import AMSTERDAM, local_day
from organisation.failpoints import failpoint
from organisation.models import Membership
from organisation.roles import Role

BATCH = 500
TOLD_NOBODY: Final = "told nobody"
"""Why a mark stands there: its moment came, but nobody had to be told any more."""


@dataclass(frozen=True)
class Settled:
    """How many clocks each action was done for."""

    missed: int = 0
    told_assignee: int = 0
    told_lead: int = 0
    told_coordinator: int = 0


def settle_due(*, at: datetime, limit: int | None = None) -> Settled:
    """Marks what is missed, then tells assignee (almost due), lead (overdue) and coordinator (overdue for days)."""
    people = Receivers(at)
    missed = _until_done(_mark, at, people, limit)
    _let_go(at)
    return Settled(
        missed=missed,
        told_assignee=_until_done(_tell_soon, at, people, limit),
        told_lead=_until_done(_tell_late, at, people, limit),
        told_coordinator=_until_done(_tell_long, at, people, limit),
    )


class Receivers:
    """Leads per team and coordinators, read once a run."""

    def __init__(self, at: datetime) -> None:
        self.leads: dict[int, set[int]] = {}
        self.coordinators: set[int] = set()
        members = Membership.objects.valid_on(local_day(at)).filter(user__is_active=True)
        for role, team_id, user_id in members.values_list("role", "team_id", "user_id"):
            if role == Role.TEAM_LEAD:
                self.leads.setdefault(team_id, set()).add(user_id)
            elif role == Role.COORDINATOR:
                self.coordinators.add(user_id)

    def lead_of(self, team_id: int) -> set[int]:
        """The team's leads; a team without one is the coordinator's care."""
        return self.leads.get(team_id) or self.coordinators


Batch = Callable[[datetime, Receivers], int]


def _until_done(one_batch: Batch, at: datetime, people: Receivers, limit: int | None) -> int:
    done = 0
    while limit is None or done < limit:
        with transaction.atomic():
            count = one_batch(at, people)
            failpoint("before_settle_commit")
        if count == 0:
            break
        done += count
    return done


def _claim(condition: Q, order: str) -> list[NormClock]:
    rows = (
        NormClock.objects.select_for_update(skip_locked=True, of=("self",)).filter(condition).select_related("question")
    )
    rows = rows.defer("question__search", "question__summary", "question__title")  # long, and read by nobody here
    claimed = list(rows.order_by(order)[:BATCH])
    failpoint("after_settle_claim")
    return claimed


def _mark(at: datetime, people: Receivers) -> int:
    clocks = _claim(Q(state=State.RUNNING, due_at__lte=at), "due_at")
    events = [e for clock in clocks for e in mark_missed(clock)]
    NormClock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(
        state=State.MISSED, settled_at=F("due_at"), settled_on=TruncDate("due_at", tzinfo=AMSTERDAM)
    )
    ClockEvent.objects.bulk_create(events)
    return len(clocks)


def _let_go(at: datetime) -> None:
    """A missed promise of a machine asks nothing of a person any more, so it keeps no question late in the lists.

    In transactions of their own, questions first, as every act locks; whatever was left undone is found again the next time.
    """
    held = Question.objects.open().filter(
        sort_at__lte=at, clocks__state=State.MISSED, clocks__code__in=KEPT_BY_A_MACHINE, clocks__due_at=F("due_at")
    )
    ids = list(held.order_by("pk").values_list("pk", flat=True).distinct())
    for begin in range(0, len(ids), BATCH):
        with transaction.atomic():
            rows = Question.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                pk__in=ids[begin : begin + BATCH]
            )
            project_many(list(rows.order_by("pk")))


def _tell_soon(at: datetime, people: Receivers) -> int:
    """Almost due: the assignee; nobody has it: the lead."""
    due = Q(state=State.RUNNING, soon_at__lte=at, due_at__gt=at, soon_told_at__isnull=True)
    clocks = _claim(due, "soon_at")
    return _told(
        clocks,
        at,
        mark="soon_told_at",
        event_kind=Kind.TOLD_ALMOST_DUE,
        notice=Notice.Kind.ALMOST_DUE,
        who=lambda c: {c.question.assignee_id} if c.question.assignee_id else people.lead_of(c.team_id),
    )


def _tell_late(at: datetime, people: Receivers) -> int:
    """Overdue: assignee and lead."""
    clocks = _claim(Q(state=State.MISSED, late_told_at__isnull=True, replaced_by__isnull=True), "due_at")
    return _told(
        clocks,
        at,
        mark="late_told_at",
        event_kind=Kind.TOLD_OVERDUE,
        notice=Notice.Kind.OVERDUE,
        who=lambda c: people.lead_of(c.team_id) | ({c.question.assignee_id} if c.question.assignee_id else set()),
    )


def _tell_long(at: datetime, people: Receivers) -> int:
    """Still without an answer when the coordinator's term has passed."""
    long = Q(state=State.MISSED, escalate_at__lte=at, escalated_at__isnull=True, replaced_by__isnull=True)
    clocks = _claim(long, "escalate_at")
    return _told(
        clocks,
        at,
        mark="escalated_at",
        event_kind=Kind.TOLD_COORDINATOR,
        notice=Notice.Kind.OVERDUE_LONG,
        who=lambda c: people.coordinators,
    )


def _told(
    clocks: list[NormClock],
    at: datetime,
    *,
    mark: str,
    event_kind: str,
    notice: str,
    who: Callable[[NormClock], set[int]],
) -> int:
    """Marks, appends the event and writes the notices; a question that was answered meanwhile, a call that was made or a visitor who is helped bothers nobody.

    That a visitor waits is told on the screen alone: by the time of the next mail nobody waits any more.
    """
    notices = []
    visitors = waited_for_now(clocks, at)
    calls = {clock.question_id for clock in clocks if clock.code == CALLBACK}
    if calls:
        asked = CallbackRequest.objects.filter(question__in=calls, state=CallbackRequest.State.OPEN)
        calls = set(asked.values_list("question_id", flat=True))
    told: set[int] = set()
    for clock in clocks:
        if clock.code == VISIT:
            waits = clock.question_id in visitors
        else:
            waits = clock.question_id in calls if clock.code == CALLBACK else is_unanswered(clock.question, clock)
        if clock.question.is_open and waits and (whom := who(clock)):
            told.add(clock.pk)
            notices += [
                Notice(
                    user_id=pk,
                    kind=notice,
                    question=clock.question,
                    clock=clock,
                    key=f"clock:{clock.pk}",
                    at=at,
                    mailed_at=at if clock.code == VISIT else None,
                )
                for pk in sorted(whom)
            ]
    ids = [clock.pk for clock in clocks]
    NormClock.objects.filter(pk__in=ids).update(**{mark: at})
    causes = {clock.pk: "" if clock.pk in told else TOLD_NOBODY for clock in clocks}
    ClockEvent.objects.bulk_create(
        [event(clock, event_kind, at=at, by=None, cause=causes[clock.pk]) for clock in clocks]
    )
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    failpoint("after_notice")
    return len(clocks)
