"""What the demo has of reports, views and big screens: the last two quarters and the last month as issued, a view of the coordinator,
and three screens that are never used, for nobody knows their addresses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kpi.actions.issue_report import add_issue
from kpi.actions.keep_view import keep_view
from kpi.actions.wall_links import LinkTerms, add_link, end_link
from kpi.models import IssuedReport
from kpi.periods import MONTH, QUARTER, period_of
from kpi.reports.content import report_of
from organisation.models import User
from organisation.snapshot import organisation
from organisation.workdays import day_start

COORDINATOR: Final = "sanne"


def load_example(*, day: date) -> None:
    """In the transaction and the language of the demo; the files are made by a worker when somebody asks."""
    by = User.objects.filter(username=COORDINATOR).first()
    if by is None or IssuedReport.objects.exists():
        return
    house, at = organisation(), day_start(day)
    quarter = period_of(QUARTER, day).previous()
    for period in (quarter.previous(), quarter, period_of(MONTH, day).previous()):
        add_issue(period, None, report_of(period, None, house, at), by=by, at=at)
    query = "periode=maand&kaarten=volume,way,held,steering,teams"
    keep_view(by=by, at=at, name="Maand: de weg van een vraag", query=query, is_default=False)
    _hang_screens(by, day=day)


def _hang_screens(by: User, *, day: date) -> None:
    """One in the hall, one of a team that must be renewed soon, one that is gone."""
    house = organisation()
    teams = {team.code: team.pk for team in house.teams.values()}
    screens = (
        ("Ruimte van het Servicecentrum", [], 200, 160),
        ("Kantoor Burgerzaken", [teams["burgerzaken"]] if "burgerzaken" in teams else [], 340, 20),
        ("Oude hal", [], 300, 60),
    )
    for name, team_ids, ago, left in screens:
        made_at = day_start(day - timedelta(days=ago)) + timedelta(hours=9)
        terms = LinkTerms(name=name, team_ids=team_ids, last_day=day + timedelta(days=left))
        link, _token = add_link(terms=terms, by=by, at=made_at)
        if name.startswith("Oude"):
            end_link(link=link, by=by, at=day_start(day - timedelta(days=30)) + timedelta(hours=11))
