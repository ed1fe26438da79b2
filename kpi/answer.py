"""One figure as an answer to a machine: the command and the API give the same object."""

from __future__ import annotations

from datetime import date, datetime

from contacts.rulebook import rulebook
from kpi.measures.base import COUNT, Measure, Tally
from kpi.reading import tally
from kpi.scope import Scope
from kpi.target import judge, norm_of
from organisation.snapshot import Organisation
from organisation.workdays import local_day


def figure(
    measure: Measure, scope: Scope, *, at: datetime, house: Organisation, found: Tally | None = None
) -> dict[str, object]:
    """`value` and `target` in percent for a share; nulls where there are no data."""
    found = found or tally(measure, scope, at=at, today=local_day(at))
    norm = norm_of(measure, scope, house, rulebook(house), scope.period.newest_day(local_day(at)))
    verdict = judge(measure, found, norm, scope.period.last)
    has_data = not found.is_empty
    return {
        "code": measure.code,
        "from": scope.period.first.isoformat(),
        "to": scope.period.last.isoformat(),
        "numerator": found.numerator if has_data else None,
        "denominator": found.denominator if has_data and measure.kind != COUNT else None,
        "value": round(verdict.value, 6) if verdict.value is not None else None,
        "target": float(verdict.target) if verdict.target is not None else None,
        "met": verdict.is_met,
    }


def not_counted(code: str, scope: Scope, house: Organisation, today: date) -> dict[str, object]:
    """A norm that nothing is measured for yet (marks, language level): its target, and no data."""
    team_id = next(iter(scope.team_ids)) if scope.team_ids and len(scope.team_ids) == 1 else None
    rules = rulebook(house)
    channel = scope.channel or rules.norms[code][0].channel
    on = scope.period.newest_day(today)
    norm = rules.norm(code, on=on, channel=channel, team_id=team_id, subject_ids=frozenset())
    return {
        "code": code,
        "from": scope.period.first.isoformat(),
        "to": scope.period.last.isoformat(),
        "numerator": None,
        "denominator": None,
        "value": None,
        "target": float(norm.target) if norm is not None else None,
        "met": None,
    }
