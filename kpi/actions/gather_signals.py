"""What is remarkable about finished days: every figure and subject held against its own past and its norm (writes nothing)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.db.models import Count

from contacts.models import NormClock
from contacts.rulebook import Rulebook, rulebook
from kpi import bands
from kpi.bands import Point
from kpi.measures.base import SHARE, Measure, Tally
from kpi.models import Signal
from kpi.periods import DATES, DAY, MONTH, WEEK, Period, period_of
from kpi.reading import Answer, Ask, read
from kpi.registry import MEASURES, WATCHED
from kpi.scope import Scope
from kpi.target import norm_of
from organisation.snapshot import Organisation
from organisation.workdays import day_start, local_day

SUBJECTS: Final = "questions.asked"
HURTS: Final = {
    "phone.given_up": bands.UP,
    "phone.outside_hours": bands.UP,
    "phone.wait": bands.UP,
    "contacts.digital": bands.DOWN,
}
"""Figures without a norm of which one side is nobody's worry; of those with a norm it is the lower side that hurts."""
Key = tuple[str, int | None, int | None]
"""Figure, team, subject."""


@dataclass(frozen=True)
class Finding:
    """One remarkable thing, with its numbers."""

    kind: str
    key: Key
    period: Period
    facts: dict[str, Any]

    @property
    def watch(self) -> str:
        return watch_of(self.kind, self.key, self.period.kind)


def watch_of(kind: str, key: Key, period_kind: str) -> str:
    code, team_id, subject_id = key
    return f"{kind}:{period_kind}:{code}:{team_id or ''}:{subject_id or ''}"


@dataclass
class Judged:
    """What one day gave: what is remarkable, and of which watches the figure was as it should be."""

    day: date
    findings: list[Finding] = field(default_factory=list)
    back: set[str] = field(default_factory=set)

    def tell(self, kind: str, key: Key, period: Period, facts: dict[str, Any]) -> None:
        self.findings.append(Finding(kind, key, period, facts))

    def quiet(self, kind: str, key: Key, period_kind: str) -> None:
        self.back.add(watch_of(kind, key, period_kind))


class Past:
    """The figures per day that these days are held against: read once for all of them, in a handful of queries."""

    def __init__(self, days: Sequence[date], *, house: Organisation, at: datetime) -> None:
        town = house.municipality
        self.house, self.at = house, at
        self.rules = bands.Rules(town.signal_weeks, float(town.signal_width), town.signal_fewest)
        self.book: Rulebook = rulebook(house)
        first = min(days) - timedelta(days=7 * self.rules.weeks)
        self.days = Period(DATES, first, max(days)).all_days()
        self.place = {day: index for index, day in enumerate(self.days)}
        codes = tuple(measure.code for measure in WATCHED)
        single = tuple(Period(DAY, day, day) for day in self.days)
        asks = [Ask(codes, single), Ask(codes, single, "team"), Ask((SUBJECTS,), single, "subject")]
        self.whole, self.teams, subjects = self._read(asks)
        self.subjects = self._with_below(subjects)

    def _read(self, asks: Sequence[Ask]) -> list[Answer]:
        return read(asks, Scope(asks[0].span), at=self.at, today=local_day(self.at))

    def _with_below(self, answer: Answer) -> dict[tuple[int, int], int]:
        """(day, subject) → questions about it and everything under it, as its list shows them."""
        sums: dict[tuple[int, int], int] = {}
        for (_code, index, key), tally in answer.items():
            for subject in self.house.subject_line(int(key)) if key else ():
                sums[index, subject.pk] = sums.get((index, subject.pk), 0) + tally.numerator
        return sums

    @cached_property
    def filled(self) -> frozenset[int]:
        """The days on which anything at all was counted: before the first one, and in an outage, nothing is known."""
        return frozenset(index for (_code, index, _key), tally in self.whole.items() if tally.denominator)

    def before(self, day: date, team_id: int | None) -> list[int]:
        """The comparable days: the same weekday, open, with something counted."""
        calendar = self.house.calendar_of(team_id).rules
        return [
            index
            for one in bands.same_weekday(day, self.rules.weeks)
            if (index := self.place.get(one)) is not None and index in self.filled and calendar.is_working_day(one)
        ]

    def tally(self, code: str, index: int, team_id: int | None) -> Tally:
        answer, key = (self.whole, "") if team_id is None else (self.teams, str(team_id))
        return answer.get((code, index, key), Tally())

    def team_ids(self) -> list[int]:
        return sorted(team.pk for team in self.house.teams.values() if team.is_active)

    def over(self, periods: tuple[Period, ...], codes: tuple[str, ...]) -> tuple[Answer, Answer]:
        """These figures over longer periods, whole and per team."""
        whole, teams = self._read([Ask(codes, periods), Ask(codes, periods, "team")])
        return whole, teams


