"""Whether the promises of quality.md §2 hold in the database, read without changing anything (I1–I7; I9 is kpi's own check).

I8 (a read-log row per shown page) cannot be seen afterwards: the page is not shown without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from channels_app.files import path_of
from channels_app.models import InboundMessage, OutboundMessage, StoredFile
from contacts.actions.clocks import project
from contacts.models import (
    ApiClient,
    Assignment,
    CallbackRequest,
    ClockEvent,
    Contact,
    Customer,
    NormClock,
    Notice,
    Question,
    QuestionContact,
    ReplyTemplate,
    RoutingRule,
    ServiceNorm,
)
from contacts.norms.promises import ACKNOWLEDGE, ANSWER, COMPLAINT
from contacts.querysets import OPEN
from organisation.clock import AMSTERDAM, now

EXAMPLES = 5
LIVE = ("running", "paused")
PATIENCE = timedelta(seconds=60)
STATEMENT_TIMEOUT_MS = 600_000
VERSIONED: tuple[type[models.Model], ...] = (
    Question, Customer, Contact, CallbackRequest, RoutingRule, ServiceNorm, ReplyTemplate, ApiClient
)  # fmt: skip
MARKS = {
    "soon_told_at": "told_almost_due",
    "late_told_at": "told_overdue",
    "escalated_at": "told_coordinator",
}
NOTICE_MARKS = {"almost_due": "soon_told_at", "overdue": "late_told_at", "overdue_long": "escalated_at"}


@dataclass(frozen=True)
class Finding:
    """One invariant: how many rows break it, and a few of them (ids only, no personal data)."""

    invariant: str
    violations: int
    examples: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        return {"invariant": self.invariant, "violations": self.violations, "examples": list(self.examples)}


Check = Callable[[], Iterable[str]]
CHECKS: list[tuple[str, Check]] = []


def invariant(name: str) -> Callable[[Check], Check]:
    """Registers a check; it yields one short text per violation."""

    def add(check: Check) -> Check:
        CHECKS.append((name, check))
        return check

    return add


def check_all() -> Iterator[Finding]:
    """Every invariant on one snapshot of the database."""
    with _read_only():
        for name, check in CHECKS:
            yield _found(name, check())


def _found(name: str, violations: Iterable[str]) -> Finding:
    count, examples = 0, []
    for one in violations:
        count += 1
        if len(examples) < EXAMPLES:
            examples.append(one)
    return Finding(name, count, tuple(examples))


@contextmanager
def _read_only() -> Iterator[None]:
    """A transaction that cannot write and sees one moment (inside another transaction, as in a test: only what it can)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = {STATEMENT_TIMEOUT_MS}")
        yield


def _ids(kind: str, rows: QuerySet[Any]) -> Iterator[str]:
    return (f"{kind} {pk}" for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(2000))


# --- I1: nothing lost, nothing double -------------------------------------------------------------------------------------


@invariant("I1 every message that was taken in has its contact")
def inbound_has_contact() -> Iterator[str]:
    done = InboundMessage.objects.filter(state="done", outcome__in=["registered", "attached"], contact__isnull=True)
    return _ids("inbound", done)


@invariant("I1 no contact comes from a message that was not taken in")
def contact_has_done_inbound() -> Iterator[str]:
    return _ids("contact", Contact.objects.filter(inbound__isnull=False).exclude(inbound__state="done"))


@invariant("I1 every contact belongs to a question")
def contact_has_question() -> Iterator[str]:
    held = Exists(QuestionContact.objects.filter(contact=OuterRef("pk")))
    return _ids("contact", Contact.objects.filter(~held))


@invariant("I1 every question has the contact that made it, and counts its contacts")
def question_has_contact() -> Iterator[str]:
    first = Exists(QuestionContact.objects.filter(question=OuterRef("pk"), is_first=True))
    yield from _ids("question", Question.objects.filter(~first))
    held = QuestionContact.objects.filter(question=OuterRef("pk")).order_by().values("question").annotate(n=Count("pk"))
    miscounted = Question.objects.annotate(held=Subquery(held.values("n"))).exclude(contact_count=F("held"))
    yield from _ids("question", miscounted.filter(held__isnull=False))


@invariant("I1 every question has one current holder, the team it shows")
def question_has_holder() -> Iterator[str]:
    current = Assignment.objects.filter(question=OuterRef("pk"), until_at__isnull=True)
    same = Exists(current.filter(team=OuterRef("team")).filter(Q(assignee=OuterRef("assignee")) | Q(assignee__isnull=True)))
    return _ids("question", Question.objects.filter(~same, merged_into__isnull=True))


