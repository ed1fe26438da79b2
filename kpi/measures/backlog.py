"""The backlog now, and what becomes due: open questions, counted with the very conditions of the queue's lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncDate

from contacts.models import Question
from kpi.scope import Scope
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

    def __add__(self, other: Load) -> Load:
        oldest = [moment for moment in (self.oldest, other.oldest) if moment]
        return Load(
            self.open + other.open,
            self.soon + other.soon,
            self.late + other.late,
            self.unassigned + other.unassigned,
            self.waiting + other.waiting,
            min(oldest, default=None),
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
    """One query, one row a team; the conditions are those of `QuestionQuerySet.overdue`, `almost_due` and `unassigned`."""
    running = Q(status__in=RUNNING)
    found = (
        rows.order_by()
        .values("team_id")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=running & Q(due_at__lte=at)),
            soon=Count("pk", filter=running & Q(due_at__gt=at, soon_at__lte=at)),
            unassigned=Count("pk", filter=Q(assignee__isnull=True)),
            waiting=Count("pk", filter=Q(status="waiting")),
            oldest=Min("received_at"),
        )
    )
    return {
        row["team_id"]: Load(row["open"], row["soon"], row["late"], row["unassigned"], row["waiting"], row["oldest"])
        for row in found
    }


def forecast(rows: QuestionQuerySet, at: datetime, calendar: Calendar) -> dict[date, int]:
    """What becomes due on each of the next 5 working days (today too when it is one); 0 where nothing does."""
    days = coming_days(at, calendar)
    end = day_start(days[-1] + timedelta(days=1))
    found = (
        rows.filter(status__in=RUNNING, sort_at__gt=at, sort_at__lte=end)
        .order_by()
        .annotate(last_day=TruncDate(F("sort_at") - timedelta(microseconds=1), tzinfo=AMSTERDAM))
        .values_list("last_day")
        .annotate(count=Count("pk"))
    )
    counts = dict(found)
    return {day: counts.get(day, 0) for day in days}


def coming_days(at: datetime, calendar: Calendar) -> list[date]:
    """The next working days from today on."""
    today = local_day(at)
    days = [today] if calendar.is_working_day(today) else []
    while len(days) < WORKING_DAYS:
        days.append(calendar.working_day_after(days[-1] if days else today, 1))
    return days
