"""I2, I4: one clock per question and norm, every action once, and everything agrees with what happened to the clock."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from contacts.actions.clocks import project
from contacts.invariants.found import PATIENCE, ids, invariant
from contacts.models import ClockEvent, NormClock, Notice, Question, QuestionContact, ServiceNorm
from contacts.norms.promises import ANSWER, COMPLAINT, VISIT
from contacts.norms.visits import HALL
from contacts.querysets import OPEN
from organisation.clock import AMSTERDAM, now

LIVE = ("running", "paused")
MARKS = {
    "soon_told_at": "told_almost_due",
    "late_told_at": "told_overdue",
    "escalated_at": "told_coordinator",
}
NOTICE_MARKS = {"almost_due": "soon_told_at", "overdue": "late_told_at", "overdue_long": "escalated_at"}


@invariant("I2 no clock runs on a closed question")
def no_clock_on_closed() -> Iterator[str]:
    return ids("clock", NormClock.objects.filter(state__in=LIVE).exclude(question__status__in=OPEN))


@invariant("I2 never two live clocks per question and norm")
def no_two_clocks() -> Iterator[str]:
    live = NormClock.objects.filter(state__in=LIVE).values("question", "code").annotate(n=Count("pk")).filter(n__gt=1)
    return (f"question {row['question']} {row['code']}" for row in live.order_by("question", "code"))


@invariant("I2 a clock is paused only while its question waits for the customer")
def paused_is_waiting() -> Iterator[str]:
    return ids("clock", NormClock.objects.filter(state="paused").exclude(question__status="waiting"))


@invariant("I2 every open question has the answer clock of its channel")
def open_has_clock() -> Iterator[str]:
    """Of what came in since the day of the first norm for it."""
    versions = ServiceNorm.objects.filter(code__in=set(ANSWER.values())).order_by()
    begun = list(versions.values_list("code", "channel").annotate(day=Min("valid_from")))
    opened = Question.objects.filter(status__in=OPEN, channel__in=ANSWER).order_by().values_list("channel", flat=True)
    for channel in sorted(opened.distinct()):
        code = ANSWER[channel]
        days = [day for of_code, of_channel, day in begun if of_code == code and of_channel in ("", channel)]
        if not days:
            continue
        first = QuestionContact.objects.filter(question=OuterRef("pk"), is_first=True)
        clock = NormClock.objects.filter(question=OuterRef("pk"), code__in=[code, COMPLAINT])
        asks = first.filter(
            contact__is_automatic=False, contact__direction="in", contact__received_at__date__gte=min(days)
        )
        missing = Question.objects.filter(Exists(asks), ~Exists(clock), status__in=OPEN, channel=channel)
        yield from ids("question", missing)


@invariant("I2 a visitor waits only while nobody helps")
def wait_ends() -> Iterator[str]:
    """One that ran out is the job's to mark."""
    live = NormClock.objects.filter(code=VISIT, state__in=LIVE, due_at__gt=now())
    warned = Notice.objects.filter(question=OuterRef("question"), kind=Notice.Kind.VISITOR_WAITS, read_at=None)
    taken = Q(question__status="in_progress", question__version__gt=1) & ~Exists(warned)
    return ids("clock", live.filter(Q(question__status="waiting") | taken))


@invariant("I2 every visitor in the hall has the clock of the wait")
def visitor_has_clock() -> Iterator[str]:
    """Who was handed over and is waited for; since there are such clocks, and not of what a colleague split off or opened again."""
    first = NormClock.objects.filter(code=VISIT).aggregate(moment=Min("question__registered_at"))["moment"]
    if first is None:
        return
    came = QuestionContact.objects.filter(
        question=OuterRef("pk"),
        is_first=True,
        contact__channel__in=HALL,
        contact__is_automatic=False,
        contact__registered_at=OuterRef("registered_at"),
    )
    clock = NormClock.objects.filter(question=OuterRef("pk"), code=VISIT)
    waits = Question.objects.filter(Exists(came), status="new", contact_count=1, registered_at__gte=first)
    yield from ids("question", waits.filter(channel__in=HALL).exclude(Exists(clock)))


