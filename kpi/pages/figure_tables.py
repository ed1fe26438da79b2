"""The tables of one figure: per part of the period, team, channel and hour, each part judged by the norm that its own page is judged by."""

from __future__ import annotations

from datetime import date

from channels_app.models.channel import DIGITAL_CHANNELS
from contacts.models import ServiceNorm
from contacts.rulebook import rulebook
from kpi.measures.base import Measure, Tally
from kpi.pages.cuts import Cell, Line, by_hour, by_size, hidden_quarters, lines_of, part_name, parts_of, quarter_name
from kpi.pages.figure_counts import Counted
from kpi.pages.filters import Question
from kpi.scope import Scope
from kpi.target import norm_of
from organisation import wording
from organisation.snapshot import Organisation


def per_part(
    measure: Measure, question: Question, house: Organisation, counted: Counted, today: date, small: bool
) -> list[Line]:
    """The days, weeks or months of the period."""
    parts, _word = parts_of(question.asked.period)
    cells = (
        _cell(
            measure,
            part_name(part, today),
            question.asked.query(period=part),
            one,
            question.scope.over(part),
            house,
            today,
        )
        for part, one in zip(parts, counted.by_part, strict=False)
    )
    return lines_of(measure, cells, small)


def per_team(
    measure: Measure, question: Question, house: Organisation, counted: Counted, today: date, small: bool
) -> list[Line]:
    """The largest first; none when there is nothing to compare."""
    if len(counted.by_team) <= 1:
        return []
    known = ((house.teams[int(key)], one) for key, one in counted.by_team.items() if key and int(key) in house.teams)
    cells = (
        _cell(
            measure,
            team.name,
            question.asked.query(team=team.code),
            one,
            question.scope.of_team(team.pk),
            house,
            today,
        )
        for team, one in known
    )
    return by_size(lines_of(measure, cells, small))


def per_channel(
    measure: Measure, question: Question, house: Organisation, counted: Counted, today: date, small: bool
) -> list[Line]:
    """The largest first; none when there is nothing to compare. How many came on a digital channel may stand beside it."""
    if len(counted.by_channel) <= 1:
        return []
    known = [(key, one) for key, one in counted.by_channel.items() if key and not one.is_empty]
    cells = (
        _cell(
            measure,
            str(wording.channel_name(key)),
            question.asked.query(channel=key),
            one,
            question.scope.of_channel(key),
            house,
            today,
        )
        for key, one in known
    )
    return by_size(lines_of(measure, cells, small, [key in DIGITAL_CHANNELS for key, _one in known]))


def per_hour(measure: Measure, counted: Counted, norm: ServiceNorm | None, small: bool) -> list[tuple[str, str, str]]:
    """Name, count and value of each hour of the day."""
    cells = (Cell(f"{hour}–{hour + 1}", "", one, norm) for hour, one in by_hour(counted.quarters).items())
    return [(line.name, line.count, line.value) for line in lines_of(measure, cells, small)]


def per_quarter(measure: Measure, counted: Counted, norm: ServiceNorm | None, small: bool) -> list[Line]:
    quarters = {at: one for at, one in counted.quarters.items() if not one.is_empty}
    cells = (Cell(quarter_name(at), "", one, norm) for at, one in quarters.items())
    return lines_of(measure, cells, small, [at // 4 for at in quarters], hidden=hidden_quarters(quarters))


def _cell(measure: Measure, name: str, query: str, one: Tally, scope: Scope, house: Organisation, today: date) -> Cell:
    return Cell(name, query, one, norm_of(measure, scope, house, rulebook(house), scope.period.newest_day(today)))