def scopes_of(measure: Measure, team_ids: Iterable[int]) -> list[int | None]:
    """Whole, and every team that can make a difference: the queue and its calls are the Servicecentrum's alone."""
    if measure.source.name == "call" or measure.code == "phone.direct":
        return [None]
    return [None, *team_ids]


def judge_day(past: Past, day: date, *, is_newest: bool) -> Judged:
    """Everything about one finished day; `is_newest` also looks ahead to the end of the month."""
    judged = Judged(day)
    index = past.place[day]
    if index in past.filled:
        _bands(past, day, index, judged)
        _subjects(past, day, index, judged)
    for kind in (WEEK, MONTH):
        period = period_of(kind, day)
        if period.last == day:
            _finished(past, period, judged)
    today = local_day(past.at)
    if is_newest and (today.year, today.month) == (day.year, day.month):
        _outlooks(past, today, judged)
    return judged


def _bands(past: Past, day: date, index: int, judged: Judged) -> None:
    period = Period(DAY, day, day)
    for measure in WATCHED:
        for team_id in scopes_of(measure, past.team_ids()):
            if not past.house.calendar_of(team_id).rules.is_working_day(day):
                continue
            key = (measure.code, team_id, None)
            now = _point(past.tally(measure.code, index, team_id))
            points = [_point(past.tally(measure.code, one, team_id)) for one in past.before(day, team_id)]
            found = bands.outlier(points, measure.kind, now, past.rules)
            side = bands.DOWN if measure.has_norm else HURTS.get(measure.code)
            if found is not None and side in (None, found.direction):
                judged.tell(Signal.Kind.BAND, key, period, _facts(found, now))
            elif found is not None or bands.is_back(points, measure.kind, now, past.rules):
                judged.quiet(Signal.Kind.BAND, key, DAY)


def _subjects(past: Past, day: date, index: int, judged: Judged) -> None:
    """More questions about a subject than usual; fewer is nobody's worry."""
    if not past.house.calendar_of(None).rules.is_working_day(day):
        return
    period = Period(DAY, day, day)
    comparable = past.before(day, None)
    found: dict[int, bands.Outlier] = {}
    counts: dict[int, Point] = {}
    for pk in past.house.subjects:
        points = [_count(past.subjects.get((one, pk), 0)) for one in comparable]
        counts[pk] = _count(past.subjects.get((index, pk), 0))
        one = bands.outlier(points, bands.COUNT, counts[pk], past.rules)
        if one is not None and one.direction == bands.UP:
            found[pk] = one
        elif one is not None or bands.is_back(points, bands.COUNT, counts[pk], past.rules):
            judged.quiet(Signal.Kind.BAND, (SUBJECTS, None, pk), DAY)
    below = {pk: past.house.subject_ids_below(pk) for pk in found}
    for pk, one in bands.loudest(found, below).items():
        judged.tell(Signal.Kind.BAND, (SUBJECTS, None, pk), period, _facts(one, counts[pk]))


