"""What a report says: every figure with its target, the number behind it and the period before; the same readings as the dashboard.

`report_of` gives plain data (numbers beside the words for them), so that a screen, a PDF, a spreadsheet and the frozen row hold the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Question, ServiceNorm
from contacts.rulebook import rulebook
from kpi import risers, seasons, words
from kpi.measures import backlog
from kpi.measures.base import SHARE, Measure, Tally
from kpi.periods import Period
from kpi.reach import SMALL
from kpi.reading import Answer, Ask, read, state
from kpi.registry import ANSWERS, MEASURES, ROLLED_UP, concerns
from kpi.reports import parts
from kpi.reports.agreed import agreed
from kpi.reports.definitions import definition_of_norm, promise_of
from kpi.reports.year import compared
from kpi.scope import Scope
from kpi.shares import hidden_words, is_few
from kpi.target import judge, norm_of, value_of
from organisation import wording
from organisation.models import Team
from organisation.snapshot import Organisation
from organisation.workdays import local_day

SUBJECTS: Final = 10
NO_DAY: Final = date(1, 1, 1)
"""What is frozen is read in another year: dates in it carry theirs."""
MET, BELOW, TOO_FEW, NO_DATA, NO_NORM, HIDDEN = "met", "below", "too_few", "no_data", "no_norm", "hidden"


@dataclass(frozen=True)
class _Asked:
    period: Period
    before: Period
    scope: Scope
    house: Organisation
    at: datetime

    @property
    def on(self) -> date:
        """The day whose norms the figures are held against."""
        return self.period.newest_day(local_day(self.at))


def report_of(period: Period, team: Team | None, house: Organisation, at: datetime) -> dict[str, Any]:
    """Everything the report says, in the language that is active now."""
    today = local_day(at)
    scope = Scope(period, team_ids=frozenset({team.pk}) if team is not None else None)
    asked = _Asked(period, period.previous(), scope, house, at)
    codes = tuple(measure.code for measure in ROLLED_UP)
    line = risers.line(period)
    asks = [
        Ask(codes, (asked.before, period)),
        Ask(("contacts.digital",), (asked.before, period), "channel"),
        Ask(("questions.asked",), line, "subject"),
        Ask(ANSWERS, (period,), "team"),
    ]
    year = seasons.year_before(period, today)
    asks += seasons.asks(codes, year)
    figures, channels, subjects, teams, *a_year_ago = read(asks, scope, at=at, today=today, held=state())
    rows = _figures(asked, figures, team)
    volume = parts.volume(channels, 1)
    judged = [row for row in rows if row["state"] in (MET, BELOW)]
    met = sum(row["state"] == MET for row in judged)
    return {
        "kind": period.kind,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "name": words.period_name(period, NO_DAY),
        "dates": words.dates(period),
        "before": words.previous_name(period, NO_DAY),
        "where": team.name if team is not None else _("all teams"),
        "municipality": house.municipality.name,
        "made": at.isoformat(),
        "made_shown": wording.moment_long(at, NO_DAY),
        "is_over": period.last < today,
        "goals": {"met": met, "judged": len(judged), "words": _goals(met, len(judged))},
        "below": [row["name"] for row in judged if row["state"] == BELOW],
        "figures": rows,
        "channels": parts.channels(channels, hides_small=team is None),
        "volume": volume,
        "volume_before": parts.volume(channels, 0),
        "year": compared(year, rows, _then(asked, year, a_year_ago), volume, hides_few=team is None) if year else None,
        "subjects": _subjects(subjects, len(line) - 1, period, house, SMALL if team is None else 3),
        "teams": parts.teams(teams, house) if team is None else [],
        "agreement": agreed(period, team, house, at) if team is not None else None,
        "backlog": _backlog(team, house, at),
    }


def _then(asked: _Asked, year: Period, answers: Sequence[Answer]) -> dict[str, Tally]:
    """What was counted a year before; empty when the municipality had not begun."""
    rolled_up = seasons.known(answers)
    others = (one for one in MEASURES.values() if rolled_up and not one.is_rolled_up)
    return rolled_up | {one.code: one.count(asked.scope.over(year), asked.at) for one in others}


def _goals(met: int, judged: int) -> str:
    if not judged:
        return _("no figures that are judged yet")
    if met == judged:
        return ngettext("the one goal met", "all %(count)s goals met", judged) % {"count": words.number_word(judged)}
    return ngettext("%(met)s of the %(count)s goal met", "%(met)s of the %(count)s goals met", judged) % {
        "met": words.number_word(met),
        "count": words.number_word(judged),
    }


def _figures(asked: _Asked, answer: Answer, team: Team | None) -> list[dict[str, Any]]:
    rules = rulebook(asked.house)
    rows = []
    for code, measure in MEASURES.items():
        if not concerns(code, asked.scope.team_ids, asked.house):
            continue
        if measure.is_rolled_up:
            before, now = (answer.get((code, place, ""), Tally()) for place in (0, 1))
        else:
            before, now = (measure.count(asked.scope.over(one), asked.at) for one in (asked.before, asked.period))
        row = _figure(measure, now, before, norm_of(measure, asked.scope, asked.house, rules, asked.on), asked.period)
        rows.append(row if team is not None else _without_few(measure, row, now, before))
    for code in rules.norms:
        if code not in MEASURES:
            norm = _norm_alone(code, asked, team)
            if norm is not None:
                rows.append(_unmeasured(norm))
    return rows


def _norm_alone(code: str, asked: _Asked, team: Team | None) -> ServiceNorm | None:
    rules = rulebook(asked.house)
    return rules.norm(
        code,
        on=asked.on,
        channel=rules.norms[code][0].channel,
        team_id=team.pk if team is not None else None,
        subject_ids=frozenset(),
    )


def _figure(measure: Measure, now: Tally, before: Tally, norm: ServiceNorm | None, period: Period) -> dict[str, Any]:
    verdict = judge(measure, now, norm, period.last)
    old = None if measure.is_too_few(before) else value_of(measure, before)
    name, text = _state(measure, now, verdict.is_met)
    return {
        "code": measure.code,
        "name": words.name_of(measure, norm),
        "kind": measure.kind,
        "has_norm": measure.has_norm,
        "numerator": now.numerator if not now.is_empty else None,
        "denominator": now.denominator if not now.is_empty else None,
        "value": verdict.value,
        "shown": words.shown(measure, verdict.value, verdict.target),
        "target": float(norm.target) if norm is not None else None,
        "target_shown": words.target_of(norm) if norm is not None else "",
        "state": name,
        "state_shown": text,
        "behind": words.hits_of(measure, now) if not now.is_empty else "",
        "before": old,
        "before_shown": words.shown(measure, old) if not before.is_empty else _("no data"),
        "delta": parts.difference(measure, verdict.value, old),
        "definition": str(measure.formula),
        "promise": promise_of(norm),
    }


def _without_few(measure: Measure, row: dict[str, Any], now: Tally, before: Tally) -> dict[str, Any]:
    """A share of channels stands beside the channels themselves: under ten it would tell which of them they were."""
    if not measure.tells_channels:
        return row
    if is_few(measure, before):
        row |= {"before": None, "before_shown": "–", "delta": ""}
    if is_few(measure, now):
        row |= dict.fromkeys(("numerator", "denominator", "value"))
        row |= {"shown": "–", "behind": hidden_words(now.denominator), "delta": ""}
        row |= {"state": HIDDEN, "state_shown": _("too few to show")}
    return row


def _unmeasured(norm: ServiceNorm) -> dict[str, Any]:
    is_share = norm.unit == ServiceNorm.Unit.SHARE
    return {
        "code": norm.code,
        "name": norm.name,
        "kind": SHARE if is_share else "score",
        "has_norm": True,
        **dict.fromkeys(("numerator", "denominator", "value", "before")),
        "shown": "–",
        "target": float(norm.target),
        "target_shown": words.target_of(norm),
        "state": NO_DATA,
        "state_shown": _("no data"),
        "behind": "",
        "before_shown": _("no data"),
        "delta": "",
        "definition": definition_of_norm(),
        "promise": "",
    }


def _state(measure: Measure, now: Tally, is_met: bool | None) -> tuple[str, str]:
    if now.is_empty:
        return NO_DATA, _("no data")
    if measure.is_too_few(now):
        return TOO_FEW, _("too few answers")
    if is_met is None:
        return NO_NORM, _("no norm")
    return (MET, _("met")) if is_met else (BELOW, _("not met"))


def _subjects(answer: Answer, last: int, period: Period, house: Organisation, least: int) -> dict[str, Any]:
    """The subjects asked most and those that rise most; under `least` questions nothing is said."""
    rows = risers.rises(answer, last, house, least, period.kind)

    def plain(chosen: list[risers.Rise]) -> list[dict[str, Any]]:
        return [
            {"name": row.subject.name, "count": row.count, "more": row.more, "part": row.part, "is_least": row.is_least}
            for row in chosen
        ]

    return {
        "least": least,
        "top": plain(risers.most(rows, SUBJECTS)),
        "risers": plain(risers.rising(rows)),
        "against": risers.against(period.kind, len(risers.known(answer, last, period.kind))),
    }


def _backlog(team: Team | None, house: Organisation, at: datetime) -> dict[str, Any]:
    """What waits at the moment the report is made: it belongs to that moment, not to the period."""
    rows = Question.objects.open()
    if team is not None:
        rows = rows.filter(team_id=team.pk)
    total = sum(backlog.by_team(rows, at).values(), backlog.Load())
    today = local_day(at)
    coming: Mapping[Any, int] = backlog.forecast(rows, at, house.calendar_of(None).rules)
    return {
        "open": total.open,
        "soon": total.soon,
        "late": total.late,
        "unassigned": total.unassigned,
        "waiting": total.waiting,
        "oldest": wording.day_long(local_day(total.oldest), NO_DAY) if total.oldest else "",
        "forecast": [{"day": wording.day_long(day, today), "count": count} for day, count in coming.items()],
    }
