"""The backlog now, and what becomes due: open questions, counted with the very conditions of the queue's lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from contacts.models import Question
from kpi.built import marked_scope, rows_of_scope
from kpi.scope import Scope
from organisation.audit import WRITES_LOOK_AT_ROWS, write_look
from organisation.models import Municipality
from organisation.prepared import json_list, marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.workdays import AMSTERDAM, Calendar, day_start, local_day

if TYPE_CHECKING:
    from contacts.querysets import QuestionQuerySet
    from organisation.models import User

WORKING_DAYS = 5
RUNNING = ("new", "in_progress")


@dataclass(frozen=True)
class Load:
    """Open questions of one team (or of all)."""

    open: int = 0
    soon: int = 0
    late: int = 0
    unassigned: int = 0
    waiting: int = 0
    oldest: datetime | None = None
    late_since: datetime | None = None
    """The first deadline that passed."""

    def __add__(self, other: Load) -> Load:
        oldest = [moment for moment in (self.oldest, other.oldest) if moment]
        late_since = [moment for moment in (self.late_since, other.late_since) if moment]
        return Load(
            self.open + other.open,
            self.soon + other.soon,
            self.late + other.late,
            self.unassigned + other.unassigned,
            self.waiting + other.waiting,
            min(oldest, default=None),
            min(late_since, default=None),
        )


def open_questions(user: User, scope: Scope) -> QuestionQuerySet:
    """The open questions of the scope that this person sees; who reads no questions at all sees only how many there are."""
    rows: QuestionQuerySet = (
        Question.objects.visible_to(user) if user.may(Right.QUESTIONS_READ) else Question.objects.all()
    )
    rows = rows.open()
    if scope.team_ids is not None:
        rows = rows.filter(team_id__in=scope.team_ids)
    if scope.channel:
        rows = rows.filter(channel=scope.channel)
    if scope.subject_ids is not None:
        rows = rows.filter(subject_id__in=scope.subject_ids)
    return rows


def by_team(rows: QuestionQuerySet, at: datetime) -> dict[int, Load]:
    """Of open questions: one query, one row a team; the conditions are those of `QuestionQuerySet.overdue`, `almost_due` and `unassigned`."""
    return _loads(_per_team(rows, at))


def open_now(user: User, scope: Scope, at: datetime, calendar: Calendar) -> tuple[dict[int, Load], dict[date, int]]:
    """`by_team` and `forecast` of what this person sees of the scope, in one round trip."""
    days = coming_days(at, calendar)

    def build(rows: QuestionQuerySet, its: Mapping[str, Any]) -> QuerySet[Any]:
        loads, due = _per_team(rows, its["at"]), _due(rows, its["at"], its["end"])
        told = {one: one for one in ("team_id", *(part.name for part in fields(Load)))}
        lists = {"loads": json_list(loads, **told), "due": json_list(due, last_day="last_day", count="count")}
        return Municipality.objects.filter(pk=1).annotate(**lists).values(*lists)

    (found,) = _run("open", user, scope, build, {"at": at, "end": _end_of(days)})
    loads = [
        {**row, "oldest": _moment(row["oldest"]), "late_since": _moment(row["late_since"])}
        for row in found["loads"] or ()
    ]
    due = [{**row, "last_day": date.fromisoformat(row["last_day"])} for row in found["due"] or ()]
    return _loads(loads), _per_day(due, days)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _per_team(rows: QuestionQuerySet, at: datetime) -> QuerySet[Any]:
    running = ~Q(status="waiting")  # of open questions that is `RUNNING`, whose two words take a third longer
    return (
        rows.order_by()
        .values("team_id")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=Q(due_at__lte=at) & running),
            soon=Count("pk", filter=Q(due_at__gt=at, soon_at__lte=at) & running),
            unassigned=Count("pk", filter=Q(assignee__isnull=True)),
            waiting=Count("pk", filter=Q(status="waiting")),
            oldest=Min("received_at"),
            late_since=Min("due_at", filter=Q(due_at__lte=at) & running),
        )
    )


def _loads(found: Iterable[dict[str, Any]]) -> dict[int, Load]:
    return {row.pop("team_id"): Load(**row) for row in found}


def forecast(rows: QuestionQuerySet, at: datetime, calendar: Calendar) -> dict[date, int]:
    """What becomes due on each of the next 5 working days (today too when it is one), 0 where nothing does; and on a day between them
    that is none, when something does: a team may work on a Saturday."""
    days = coming_days(at, calendar)
    return _per_day(_due(rows, at, _end_of(days)), days)


def _end_of(days: Sequence[date]) -> datetime:
    return day_start(days[-1] + timedelta(days=1))


def _due(rows: QuestionQuerySet, at: datetime, end: datetime) -> QuerySet[Any]:
    return (
        rows.filter(status__in=RUNNING, sort_at__gt=at, sort_at__lte=end)
        .order_by()
        .annotate(last_day=TruncDate(F("sort_at") - timedelta(microseconds=1), tzinfo=AMSTERDAM))
        .values("last_day")
        .annotate(count=Count("pk"))
    )


def _per_day(found: Iterable[dict[str, Any]], days: Sequence[date]) -> dict[date, int]:
    counts = {row["last_day"]: row["count"] for row in found}
    return {day: counts.get(day, 0) for day in sorted({*days, *counts})}


def late_longest(
    user: User, scope: Scope, at: datetime, since: datetime, count: int, look: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The questions that are late longest; `since` is the first deadline that passed, so that no older row is looked at. `look`: who looks
    at them, which is written along."""

    def late(rows: QuestionQuerySet, its: Mapping[str, Any]) -> QuerySet[Any]:
        return (
            rows.overdue(its["at"])
            .filter(sort_at__gte=its["since"], sort_at__lte=its["at"])
            .order_by("sort_at", "id")
            .values("number", "title", "team_id", "due_at", "assignee_id", "assignee__name")[:count]
        )

    return _run(f"late {count}", user, scope, late, {"at": at, "since": since}, look)


def _run(
    name: str,
    user: User,
    scope: Scope,
    build: Callable[[QuestionQuerySet, Mapping[str, Any]], QuerySet[Any]],
    values: dict[str, Any],
    look: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Rows about the open questions of the scope; the usual scopes are prepared (ADR 14), of the others the text is built once."""
    if scope.channel or scope.subject_ids is not None:
        rows = rows_of_scope(
            ("backlog", name),
            lambda marks: build(open_questions(marked_user(user, marks), marked_scope(scope, marks)), marks),
            user,
            scope,
            values,
        )
        if rows and look is not None:
            write_look(look)
        return rows
    return rows_prepared(
        ("backlog", name, user_shape(user), scope.team_ids),
        lambda marks: build(open_questions(marked_user(user, marks), scope), marks),
        {**user_values(user), **values},
        WRITES_LOOK_AT_ROWS if look is not None else None,
        look,
    )


def coming_days(at: datetime, calendar: Calendar) -> list[date]:
    """The next working days from today on."""
    today = local_day(at)
    days = [today] if calendar.is_working_day(today) else []
    while len(days) < WORKING_DAYS:
        days.append(calendar.working_day_after(days[-1] if days else today, 1))
    return days
