"""Corrects a clock that began at the wrong moment: a new clock replaces it, with author and reason; both are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import Kind, State, cancel_clock, event, mark_missed
from contacts.actions.extend_complaint import extension_of, its_pauses
from contacts.actions.pauses import pauses_of
from contacts.actions.replace_clock import replace_clock, successor
from contacts.actions.visit_wait import helped_at
from contacts.answers import first_answer_since
from contacts.models import CallbackRequest, ClockEvent, NormClock, Question
from contacts.norms.promises import CALLBACK, VISIT
from contacts.norms.replay import Pause, replay
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from organisation.models import User

Calls = CallbackRequest.State


@one_transaction
def correct_clock(
    *, clock: NormClock, by: User | None, at: datetime, reason: str, started_at: datetime, version: int | None = None
) -> NormClock:
    """The replacement starts at `started_at`, stood still when the old one did, and is judged by its stop."""
    if by is not None and not by.may(Right.CLOCK_CORRECT):
        raise PermissionDenied
    reason = normalize.clean_line(reason, 200)
    if not reason:
        raise Refused(_("Write down why the deadline is corrected."), "reason")
    if started_at > at:
        raise Refused(_("The moment of receipt lies in the future."), "started_at")
    why = f"clock corrected: {reason}"
    with changing(clock.question, by=by, at=at, version=version, is_help=False, reason=why) as question:
        old = NormClock.objects.select_for_update().select_related("norm", "contact").get(pk=clock.pk)
        if old.replaced_by_id:
            raise Refused(_("This deadline was already corrected. Correct the newest one."))
        house = organisation()
        again = replay(
            unit=old.unit,
            length=old.length,
            start=started_at,
            pauses=_since(started_at, pauses_of([old]).get(old.pk, [])),
            calendar=house.calendars[old.calendar_id].rules,
            escalate_days=house.municipality.coordinator_after_days,
        )
        new = successor(old, again.ends, started_at=started_at, length=old.length, team_id=question.team_id)
        if old.state == State.PAUSED and again.left:
            new.state, new.remaining = State.PAUSED, again.left
            new.paused_at = max(old.paused_at, started_at) if old.paused_at is not None else None
            events = []
        else:
            stopped_at = old.stopped_at or (_kept_at(question, old) if old.state == State.MISSED else None)
            ended_at = _ended_at(question, old) if stopped_at is None else None
            if ended_at is not None:
                events = cancel_clock(new, by=by, at=ended_at, cause="corrected")
            else:
                events = _judge(new, stopped_at, by=by, at=at)
        begun = replace_clock(old, new, by=by, at=at, cause="corrected", reason=reason, **extension_of(old))
        ClockEvent.objects.bulk_create([*begun, *_pauses_since(started_at, its_pauses(old, new)), *events])
    return new


def _since(moment: datetime, pauses: Iterable[Pause]) -> list[Pause]:
    """What of these pauses came after this moment."""
    return [(max(begun, moment), ended) for begun, ended in pauses if ended is None or ended > moment]


def _pauses_since(moment: datetime, had: Sequence[ClockEvent]) -> list[ClockEvent]:
    """The same of their events: a pause that lasted at that moment begins there."""
    before = [one for one in had if one.at <= moment]
    after = [one for one in had if one.at > moment]
    if before and before[-1].kind == Kind.PAUSED:
        before[-1].at = moment
        return [before[-1], *after]
    return after


def _kept_at(question: Question, old: NormClock) -> datetime | None:
    """When what was promised was done after all: a promise to call by a call, or by the tries that had to do; that a visitor is helped by who came."""
    if old.code == VISIT:
        return helped_at(question)
    if old.code != CALLBACK:
        return first_answer_since(question, old.started_at)
    tried = _calls(question, old).filter(state__in=(Calls.DONE, Calls.UNREACHABLE), attempts__isnull=False)
    moment: datetime | None = tried.aggregate(moment=Min("settled_at"))["moment"]
    return moment


def _ended_at(question: Question, old: NormClock) -> datetime | None:
    """When nobody had to keep this promise any more; None while somebody has."""
    if old.code == CALLBACK and not CallbackRequest.objects.filter(question=question, state=Calls.OPEN).exists():
        moment: datetime | None = _calls(question, old).aggregate(moment=Min("settled_at"))["moment"]
        return moment or question.closed_at
    return None if question.is_open else question.closed_at


def _calls(question: Question, old: NormClock) -> QuerySet[CallbackRequest]:
    return CallbackRequest.objects.filter(question=question, settled_at__gte=old.started_at)


def _judge(new: NormClock, stopped_at: datetime | None, *, by: User | None, at: datetime) -> list[ClockEvent]:
    if stopped_at is not None and stopped_at < new.due_at:
        new.state, new.stopped_at, new.settled_at = State.MET, stopped_at, stopped_at
        new.settled_on = local_day(stopped_at)
        new.stop_reason = "corrected"
        return [event(new, Kind.MET, at=stopped_at, by=by, cause="corrected")]
    if stopped_at is not None or at >= new.due_at:
        return mark_missed(new, by=by, cause="corrected")
    return []