def _finished(past: Past, period: Period, judged: Judged) -> None:
    """A week or month that is over, beside the one before it."""
    measures = [m for m in WATCHED if m.has_norm and m.kind == SHARE]
    before = period.previous()
    answers = past.over((before, period), tuple(measure.code for measure in measures))
    for measure, team_id, (old, now) in _pairs(past, measures, answers, periods=2):
        norm, norm_before = (_target(past, measure, one, team_id) for one in (period, before))
        if norm is None or norm_before is None or not now.denominator:
            continue
        key = (measure.code, team_id, None)
        if bands.fell(now, old, norm, norm_before, past.rules):
            facts = {
                "numerator": now.numerator,
                "denominator": now.denominator,
                "before_numerator": old.numerator,
                "before_denominator": old.denominator,
                "target": norm,
            }
            judged.tell(Signal.Kind.MISSED, key, period, facts)
        elif now.numerator * 100 >= norm * now.denominator:
            judged.quiet(Signal.Kind.MISSED, key, period.kind)


def _outlooks(past: Past, today: date, judged: Judged) -> None:
    """How this month will end: what is settled, and what is open and due before its end."""
    month = period_of(MONTH, today)
    measures = [m for m in WATCHED if m.has_norm and m.kind == SHARE]
    so_far = Period(DATES, month.first, today)
    answers = past.over((so_far,), tuple(measure.code for measure in measures))
    waiting = _open_this_month(past.at, month)
    for measure, team_id, (now,) in _pairs(past, measures, answers, periods=1):
        target = _target(past, measure, month, team_id)
        if target is None:
            continue
        days = past.house.calendar_of(team_id).rules.working_days_between(month.first - timedelta(days=1), today)
        key = (measure.code, team_id, None)
        still_open = waiting.get((measure.code, team_id), 0)
        found = bands.outlook(now, still_open, target, past.rules, working_days=days)
        if found is None:
            judged.quiet(Signal.Kind.AT_RISK, key, MONTH)
            continue
        facts = {"numerator": found.hits, "denominator": found.settled, "open": found.open, "target": target}
        judged.tell(Signal.Kind.AT_RISK, key, month, facts)


def _open_this_month(at: datetime, month: Period) -> dict[tuple[str, int | None], int]:
    """Running promises due before the month's end, per figure and team; under team None all together."""
    rows = (
        NormClock.objects.filter(
            state=NormClock.State.RUNNING, due_at__gt=at, due_at__lte=day_start(month.last + timedelta(days=1))
        )
        .order_by()
        .values_list("code", "team_id")
        .annotate(count=Count("pk"))
    )
    found: dict[tuple[str, int | None], int] = {}
    for code, team_id, count in rows:
        for key in ((code, team_id), (code, None)):
            found[key] = found.get(key, 0) + count
    return found


def _pairs(
    past: Past, measures: Sequence[Measure], answers: tuple[Answer, Answer], *, periods: int
) -> Iterable[tuple[Measure, int | None, list[Point]]]:
    """Every figure in every scope with a point for each of the `periods` that were asked; without data 0 of 0."""
    whole, teams = answers
    for measure in measures:
        for team_id in scopes_of(measure, past.team_ids()):
            answer, key = (whole, "") if team_id is None else (teams, str(team_id))
            tallies = [answer.get((measure.code, index, key), Tally()) for index in range(periods)]
            yield measure, team_id, [_point(tally) for tally in tallies]


def _target(past: Past, measure: Measure, period: Period, team_id: int | None) -> float | None:
    scope = Scope(period, team_ids=None if team_id is None else frozenset({team_id}))
    norm = norm_of(MEASURES[measure.code], scope, past.house, past.book, period.last)
    return float(norm.target) if norm is not None else None


def _point(tally: Tally) -> Point:
    return Point(tally.numerator, tally.denominator)


def _count(number: int) -> Point:
    return Point(number, number)


def _facts(found: bands.Outlier, now: Point) -> dict[str, Any]:
    return {
        "numerator": now.numerator,
        "denominator": now.denominator,
        "low": round(found.band.low, 4),
        "high": round(found.band.high, 4),
        "days": found.band.days,
        "direction": found.direction,
    }