# --- I2: one clock per question and norm ----------------------------------------------------------------------------------


@invariant("I2 no clock runs on a closed question")
def no_clock_on_closed() -> Iterator[str]:
    return _ids("clock", NormClock.objects.filter(state__in=LIVE).exclude(question__status__in=OPEN))


@invariant("I2 never two live clocks per question and norm")
def no_two_clocks() -> Iterator[str]:
    live = NormClock.objects.filter(state__in=LIVE).values("question", "code").annotate(n=Count("pk")).filter(n__gt=1)
    return (f"question {row['question']} {row['code']}" for row in live.order_by("question", "code"))


@invariant("I2 a clock is paused only while its question waits for the customer")
def paused_is_waiting() -> Iterator[str]:
    return _ids("clock", NormClock.objects.filter(state="paused").exclude(question__status="waiting"))


@invariant("I2 every open question has the answer clock of its channel")
def open_has_clock() -> Iterator[str]:
    for channel, code in sorted(ANSWER.items()):
        if not ServiceNorm.objects.filter(code=code, channel__in=["", channel]).exists():
            continue
        first = QuestionContact.objects.filter(question=OuterRef("pk"), is_first=True)
        clock = NormClock.objects.filter(question=OuterRef("pk"), code__in=[code, COMPLAINT])
        earliest = ServiceNorm.objects.filter(code=code, channel__in=["", channel]).aggregate(day=Min("valid_from"))["day"]
        asks = first.filter(contact__is_automatic=False, contact__direction="in", contact__received_at__date__gte=earliest)
        missing = Question.objects.filter(Exists(asks), ~Exists(clock), status__in=OPEN, channel=channel)
        yield from _ids("question", missing)


@invariant("I2 a settled clock says when, on the local day of that moment")
def settled_day() -> Iterator[str]:
    settled = NormClock.objects.filter(state__in=["met", "missed"]).annotate(day=TruncDate("settled_at", tzinfo=AMSTERDAM))
    wrong = ~Q(settled_on=F("day")) | Q(state="missed") & ~Q(settled_at=F("due_at")) | Q(state="met") & ~Q(settled_at=F("stopped_at"))
    return _ids("clock", settled.filter(wrong))


# --- I3: one acknowledgement ----------------------------------------------------------------------------------------------


@invariant("I3 every contact with an acknowledgement clock has one acknowledgement")
def acknowledged() -> Iterator[str]:
    asked = NormClock.objects.filter(code__in=set(ACKNOWLEDGE.values()), state__in=[*LIVE, "met"], replaced_by__isnull=True)
    recent = asked.filter(state__in=LIVE).order_by("pk").values_list("contact_id", flat=True).distinct()
    keys = {f"contact:{pk}": pk for pk in recent.iterator(2000)}
    known = OutboundMessage.objects.filter(purpose="acknowledgement", object_key__in=list(keys))
    have = set(known.values_list("object_key", flat=True))
    return (f"contact {pk}" for key, pk in keys.items() if key not in have)


@invariant("I3 a message from a machine is never acknowledged")
def machine_not_acknowledged() -> Iterator[str]:
    keys = [f"contact:{pk}" for pk in Contact.objects.filter(is_automatic=True).values_list("pk", flat=True)]
    return _ids("outbound", OutboundMessage.objects.filter(purpose="acknowledgement", object_key__in=keys))


# --- I4: every action once, and the clock agrees with what happened to it ----------------------------------------------------


@invariant("I4 every once-only event stands there once")
def events_once() -> Iterator[str]:
    once = ClockEvent.objects.exclude(kind__in=["paused", "resumed", "recomputed"]).values("clock", "kind")
    twice = once.annotate(n=Count("pk")).filter(n__gt=1).order_by("clock", "kind")
    return (f"clock {row['clock']} {row['kind']}" for row in twice)


@invariant("I4 a mark on a clock and its event come together")
def marks_agree() -> Iterator[str]:
    for mark, kind in MARKS.items():
        event = Exists(ClockEvent.objects.filter(clock=OuterRef("pk"), kind=kind))
        yield from _ids("clock", NormClock.objects.filter(~event, **{f"{mark}__isnull": False}))
        yield from _ids("clock", NormClock.objects.filter(event, **{f"{mark}__isnull": True}))


@invariant("I4 nobody was told about a clock that is not marked")
def notices_agree() -> Iterator[str]:
    for kind, mark in NOTICE_MARKS.items():
        yield from _ids("notice", Notice.objects.filter(kind=kind, clock__isnull=False, **{f"clock__{mark}__isnull": True}))