@invariant("I2 a settled clock says when, on the local day of that moment")
def settled_day() -> Iterator[str]:
    settled = NormClock.objects.filter(state__in=["met", "missed"]).annotate(
        day=TruncDate("settled_at", tzinfo=AMSTERDAM)
    )
    wrong = (
        ~Q(settled_on=F("day"))
        | Q(state="missed") & ~Q(settled_at=F("due_at"))
        | Q(state="met") & ~Q(settled_at=F("stopped_at"))
    )
    return ids("clock", settled.filter(wrong))


@invariant("I4 every once-only event stands there once")
def events_once() -> Iterator[str]:
    once = ClockEvent.objects.exclude(kind__in=["paused", "resumed", "recomputed"]).values("clock", "kind")
    twice = once.annotate(n=Count("pk")).filter(n__gt=1).order_by("clock", "kind")
    return (f"clock {row['clock']} {row['kind']}" for row in twice)


@invariant("I4 a mark on a clock and its event come together")
def marks_agree() -> Iterator[str]:
    for mark, kind in MARKS.items():
        event = Exists(ClockEvent.objects.filter(clock=OuterRef("pk"), kind=kind))
        yield from ids("clock", NormClock.objects.filter(~event, **{f"{mark}__isnull": False}))
        yield from ids("clock", NormClock.objects.filter(event, **{f"{mark}__isnull": True}))


@invariant("I4 nobody was told about a clock that is not marked")
def notices_agree() -> Iterator[str]:
    for kind, mark in NOTICE_MARKS.items():
        yield from ids(
            "notice", Notice.objects.filter(kind=kind, clock__isnull=False, **{f"clock__{mark}__isnull": True})
        )


@invariant("I4 the state of a clock is the sum of its events")
def states_agree() -> Iterator[str]:
    def happened(kind: str) -> Exists:
        return Exists(ClockEvent.objects.filter(clock=OuterRef("pk"), kind=kind))

    clocks = NormClock.objects.all()
    yield from ids("clock", clocks.filter(~happened("started")))
    for state in ("met", "missed", "cancelled"):
        yield from ids("clock", clocks.filter(~happened(state), state=state))
        if state != "cancelled":
            yield from ids("clock", clocks.filter(happened(state)).exclude(state=state))
    replaced = happened("replaced")
    yield from ids(
        "clock", clocks.filter(~replaced, replaced_by__isnull=False) | clocks.filter(replaced, replaced_by__isnull=True)
    )
    moving = ClockEvent.objects.filter(clock=OuterRef("pk"), kind__in=["started", "paused", "resumed", "recomputed"])
    last = Subquery(moving.order_by("-id").values("due_at")[:1])
    yield from ids("clock", clocks.annotate(last_due_at=last).exclude(due_at=F("last_due_at")))
    turn = ClockEvent.objects.filter(clock=OuterRef("pk"), kind__in=["started", "paused", "resumed"])
    latest = Subquery(turn.order_by("-id").values("kind")[:1])
    live = clocks.filter(state__in=LIVE).annotate(latest=latest)
    yield from ids(
        "clock", live.filter(~Q(state="paused"), latest="paused") | live.filter(~Q(latest="paused"), state="paused")
    )


@invariant("I4 the deadline in the lists is that of the clocks")
def projections_agree() -> Iterator[str]:
    closed = Question.objects.exclude(status__in=OPEN).filter(Q(due_at__isnull=False) | Q(soon_at__isnull=False))
    yield from ids("question", closed)
    batch: list[Question] = []
    for question in Question.objects.filter(status__in=OPEN).order_by("pk").iterator(500):
        batch.append(question)
        if len(batch) == 500:
            yield from _projected(batch)
            batch = []
    yield from _projected(batch)


def _projected(questions: list[Question]) -> Iterator[str]:
    clocks: dict[int, list[NormClock]] = {}
    for clock in NormClock.objects.filter(question__in=[q.pk for q in questions], replaced_by__isnull=True):
        clocks.setdefault(clock.question_id, []).append(clock)
    for question in questions:
        again = copy(question)
        project(again, clocks.get(question.pk, []))
        same = (again.due_at, again.soon_at, again.sort_at) == (question.due_at, question.soon_at, question.sort_at)
        if not same and not _job_will(clocks.get(question.pk, []), question):
            yield f"question {question.pk}"


def _job_will(clocks: list[NormClock], question: Question) -> bool:
    """A machine's promise was marked missed a moment ago; the job lets go of the question in its next transaction."""
    return any(
        clock.state == "missed" and clock.due_at == question.due_at and now() - clock.due_at < PATIENCE * 3
        for clock in clocks
    )
