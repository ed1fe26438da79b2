"""What a team's report says of the agreement with it: each promise with its result in the period, by the same readings as the figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from kpi.models import TeamAgreement
from kpi.periods import Period
from kpi.promise_words import count_words, rows_of
from kpi.promises import promises_of
from kpi.reports.definitions import definition_of_norm
from organisation import wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import Team

NO_DAY: Final = date(1, 1, 1)


def agreed(period: Period, team: Team, house: Organisation, at: datetime) -> dict[str, Any] | None:
    """The agreement that held last in the period, as far as it has come; None when there was none."""
    last = period.newest_day(local_day(at))
    held = TeamAgreement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=period.first), starts_on__lte=last)
    row = held.filter(team_id=team.pk).order_by("-starts_on").first()
    if row is None:
        return None
    day = min(last, row.ends_on) if row.ends_on is not None else last
    asked = [(team.pk, promise) for promise in promises_of(row, house)]
    found = rows_of(asked, (period,), day, house, at)
    return {
        "pk": row.pk,
        "from": wording.day_long(row.starts_on, NO_DAY),
        "until": wording.day_long(row.ends_on, NO_DAY),
        "talk": wording.day_long(row.review_on, NO_DAY),
        "words": count_words(found, 0),
        "rows": [
            {
                "code": one.promise.key,
                "name": one.name,
                "terms": one.terms,
                "numerator": one.cells[0].tally.numerator if not one.cells[0].tally.is_empty else None,
                "denominator": one.cells[0].tally.denominator if not one.cells[0].tally.is_empty else None,
                "value": one.cells[0].value,
                "target": one.cells[0].target,
                "shown": one.cells[0].shown,
                "behind": one.cells[0].behind,
                "state": one.cells[0].state,
                "state_shown": one.cells[0].words,
                "definition": str(one.promise.measure.formula) if one.promise.measure else definition_of_norm(),
            }
            for one in found
        ],
    }
