"""What the demo has of reports and views: the last two quarters and the last month as issued, and a view of the coordinator."""

from __future__ import annotations

from datetime import date
from typing import Final

from kpi.actions.issue_report import add_issue
from kpi.actions.keep_view import keep_view
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
