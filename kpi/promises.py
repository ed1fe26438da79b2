"""What a team promises in an agreement: norms by name, what they say on a day, and how they are met; the same measures as everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from contacts.models import ServiceNorm
from contacts.rulebook import rulebook
from kpi.measures.base import Measure, Tally
from kpi.periods import DAY, MONTH, QUARTER, YEAR, Period, period_of
from kpi.reading import Ask, read, state
from kpi.registry import MEASURES, concerns
from kpi.scope import Scope
from kpi.target import norm_of
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from kpi.models import TeamAgreement

AHEAD: Final = timedelta(days=14)
"""So long before its day a talk is announced, and the agreement stands as "to discuss"."""
DUE, LATE, HOLDS, COMING, OVER = "due", "late", "holds", "coming", "over"


def state_on(agreement: TeamAgreement, day: date) -> str:
    """In force, to be discussed soon or by now, still to begin, or ended."""
    if agreement.ends_on is not None and day > agreement.ends_on:
        return OVER
    if day < agreement.starts_on:
        return COMING
    if agreement.ends_on is not None and agreement.review_on > agreement.ends_on:
        return HOLDS
    if day > agreement.review_on:
        return LATE
    return DUE if day >= agreement.review_on - AHEAD else HOLDS


@dataclass(frozen=True)
class Promise:
    """A norm by its code, for every subject or for one and what lies below it."""

    code: str
    subject_id: int | None = None

    @property
    def key(self) -> str:
        return self.code if self.subject_id is None else f"{self.code}:{self.subject_id}"

    @property
    def measure(self) -> Measure | None:
        """None: nothing is counted for this norm."""
        return MEASURES.get(self.code)

    def scope(self, team_ids: Iterable[int], period: Period, house: Organisation) -> Scope:
        below = house.subject_ids_below(self.subject_id) if self.subject_id is not None else None
        return Scope(period, team_ids=frozenset(team_ids), subject_ids=below)


def promise_of(key: str) -> Promise:
    code, _colon, subject = key.partition(":")
    return Promise(code, int(subject) if subject.isdecimal() else None)


def promises_of(agreement: TeamAgreement, house: Organisation) -> list[Promise]:
    """In the order of the figures; one whose norm or subject is gone is left out."""
    found = [promise_of(str(key)) for key in agreement.norms]
    known = [
        one
        for one in found
        if one.code in rulebook(house).norms and (one.subject_id is None or one.subject_id in house.subjects)
    ]
    return _in_order(known, house)


def _in_order(promises: Iterable[Promise], house: Organisation) -> list[Promise]:
    """As the tiles of the dashboard; what is not measured stands last."""
    places: dict[str, int] = {}
    for code in (*MEASURES, *rulebook(house).norms):
        places.setdefault(code, len(places))
    return sorted(promises, key=lambda one: (places.get(one.code, 0), one.subject_id or 0))


def norm_on(promise: Promise, team_id: int, day: date, house: Organisation) -> ServiceNorm | None:
    """The norm that holds on that day for this team, the narrowest first; None: none holds."""
    rules = rulebook(house)
    if promise.measure is not None:
        return norm_of(promise.measure, promise.scope([team_id], period_of(DAY, day), house), house, rules, day)
    line = frozenset(one.pk for one in house.subject_line(promise.subject_id))
    channel = rules.norms[promise.code][0].channel if promise.code in rules.norms else ""
    return rules.norm(promise.code, on=day, channel=channel, team_id=team_id, subject_ids=line)


def offered(team_id: int, day: date, house: Organisation) -> list[Promise]:
    """What this team can promise: each norm that says something about it, and each subject that has a norm of its own."""
    found = []
    for code, versions in rulebook(house).norms.items():
        measure = MEASURES.get(code)
        is_of_the_queue = measure is not None and measure.source.name == "call"
        team = house.teams.get(team_id)
        if team is None or not concerns(code, frozenset({team_id}), house):
            continue
        if is_of_the_queue and not team.is_front_office:
            continue
        subjects = {one.subject_id for one in versions if one.subject_id in house.subjects and _fits(one, team_id, day)}
        found += [Promise(code, subject_id) for subject_id in (None, *sorted(pk for pk in subjects if pk))]
    return _in_order((one for one in found if norm_on(one, team_id, day, house) is not None), house)


def _fits(norm: ServiceNorm, team_id: int, day: date) -> bool:
    return norm.team_id in (None, team_id) and (norm.valid_until is None or day < norm.valid_until)


def periods_on(day: date) -> tuple[Period, ...]:
    """The month, the quarter and the year of a day."""
    return tuple(period_of(kind, day) for kind in (MONTH, QUARTER, YEAR))


Results = dict[tuple[int, str, int], Tally]
"""(team, key of the promise, number of the period) → tally; what is not there is empty."""


def results(
    asked: Sequence[tuple[int, Promise]], periods: Sequence[Period], house: Organisation, at: datetime
) -> Results:
    """One round trip for all promises over every subject, and one for each subject that has its own."""
    found: Results = {}
    today, held = local_day(at), state()
    by_subject: dict[int | None, list[tuple[int, Promise]]] = {}
    for team_id, promise in asked:
        if promise.measure is not None:
            by_subject.setdefault(promise.subject_id, []).append((team_id, promise))
    for pairs in by_subject.values():
        rolled = sorted({one.code for _team, one in pairs if one.measure is not None and one.measure.is_rolled_up})
        scope = pairs[0][1].scope({team_id for team_id, _one in pairs}, periods[0], house)
        asks = [Ask(tuple(rolled), (period,), "team") for period in periods] if rolled else []
        answers = read(asks, scope, at=at, today=today, held=held) if asks else []
        for team_id, one in pairs:
            for number, period in enumerate(periods):
                if one.code in rolled:
                    tally = answers[number].get((one.code, 0, str(team_id)), Tally())
                else:
                    tally = _counted(one, team_id, period, house, at)
                found[(team_id, one.key, number)] = tally
    return found


def _counted(promise: Promise, team_id: int, period: Period, house: Organisation, at: datetime) -> Tally:
    return promise.measure.count(promise.scope([team_id], period, house), at) if promise.measure else Tally()
