"""One's own figures, for one's own coaching: only of who asks, never of a colleague, never a ranking; nothing of it is kept.

The rows and hits are those of the measures of the dashboard, so one's own figure is counted by the same law. To compare there is one
number: the middle (median) of the people in one's teams over the same twelve weeks, in whole percents, and only when at least
`COLLEAGUES` of them each counted at least `COUNTED_EACH`. With fewer, or over a period of one's choice, somebody could be worked out.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, Count, DateField, F, Q, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import NormClock, Question
from kpi.measures.base import Tally
from kpi.measures.clocks import CLOCKS
from kpi.measures.direct_answer import COUNTED, PHONE, QUESTIONS
from kpi.measures.phone import ANSWERED, CALLS, OFFERED
from kpi.periods import Period, last_finished_week
from kpi.registry import ANSWERS, MEASURES
from organisation.built_once import rows_built_once
from organisation.clock import local_day
from organisation.models import Membership
from organisation.prepared import Build, Values, listed, marked_user, rows_prepared, user_shape, user_values

if TYPE_CHECKING:
    from organisation.models import User

WEEKS: Final = 12
COLLEAGUES: Final = 5
COUNTED_EACH: Final = 10


@dataclass(frozen=True)
class OwnFigure:
    """What one person did: the rows, the day they count on, and the column that says who did it."""

    code: str
    name: Promise
    icon: str
    noun: str
    formula: Promise
    person: str
    """The column with the person."""
    day: Any
    hit: Q | None
    """None: a number of rows, which is never compared with colleagues."""

    def rows(self, first: date, last: date, at: datetime) -> QuerySet[Any]:
        if self.code == "closed":
            closed = Question.objects.filter(COUNTED, status=Question.Status.CLOSED)
            return closed.filter(closed_on__gte=first, closed_on__lte=last)
        if self.code == "in_norm":
            return CLOCKS.rows().filter(CLOCKS.on_days(first, last, at), code__in=ANSWERS)
        if self.code == "direct":
            return QUESTIONS.rows().filter(QUESTIONS.on_days(first, last, at), PHONE)
        return CALLS.rows().filter(CALLS.on_days(first, last, at), OFFERED, ANSWERED)


FIGURES: Final = (
    OwnFigure(
        "closed",
        _("Questions you handled"),
        "circle-check",
        "question",
        _("Questions in your name that were closed. Spam, doubles and wrong numbers do not count."),
        "assignee",
        F("closed_on"),
        None,
    ),
    OwnFigure(
        "in_norm",
        _("Answered in time"),
        "clock",
        "question",
        _("Of the questions in your name: the promises that were kept, divided by all that were kept or broken."),
        "question__assignee",
        CLOCKS.day,
        Q(state=NormClock.State.MET),
    ),
    OwnFigure(
        "direct",
        _("Answered at once on the phone"),
        "phone-check",
        "question",
        _("Of the phone questions you wrote down: those answered in that call, without handing over or calling back."),
        "registered_by",
        QUESTIONS.day,
        Q(is_direct=True),
    ),
    OwnFigure(
        "pickup",
        _("Picked up in time"),
        "phone",
        "call",
        _(
            "Of the calls you took: those that waited no longer than the limit. How busy it was counts too, not only you."
        ),
        "answered_by",
        CALLS.day,
        MEASURES["phone.pickup"].hit,
    ),
)


@dataclass(frozen=True)
class OwnLine:
    """One figure per week, over all weeks, and what it is compared with."""

    figure: OwnFigure
    weeks: list[Tally]
    beside: int | None
    """The middle of the colleagues in whole percents; None when it is not shown."""

    @property
    def whole(self) -> Tally:
        return sum(self.weeks, Tally())


def weeks_of(today: date) -> tuple[Period, ...]:
    """The last twelve weeks of which every day is over; nobody can ask for others."""
    return last_finished_week(today).run_up(WEEKS)


def own_lines(user: User, at: datetime) -> list[OwnLine]:
    """One query per figure and one for the colleagues."""
    today = local_day(at)
    weeks = weeks_of(today)
    colleagues = frozenset(row["person"] for row in rows_prepared(*_colleagues(user, today)))
    return [_line(figure, user, colleagues, weeks, at) for figure in FIGURES]


def _colleagues(user: User, today: date) -> tuple[Hashable, Build, Values]:
    """Who is in one's teams today, without oneself."""

    def build(marks: dict[str, Any]) -> QuerySet[Any]:
        teams = marked_user(user, marks).team_ids
        rows = Membership.objects.valid_on(marks["day"]).filter(team_id__in=teams, user__is_active=True)
        return rows.exclude(user_id=marks["user"]).annotate(person=F("user_id")).values("person")

    return ("colleagues", user_shape(user)), build, {"day": today, **user_values(user)}


def _line(
    figure: OwnFigure, user: User, colleagues: frozenset[int], weeks: tuple[Period, ...], at: datetime
) -> OwnLine:
    first = weeks[0].first
    is_compared = figure.hit is not None and len(colleagues) >= COLLEAGUES
    found = rows_built_once(
        ("own figure", figure.code, is_compared),
        lambda marks: _counted(figure, marks, is_compared=is_compared),
        {
            "user": user.pk,
            "colleagues": ",".join(map(str, sorted(colleagues))),
            "first": first,
            "last": weeks[-1].last,
            "at": at,
        },
    )
    own = [Tally()] * len(weeks)
    others = []
    for row in found:
        if row["person"] == user.pk:
            place = (row["own_day"] - first) // timedelta(weeks=1)
            own[place] = own[place] + Tally(row["hits"], row["all"])
        else:
            others.append((row["hits"], row["all"]))
    return OwnLine(figure, own, middle(others))


def _counted(figure: OwnFigure, marks: dict[str, Any], *, is_compared: bool) -> QuerySet[Any]:
    """One's own rows per day, and of each colleague all together: nothing more of them is needed, or read."""
    is_mine = Q(**{figure.person: marks["user"]})
    whose = is_mine
    if is_compared:
        whose |= Q(**{f"{figure.person}__in": listed(marks["colleagues"])})
    rows = figure.rows(marks["first"], marks["last"], marks["at"]).filter(whose).order_by()
    cut = rows.annotate(person=F(figure.person), own_day=Case(When(is_mine, then=figure.day), output_field=DateField()))
    counted = cut.values("person", "own_day").annotate(all=Count("pk"), hits=Count("pk", filter=figure.hit))
    return counted.values("person", "own_day", "all", "hits")


def middle(counted: list[tuple[int, int]]) -> int | None:
    """The median share of colleagues with enough rows, in whole percents; None when too few of them have enough."""
    shares = [kept / count for kept, count in counted if count >= COUNTED_EACH]
    return round(100 * median(shares)) if len(shares) >= COLLEAGUES else None
