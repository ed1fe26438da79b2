"""The clock of a visitor who waits (`visit.wait`): starts at the registration, ends as soon as somebody goes on with the question.

The list of the reception and this clock follow one rule, `is_waited_for`; who was helped waits no more (`was_helped`).
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, Q

from contacts.actions.clocks import LIVE, State, cancel_clock, new_clock, save_clocks, stop_clock, stop_clocks
from contacts.actions.replace_clock import start_anew
from contacts.models import Assignment, CallbackRequest, ClockEvent, Contact, NormClock, Notice, Question
from contacts.models.contact import UNDONE
from contacts.norms.promises import VISIT
from contacts.norms.visits import HALL, VISIT_CHANNELS, Wait, is_of_that_day, wait_at_registration, waits_from
from organisation.snapshot import organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from contacts.actions.asked import Asked
    from contacts.actions.place_question import Way
    from organisation.models import User

HELPED_AT_ONCE: Final = "helped at once"
AFTERWARDS: Final = "registered afterwards"
FETCHED: Final = "visitor fetched"
"""Why the history has a row in which only the status moved."""
_ANSWERED: Final = (Question.CloseReason.DIRECT, Question.CloseReason.ANSWERED)
_OPEN_CALLS = CallbackRequest.objects.filter(question=OuterRef("pk"), state=CallbackRequest.State.OPEN)
_WARNINGS = Notice.objects.filter(question=OuterRef("pk"), kind=Notice.Kind.VISITOR_WAITS)


def visit_clock(
    one: Asked, question: Question, contact: Contact, *, way: Way, pk: int | None = None
) -> tuple[NormClock, list[ClockEvent]] | None:
    """The clock of a visit that is registered, not saved; cancelled when nobody can say how long it took. None: no visit, or no such norm."""
    by, came_at = way.by, contact.received_at
    wait = wait_at_registration(
        channel=contact.channel,
        end=one.end,
        is_own=by is not None and one.assignee_id == by.pk,
        came_at=came_at,
        at=way.at,
    )
    if wait is None or one.close_reason or contact.is_automatic:
        return None
    made = new_clock(
        code=VISIT,
        question=question,
        contact=contact,
        by=by,
        at=way.at if wait is Wait.RUNS else came_at,
        house=way.house,
        pk=pk,
        starts_at=waits_from(came_at, way.appointment_at),
    )
    if made is None:
        return None
    clock, events = made
    if wait is Wait.HELPED:
        events += stop_clock(clock, by=by, at=came_at, cause=HELPED_AT_ONCE)
    elif wait is Wait.UNKNOWN:
        events += cancel_clock(clock, by=by, at=came_at, cause=AFTERWARDS)
    return clock, events


def came_again(question: Question, contact: Contact, *, by: User | None) -> None:
    """A visitor about a question that exists speaks with who writes it down, from the moment the visit began."""
    if contact.channel not in VISIT_CHANNELS:
        return
    at = contact.received_at
    made = new_clock(code=VISIT, question=question, contact=contact, by=by, at=at, house=organisation())
    if made is not None:
        clock, events = made
        if is_of_that_day(at, contact.registered_at):
            events += stop_clock(clock, by=by, at=at, cause=HELPED_AT_ONCE)
        else:
            events += cancel_clock(clock, by=by, at=at, cause=AFTERWARDS)
        save_clocks([clock], events)


def is_waited_for(question: Question, *, is_warned: bool, is_seen: bool) -> bool:
    """A visitor waits until a colleague takes the question; who was handed it by name takes it by looking at it."""
    if question.status == Question.Status.NEW:
        return True
    is_handed = question.status == Question.Status.IN_PROGRESS and is_warned
    return is_handed and not is_seen  # who went on with it marked the warnings as seen (`end_wait`)


def was_helped(question: OuterRef) -> Q:
    """Whether somebody went on with it before: then the visitor does not wait for the team that it was handed to afterwards."""
    clocks = NormClock.objects.filter(question=question, code=VISIT, replaced_by=None)
    held = Assignment.objects.filter(
        question=question, assignee__isnull=False, from_at__gt=F("question__registered_at")
    )  # of a wait that ran out the clock does not tell
    return Q(~Exists(clocks.filter(state__in=LIVE))) & Q(Exists(clocks.filter(state=State.MET)) | Exists(held))


def is_waiting(question: Question) -> bool:
    """Whether a visitor waits for a colleague at this question now; who is called back does not."""
    if Question.objects.filter(was_helped(OuterRef("pk")), pk=question.pk).exists():
        return False
    seen = list(_warnings(question).values_list("read_at", flat=True))
    waits = is_waited_for(question, is_warned=bool(seen), is_seen=any(one is not None for one in seen))
    return waits and not _is_called_back(question)


def end_wait(question: Question, *, by: User | None, at: datetime) -> None:
    """After an act on the locked question: who is helped, or is called back, waits no longer, and who was warned need not come any more.

    What closes the question ends its clocks itself: of who left or was never there this one is cancelled.
    """
    if question.channel not in HALL or local_day(question.registered_at) != local_day(at):
        return
    if question.status == Question.Status.NEW and not _is_called_back(question):
        return
    if question.is_open:
        stop_clocks(question, by=by, at=at, cause="helped", codes=frozenset({VISIT}))
    _warnings(question).filter(read_at__isnull=True).update(read_at=at)


def take_by_looking(question: Question, *, by: User, at: datetime) -> None:
    """Who was handed a visitor by name says by opening the (locked) question that he comes."""
    if question.channel not in HALL or question.assignee_id != by.pk or question.status != Question.Status.IN_PROGRESS:
        return
    if NormClock.objects.filter(question=question, code=VISIT, state__in=LIVE).exists():
        end_wait(question, by=by, at=at)


def wait_again(question: Question, *, ended_at: datetime, by: User, at: datetime) -> None:
    """The act of that moment is taken back: the visitor waits on from when the clock began. On the locked question."""
    rows = NormClock.objects.select_for_update().filter(
        question=question, code=VISIT, state=State.MET, stopped_at=ended_at, replaced_by=None
    )
    for clock in rows:
        start_anew(clock, by=by, at=at, cause="undone")
    _warnings(question).filter(read_at=ended_at).update(read_at=None)


def helped_at(question: Question) -> datetime | None:
    """When somebody first went on with the question of a visitor, and did not take that back; None: nobody did.

    A clock that ran out does not keep it. The history tells who took what was new, the warnings when who was handed it by name did
    something or looked; and who is promised a call waits no longer.
    """
    history = question.history.order_by("history_id")  # type: ignore[attr-defined]
    rows = list(history.values("status", "close_reason", "assignee", "history_change_reason", "history_date"))
    found = _taken_at(rows)
    found += CallbackRequest.objects.filter(question=question).values_list("created_at", flat=True)
    if handed_to := rows[0]["assignee"] if rows else None:
        in_vain = {row["history_date"] for row in rows if row["status"] not in Question.OPEN and not _helps(row)}
        seen = _warnings(question).filter(user=handed_to).values_list("read_at", flat=True)
        found += [moment for moment in seen if moment is not None and moment not in in_vain]
    return min(found, default=None)


def _taken_at(rows: list[dict[str, Any]]) -> list[datetime]:
    """When what was new no longer was; taking that back made it new again. Taking back what helped nobody changes nothing."""
    found: list[datetime] = []
    for before, row in pairwise(rows):
        if row["history_change_reason"] == UNDONE:
            if row["status"] == Question.Status.NEW and _helps(before):
                del found[-1:]
        elif before["status"] == Question.Status.NEW and _helps(row):
            found.append(row["history_date"])
    return found


def _helps(row: dict[str, Any]) -> bool:
    """Whether the visitor is helped by then; of what was closed without an answer, or was none, nobody is."""
    if row["status"] == Question.Status.CLOSED:
        return row["close_reason"] in _ANSWERED
    return row["status"] in (Question.Status.IN_PROGRESS, Question.Status.WAITING)


def waited_for_now(clocks: Iterable[NormClock], at: datetime) -> set[int]:
    """The questions, of those of these clocks, for which a visitor stands there now; on another day nobody does."""
    today = local_day(at)
    ids = {one.question_id for one in clocks if one.code == VISIT and local_day(one.started_at) == today}
    if not ids:
        return set()
    rows = Question.objects.filter(pk__in=ids, status__in=(Question.Status.NEW, Question.Status.IN_PROGRESS))
    rows = rows.exclude(Exists(_OPEN_CALLS)).annotate(
        is_warned=Exists(_WARNINGS), is_seen=Exists(_WARNINGS.filter(read_at__isnull=False))
    )
    rows = rows.only("status")
    return {row.pk for row in rows if is_waited_for(row, is_warned=row.is_warned, is_seen=row.is_seen)}


def _warnings(question: Question) -> QuerySet[Notice]:
    return Notice.objects.filter(question=question, kind=Notice.Kind.VISITOR_WAITS)


def _is_called_back(question: Question) -> bool:
    return CallbackRequest.objects.filter(question=question, state=CallbackRequest.State.OPEN).exists()
