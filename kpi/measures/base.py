"""What every figure is made of: a source of rows, and measures that say which rows count and which of those are hits.

One definition serves the tile, the roll-up, the list and the command, which is why they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, TruncDate
from django.utils.functional import Promise

from kpi.scope import Scope
from organisation.workdays import AMSTERDAM, day_start

SHARE: Final = "share"
"""Hits / population, in percent."""
AVERAGE: Final = "average"
"""Sum of an amount / population."""
COUNT: Final = "count"
"""The number of rows."""


def local_date(field_name: str) -> TruncDate:
    """The local day of a moment, as PostgreSQL cuts it."""
    return TruncDate(field_name, tzinfo=AMSTERDAM)


class QuarterOfDay(Func):
    """Quarter of an hour since local midnight, 0 to 95; the hour that an autumn night has twice falls on itself."""

    template = (
        "(EXTRACT(HOUR FROM %(expressions)s AT TIME ZONE 'Europe/Amsterdam')::int * 4"
        " + EXTRACT(MINUTE FROM %(expressions)s AT TIME ZONE 'Europe/Amsterdam')::int / 15)"
    )
    output_field = IntegerField()


def moments(field_name: str, first: date, last: date) -> Q:
    """Moments on these local days, both included."""
    return Q(**{f"{field_name}__gte": day_start(first), f"{field_name}__lt": day_start(last + timedelta(days=1))})


NO_NUMBER = Cast(Value(None), IntegerField())


class Source:
    """Rows of one table that figures count, with the columns by which they are cut."""

    name: str
    moment: str
    """The column by which lists are ordered, newest first."""
    day: Any
    team: Any
    channel: Any
    subject: Any
    quarter: Any = NO_NUMBER

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        """Rows that count on these local days."""
        raise NotImplementedError

    def about(self, subject_ids: frozenset[int], team_ids: frozenset[int] | None) -> Q:
        """A condition that every row with one of these subjects and teams meets, and that the database finds sooner than
        the subject itself."""
        return Q()

    def finds_by_question(self) -> bool:
        """Whether rows with a subject are found by way of all questions about it, of every year."""
        return type(self).about is not Source.about

    def lately(self, scope: Scope, at: datetime) -> QuerySet[Any]:
        """Every row of these days, newest first, whether it counts or not: found by its moment alone."""
        on_days = self.on_days(scope.period.first, scope.period.last, at)
        rows = self.rows().model._base_manager.filter(self.near(scope), on_days)
        return rows.order_by(f"-{self.moment}", "-pk")

    def near(self, scope: Scope) -> Q:
        """A condition that every row of these days meets, and that lets a list begin at the period instead of at the newest row."""
        day = timedelta(days=1)
        return moments(self.moment, scope.period.first - day, scope.period.last + day)

    def first_day(self) -> date | None:
        """The day of the oldest row."""
        raise NotImplementedError

    def facts(self, measures: Sequence[Measure], scope: Scope, at: datetime) -> Iterator[QuerySet[Any]]:
        """Per measure one queryset of (measure, day, team, channel, subject, quarter, amount), a row per counted row."""
        for measure in measures:
            yield self.select(measure.population(scope, at), Value(measure.code), measure.numerator)

    def select(self, rows: QuerySet[Any], code: Any, numerator: Any) -> QuerySet[Any]:
        return self.cut(rows, Cast(numerator, IntegerField()), before=(Cast(code, CharField()),))

    def cut(self, rows: QuerySet[Any], *columns: Any, before: tuple[Any, ...] = ()) -> QuerySet[Any]:
        """The columns by which rows are cut, and more before and after them."""
        return rows.order_by().values_list(
            *before,
            Cast(self.day, DateField()),
            self.team,
            Cast(self.channel, CharField()),
            self.subject,
            self.quarter,
            *columns,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Numerator and denominator of one measure over one scope; `highest` for averages."""

    numerator: int = 0
    denominator: int = 0
    highest: int | None = field(default=None, compare=False)

    def __add__(self, other: Tally) -> Tally:
        tops = [top for top in (self.highest, other.highest) if top is not None]
        return Tally(
            self.numerator + other.numerator, self.denominator + other.denominator, max(tops) if tops else None
        )

    @property
    def is_empty(self) -> bool:
        """No data: a figure then says so, never 0 % or 100 %."""
        return self.denominator == 0

    @property
    def share(self) -> float | None:
        """Numerator / denominator; None without data."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def misses(self) -> int:
        return self.denominator - self.numerator


@dataclass(frozen=True)
class Measure:
    """One figure of the spec. `where` says which rows count, `hit` which of them are in the numerator."""

    code: str
    name: Promise
    source: Source
    where: Q
    hit: Q = field(default_factory=Q)
    kind: str = SHARE
    amount: Any = None
    """What an average adds up."""
    noun: str = "question"
    """Key of the words for what is counted (kpi/words.py)."""
    formula: Promise | str = ""
    """How it is counted, in words."""
    icon: str = "chart-bar"
    channel: str = ""
    """The channel it is about; its norm is looked up under it."""
    has_norm: bool = True
    is_rolled_up: bool = True
    """False: counted from the rows each time (asked only on its own page)."""
    on_tile: bool = True
    is_watched: bool = True
    """False: no signals. It says the same as a figure that is watched, or moves too much from day to day to act on."""
    is_length: bool = False
    """An average in seconds."""
    is_mark: bool = False
    """An average on a scale of 1 to 10, held against a score."""
    has_list: bool = True
    """False: the rows behind it are never shown, to nobody."""
    is_estimate: bool = False
    """What counts as a hit is estimated, not known: every count says so in words."""
    tells_channels: bool = False
    """What is above and below the line are channels: each of both is a cell of its own for who sees aggregates only."""
    min_answers: int = 0
    """Under this many rows the number says too little: it is then neither met nor missed (norms-and-kpis §4, ratings)."""

    def is_too_few(self, tally: Tally) -> bool:
        """Something was counted, but less than a judgement needs."""
        return 0 < tally.denominator < self.min_answers

    @property
    def numerator(self) -> Any:
        """What one row adds to the numerator."""
        if self.kind == AVERAGE:
            return self.amount
        if self.kind == COUNT:
            return Value(1)
        return Case(When(self.hit, then=Value(1)), default=Value(0))

    def population(
        self, scope: Scope, at: datetime | None = None, *, among: Iterable[int] | None = None
    ) -> QuerySet[Any]:
        """The rows of the denominator; `at` is now when left out. `among`: of these keys only, which finds them sooner."""
        from organisation.clock import now  # a moment, not a rule

        source = self.source
        rows = source.rows().filter(source.on_days(scope.period.first, scope.period.last, at or now()), self.where)
        if among is not None:
            rows = rows.filter(pk__in=among)
        if scope.team_ids is not None:
            rows = rows.alias(its_team=source.team).filter(its_team__in=scope.team_ids)
        if scope.channel:
            rows = rows.alias(its_channel=source.channel).filter(its_channel=scope.channel)
        if scope.subject_ids is not None:
            if among is None:
                rows = rows.filter(source.about(scope.subject_ids, scope.team_ids))
            rows = rows.alias(its_subject=source.subject).filter(its_subject__in=scope.subject_ids)
        return rows

    def hits(self, scope: Scope, at: datetime | None = None, *, among: Iterable[int] | None = None) -> QuerySet[Any]:
        """The rows of the numerator: part of the population."""
        return self.population(scope, at, among=among).filter(self.hit)

    def misses(self, scope: Scope, at: datetime | None = None, *, among: Iterable[int] | None = None) -> QuerySet[Any]:
        """The rows of the population that are not hits."""
        rows = self.population(scope, at, among=among)
        return rows.exclude(self.hit) if self.hit else rows.none()

    def count(self, scope: Scope, at: datetime | None = None) -> Tally:
        """The figure from the rows themselves: what the roll-ups must equal."""
        if self.kind == AVERAGE:
            found = self.population(scope, at).aggregate(n=Sum(self.amount), d=Count("pk"), h=Max(self.amount))
            return Tally(int(found["n"] or 0), found["d"], found["h"])
        found = self.population(scope, at).aggregate(d=Count("pk"), n=Count("pk", filter=self.hit or None))
        return Tally(found["n"], found["d"])