@invariant("I4 the state of a clock is the sum of its events")
def states_agree() -> Iterator[str]:
    def happened(kind: str) -> Exists:
        return Exists(ClockEvent.objects.filter(clock=OuterRef("pk"), kind=kind))

    clocks = NormClock.objects.all()
    yield from _ids("clock", clocks.filter(~happened("started")))
    for state in ("met", "missed", "cancelled"):
        yield from _ids("clock", clocks.filter(~happened(state), state=state))
        if state != "cancelled":
            yield from _ids("clock", clocks.filter(happened(state)).exclude(state=state))
    replaced = happened("replaced")
    yield from _ids("clock", clocks.filter(~replaced, replaced_by__isnull=False) | clocks.filter(replaced, replaced_by__isnull=True))
    moving = ClockEvent.objects.filter(clock=OuterRef("pk"), kind__in=["started", "paused", "resumed", "recomputed"])
    last = Subquery(moving.order_by("-id").values("due_at")[:1])
    yield from _ids("clock", clocks.annotate(last_due_at=last).exclude(due_at=F("last_due_at")))
    turn = ClockEvent.objects.filter(clock=OuterRef("pk"), kind__in=["started", "paused", "resumed"])
    latest = Subquery(turn.order_by("-id").values("kind")[:1])
    live = clocks.filter(state__in=LIVE).annotate(latest=latest)
    yield from _ids("clock", live.filter(~Q(state="paused"), latest="paused") | live.filter(~Q(latest="paused"), state="paused"))


@invariant("I4 the deadline in the lists is that of the clocks")
def projections_agree() -> Iterator[str]:
    closed = Question.objects.exclude(status__in=OPEN).filter(Q(due_at__isnull=False) | Q(soon_at__isnull=False))
    yield from _ids("question", closed)
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
        if (again.due_at, again.soon_at, again.sort_at) != (question.due_at, question.soon_at, question.sort_at):
            if not _job_will(clocks.get(question.pk, []), question):
                yield f"question {question.pk}"


def _job_will(clocks: list[NormClock], question: Question) -> bool:
    """A machine's promise was marked missed a moment ago; the job lets go of the question in its next transaction."""
    return any(
        clock.state == "missed" and clock.due_at == question.due_at and now() - clock.due_at < PATIENCE * 3 for clock in clocks
    )


# --- I5: history ------------------------------------------------------------------------------------------------------------


@invariant("I5 every changed row has its history, without a gap by version")
def history_complete() -> Iterator[str]:
    for model in VERSIONED:
        history = model.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")  # type: ignore[attr-defined]
        rows = model._default_manager.annotate(  # type: ignore[attr-defined]
            last=Subquery(history.annotate(x=Max("version")).values("x")),
            first=Subquery(history.annotate(x=Min("version")).values("x")),
            kept=Subquery(history.annotate(x=Count("version", distinct=True)).values("x")),
        )
        gap = Q(last__isnull=True) | ~Q(last=F("version")) | ~Q(kept=F("last") - F("first") + 1)
        yield from _ids(str(model._meta.model_name), rows.filter(gap))


# --- I6: nothing waits unseen -------------------------------------------------------------------------------------------------


@invariant("I6 no message waits longer than a minute past its next try")
def outbox_moves() -> Iterator[str]:
    late = now() - PATIENCE
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=late)
    yield from _ids("outbound", OutboundMessage.objects.filter(free, state__in=["queued", "sending"], next_try_at__lt=late))
    waiting = InboundMessage.objects.filter(free, state__in=["received", "parsed"], taken_in_at__lt=late)
    yield from _ids("inbound", waiting.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lt=late)))


# --- I7: files ----------------------------------------------------------------------------------------------------------------


@invariant("I7 every attachment has its file, of its size")
def files_exist() -> Iterator[str]:
    for pk, digest, size in StoredFile.objects.order_by("pk").values_list("pk", "sha256", "size").iterator(2000):
        path = path_of(digest)
        if not path.is_file() or path.stat().st_size != size:
            yield f"file {pk}"


@invariant("I7 no file without an attachment is older than a day")
def no_orphan_files() -> Iterator[str]:
    folder = settings.FILES_DIR
    if not folder.is_dir():
        return
    old = (now() - timedelta(days=1)).timestamp()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_mtime < old and not StoredFile.objects.filter(sha256=path.name).exists():
            yield f"file {path.name[:12]}"
