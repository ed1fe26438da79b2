"""Takes back that one closed or cancelled a question a moment ago: holder, promises, call-back, talk and post stand as before. The history says both."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from contacts.actions.cancel import acknowledge_after_all
from contacts.actions.change import changing
from contacts.actions.clocks import Kind, State, pause_clock
from contacts.actions.extend_complaint import extension_of, its_marks, its_pauses
from contacts.actions.replace_clock import replace_clock, successor
from contacts.actions.restop_clocks import take_up
from contacts.actions.undo_registration import UNDO_TIME
from contacts.actions.visit_wait import wait_again
from contacts.actions.withdraw_letter import wait_after_all
from contacts.models import (
    Assignment,
    CallbackAttempt,
    CallbackRequest,
    ClockEvent,
    Contact,
    NormClock,
    Question,
)
from contacts.models.contact import UNDONE
from contacts.norms.clock import Deadline
from contacts.norms.promises import VISIT
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

_RESTORED = ("status", "close_reason", "closed_at", "closed_on", "answered_at", "assignee_id", "is_direct")
_ENDS = ("closed: ", "cancelled: ", "conversation", "call-back: reached")


@one_transaction
def undo_close(*, question: Question, version: int, by: User, at: datetime) -> int | None:
    """The question as it was before one ended it: `version` is that of right after. Gives the conversation that is taken back with it (`talk_of`).

    Only by who did it, within a minute and on the same day, so that no figure of a day that is over changes; and when nothing happened
    since. What was written down otherwise stays as a note. A promise that was broken by then stays broken.
    """
    with changing(question, by=by, at=at, is_help=False, reason=UNDONE) as fresh:
        ended_at = fresh.closed_at
        newest = fresh.history.order_by("-history_id")  # type: ignore[attr-defined]
        rows = list(newest.values("history_user_id", "history_date", "history_change_reason", *_RESTORED)[:2])
        if ended_at is None or fresh.version != version or not _ended_by(by, ended_at, rows):
            raise Refused(_("Something happened to this question since. Open it to see how it is now."))
        if at - ended_at > UNDO_TIME or local_day(at) != local_day(ended_at):
            raise Refused(_("It is too late to undo this. Open the question again instead."))
        for name in _RESTORED:
            setattr(fresh, name, rows[1][name])
        fresh._state.fields_cache.pop("assignee", None)
        _hold_as_before(fresh, ended_at)
        _call_as_before(fresh, ended_at, by=by, at=at)
        wait_after_all(fresh, ended_at=ended_at, by=by, at=at)
        wait_again(fresh, ended_at=ended_at, by=by, at=at)
        for clock in _ended_then(fresh, ended_at):
            _goes_on(clock, fresh, ended_at, by=by, at=at)
        acknowledge_after_all(fresh, ended_at=ended_at, at=at)
        return _talk_back(fresh, ended_at, by=by, at=at)


def talk_of(question: Question, pk: int, *, by: User) -> Contact | None:
    """What this person wrote down of a talk and took back, as the history keeps it."""
    rows = Contact.history.filter(id=pk, history_type="-", history_user=by)
    row = rows.filter(history_change_reason=_taken_back_from(question)).first()
    return row.instance if row is not None else None


def _taken_back_from(question: Question) -> str:
    return f"{UNDONE}: {question.number}"


def _ended_by(by: User, ended_at: datetime, rows: list[dict[str, Any]]) -> bool:
    """Whether the last that happened is that this person ended what was open."""
    if len(rows) < 2 or rows[1]["status"] not in Question.OPEN:
        return False
    last = rows[0]
    is_end = (last["history_change_reason"] or "").startswith(_ENDS) and last["history_date"] == ended_at
    return is_end and last["history_user_id"] == by.pk


def _hold_as_before(question: Question, ended_at: datetime) -> None:
    """Who answers what nobody holds becomes its assignee: as if that never was."""
    made = Assignment.objects.filter(question=question, from_at=ended_at, until_at=None).first()
    before = Assignment.objects.filter(question=question, until_at=ended_at).order_by("-pk").first()
    if made is not None and before is not None:
        made.delete()
        Assignment.objects.filter(pk=before.pk).update(until_at=None)


def _call_as_before(question: Question, ended_at: datetime, *, by: User, at: datetime) -> None:
    """The call-back request that ended with the question, also as a call that was made."""
    for callback in CallbackRequest.objects.select_for_update().filter(question=question, settled_at=ended_at):
        CallbackAttempt.objects.filter(callback=callback, at=ended_at, by=by).delete()
        callback.state, callback.settled_at, callback.settled_by = CallbackRequest.State.OPEN, None, None
        callback.version += 1
        sign(callback, by=by, at=at, reason=UNDONE)
        callback.save()


def _talk_back(question: Question, ended_at: datetime, *, by: User, at: datetime) -> int | None:
    """The conversation with which it was closed: as if nobody wrote it down yet."""
    out = Contact.objects.filter(questions=question, direction=Contact.Direction.OUT)
    talk = out.filter(received_at=ended_at, registered_by=by, outbound=None).first()
    if talk is None:
        return None
    pk = talk.pk
    sign(talk, by=by, at=at, reason=_taken_back_from(question))
    talk.delete()
    question.contact_count -= 1
    last = Contact.objects.filter(questions=question).aggregate(moment=Max("received_at"))["moment"]
    question.last_contact_at = last or question.received_at
    return pk


def _ended_then(question: Question, ended_at: datetime) -> list[NormClock]:
    """The clocks that the end stopped or cancelled, but for a visitor who was helped by it (`wait_again`)."""
    ended = Q(state=State.MET, stopped_at=ended_at) | Q(state=State.CANCELLED, settled_at=ended_at)
    rows = NormClock.objects.select_for_update().filter(ended, question=question, replaced_by=None)
    return list(rows.exclude(code=VISIT, state=State.MET).order_by("id"))


def _goes_on(old: NormClock, question: Question, ended_at: datetime, *, by: User, at: datetime) -> None:
    waits = question.status == Question.Status.WAITING
    turns = ClockEvent.objects.filter(clock=old, kind__in=(Kind.PAUSED, Kind.RESUMED)).order_by("id")
    last = list(turns)[-2:]
    if waits and [one.kind for one in last] == [Kind.PAUSED, Kind.RESUMED] and last[1].at == ended_at:
        _stands_still(old, last[0], by=by, at=at)
    else:
        take_up(old, ended_at=ended_at, is_still=waits, by=by, at=at, cause=UNDONE, is_moved=False)


def _stands_still(old: NormClock, pause: ClockEvent, *, by: User, at: datetime) -> None:
    """A clock that stood still until the answer took it up and stopped it: again from that pause on."""
    due_at = pause.due_at or old.due_at
    ends = Deadline(due_at, min(old.soon_at, due_at), max(old.escalate_at, due_at))
    new = successor(old, ends, started_at=old.started_at, length=old.length, team_id=old.team_id)
    told, events = its_marks(old, new), pause_clock(new, by=by, at=pause.at, cause=UNDONE)
    begun = replace_clock(old, new, by=by, at=at, cause=UNDONE, reason=UNDONE, **extension_of(old))
    ClockEvent.objects.bulk_create([*begun, *its_pauses(old, new)[:-2], *told, *events])
