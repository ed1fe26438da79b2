"""A figure of calls per queue of the exchange."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext as _

from contacts.models import ServiceNorm
from kpi.measures.base import SHARE, Measure, Tally
from kpi.measures.phone import CALLS
from kpi.pages.cuts import Line, lines_of
from kpi.scope import Scope

LONGEST: Final = 92
"""Days: queues are counted from the calls themselves, each time."""
MOST: Final = 20


def queue_lines(measure: Measure, scope: Scope, at: datetime, norm: ServiceNorm | None, *, small: bool) -> list[Line]:
    """The busiest first; nothing with one queue, for a longer period, and for a figure that is no share of calls. One query."""
    if measure.source is not CALLS or measure.kind != SHARE or scope.period.days > LONGEST:
        return []
    rows = (
        measure.population(scope, at)
        .values_list("queue")
        .annotate(all=Count("pk"), hits=Count("pk", filter=measure.hit))
        .order_by("-all", "queue")[:MOST]
    )
    cells = [(queue or _("unknown"), "", Tally(hits, count)) for queue, count, hits in rows]
    return [replace(line, href="") for line in lines_of(measure, cells, norm, small)] if len(cells) > 1 else []
