"""A figure of calls per queue of the exchange, and per team of who picked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import ServiceNorm
from kpi import picked_up
from kpi.measures.base import SHARE, Measure, Tally
from kpi.measures.phone import CALLS
from kpi.pages.cuts import Cell, Line, by_size, lines_of
from kpi.scope import Scope
from organisation.snapshot import Organisation

LONGEST: Final = 92
"""Days: queues and teams are counted from the calls themselves, each time."""
MOST: Final = 20
WORDS: Final = {
    picked_up.OTHERS: lazy("Other teams"),
    picked_up.UNKNOWN: lazy("Not known who picked up"),
    picked_up.BEFORE: lazy("From before the team was kept"),
    picked_up.TODAY: lazy("Today, not told apart yet"),
    picked_up.NOBODY: lazy("Nobody picked up"),
}
Cells = list[tuple[str, Tally]]


def queue_cells(measure: Measure, scope: Scope, at: datetime) -> Cells:
    """The busiest first; nothing with one queue, for a longer period, and for a figure that is no share of calls. One query."""
    if measure.source is not CALLS or measure.kind != SHARE or scope.period.days > LONGEST:
        return []
    rows = (
        measure.population(scope, at)
        .values_list("queue")
        .annotate(all=Count("pk"), hits=Count("pk", filter=measure.hit))
        .order_by("-all", "queue")[:MOST]
    )
    cells = [(queue or _("unknown"), Tally(hits, count)) for queue, count, hits in rows]
    return cells if len(cells) > 1 else []


def team_cells(measure: Measure, scope: Scope, house: Organisation, at: datetime) -> Cells:
    """The teams that picked up most first, then what belongs to none. One query at most."""
    found = picked_up.by_team(measure, scope, at) if scope.period.days <= LONGEST else {}
    teams = sorted((place for place in found if place > 0), key=lambda place: -found[place].denominator)
    rest = sorted((place for place in found if place < 0), reverse=True)
    names: Mapping[int, str] = {place: house.teams[place].name for place in teams if place in house.teams}
    return [(names.get(place) or str(WORDS[place]), found[place]) for place in (*teams, *rest)]


def queue_lines(measure: Measure, scope: Scope, at: datetime, norm: ServiceNorm | None, *, small: bool) -> list[Line]:
    return _lines(measure, queue_cells(measure, scope, at), norm, small)


def team_lines(
    measure: Measure, scope: Scope, house: Organisation, at: datetime, norm: ServiceNorm | None, *, small: bool
) -> list[Line]:
    """A share of what nobody picked up says nothing."""
    nobody = str(WORDS[picked_up.NOBODY])
    return [
        replace(line, hits="–", bar="", value="–", is_met=None) if line.name == nobody else line
        for line in _lines(measure, team_cells(measure, scope, house, at), norm, small)
    ]


def _lines(measure: Measure, cells: Cells, norm: ServiceNorm | None, small: bool) -> list[Line]:
    return by_size(lines_of(measure, [Cell(name, "", one, norm) for name, one in cells], small))
