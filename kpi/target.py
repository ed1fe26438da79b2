"""The norm that a figure is measured against, and whether it is met (norms-and-kpis §1 and §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contacts.models import ServiceNorm
from contacts.rulebook import Rulebook
from kpi.measures.base import AVERAGE, COUNT, Measure, Tally
from kpi.scope import Scope
from organisation.snapshot import Organisation


def norm_of(measure: Measure, scope: Scope, house: Organisation, rules: Rulebook, on: date) -> ServiceNorm | None:
    """The norm valid on this day, narrowed to the team or subject that was asked for; None: it has none. What a period is judged by is the
    norm of its newest day (`Period.newest_day`): a target that begins later does not count yet.

    Of several teams or subjects only what holds for all of them counts.
    """
    if not measure.has_norm:
        return None
    team_id = next(iter(scope.team_ids)) if scope.team_ids is not None and len(scope.team_ids) == 1 else None
    channel = scope.channel or measure.channel
    return rules.norm(measure.code, on=on, channel=channel, team_id=team_id, subject_ids=_subjects(scope, house))


def _subjects(scope: Scope, house: Organisation) -> frozenset[int]:
    """The subjects above everything that was asked for, and the one itself."""
    if not scope.subject_ids:
        return frozenset()
    lines = [frozenset(subject.id for subject in house.subject_line(pk)) for pk in scope.subject_ids]
    return frozenset.intersection(*lines)


def value_of(measure: Measure, tally: Tally) -> float | None:
    """Percent for shares, the mean for averages, the number for counts; None without data."""
    if tally.is_empty:
        return None
    if measure.kind == COUNT:
        return float(tally.numerator)
    if measure.kind == AVERAGE:
        return tally.numerator / tally.denominator
    return 100 * tally.numerator / tally.denominator


@dataclass(frozen=True)
class Judgement:
    """A figure beside its norm."""

    on: date
    value: float | None
    target: Decimal | None
    is_met: bool | None
    """None without data or without a norm."""

    @property
    def below(self) -> float | None:
        """Points under the target, 0 when it is equal to one that must be exceeded; None when met or unknown."""
        return (
            float(self.target) - self.value
            if self.is_met is False and self.target is not None and self.value is not None
            else None
        )


def judge(measure: Measure, tally: Tally, norm: ServiceNorm | None, on: date) -> Judgement:
    """Met when numerator / denominator ≥ target (> where the target is where the municipality began), compared without rounding."""
    value = None if measure.is_too_few(tally) else value_of(measure, tally)
    if value is None or norm is None:
        return Judgement(on, value, norm.target if norm else None, None)
    return Judgement(on, value, norm.target, meets(measure, tally, norm))


def meets(measure: Measure, tally: Tally, norm: ServiceNorm) -> bool:
    """Whether a share in percent, or a mark, is at least the target, or above it where the norm asks that; without rounding."""
    reached = Decimal(tally.numerator) * (1 if measure.is_mark else 100)
    wanted = norm.target * tally.denominator
    return reached > wanted if norm.is_start else reached >= wanted


def still_needed(tally: Tally, target: Decimal) -> int:
    """How many more of the same population would have had to be in time to meet the target."""
    wanted = -(-(target * tally.denominator) // 100)
    return max(0, int(wanted) - tally.numerator)
