"""What a score was before it was corrected: who, when, and from what."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation import wording
from surveys.models import OutsideResult
from surveys.pages.outside import moment, shown

MOST = 50


@dataclass(frozen=True)
class Was:
    day: str
    who: str
    words: str


def earlier(row: OutsideResult) -> list[Was]:
    """The newest first; one query."""
    unit = row.indicator.unit
    found = []
    for one in row.history.select_related("history_user").order_by("-history_date", "-history_id")[:MOST]:
        size = wording.number(one.sample_size) if one.sample_size else "–"
        words = _("%(score)s in %(when)s, %(size)s answers, %(source)s") % {
            "score": shown(unit, one.value),
            "when": moment(one),
            "size": size,
            "source": one.source,
        }
        if one.is_removed:
            words = _("taken away: %(words)s") % {"words": words}
        found.append(Was(wording.day(one.history_date), one.history_user.name if one.history_user else "", words))
    return found
