"""What stands under a figure: the sum it comes from, what is still needed, and how certain a mark is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import ServiceNorm
from kpi import words
from kpi.measures.base import AVERAGE, COUNT, SHARE, Measure, Tally
from kpi.measures.ratings import margin
from kpi.periods import Period
from kpi.scope import Scope
from kpi.target import still_needed, value_of
from kpi.words import shown as value_words
from organisation import wording


def margin_words(measure: Measure, scope: Scope) -> str:
    """Of a mark: how certain the mean is."""
    found = margin(measure, scope)
    if found is None:
        return ""
    low, high = (wording.number(round(one, 1), 1) for one in found)
    return _("With 95%% certainty between %(low)s and %(high)s.") % {"low": low, "high": high}


def needed_words(measure: Measure, now: Tally, norm: ServiceNorm | None) -> str:
    """`Nog 12 gesprekken op tijd: norm gehaald.`; of a figure that is not about time `Met 12 vragen meer in de teller: norm gehaald.`"""
    if norm is None or now.is_empty or measure.kind != SHARE or not measure.has_list:
        return ""
    more = still_needed(now, norm.target)
    if not more:
        return ""
    told = {"count": words.counted(measure.noun, more)}
    if measure.source.name == "clock" or measure.code == "phone.pickup":
        return ngettext("%(count)s more in time: norm met.", "%(count)s more in time: norm met.", more) % told
    return _("With %(count)s more above the line: norm met.") % told


def sum_words(measure: Measure, now: Tally, beside: Mapping[str, Tally], norm: ServiceNorm | None) -> str:
    """The sum in figures."""
    if now.is_empty or measure.kind == COUNT:
        return ""
    n, d = wording.number(now.numerator), wording.number(now.denominator)
    result = value_words(measure, value_of(measure, now), norm.target if norm else None)
    if measure.code == "phone.pickup":
        answered = beside.get("phone.wait", Tally())
        others = now.denominator - answered.denominator
        return _(
            "%(hits)s in time : (%(answered)s picked up + %(others)s given up later or not picked up) = %(result)s"
        ) % {
            "hits": n,
            "answered": wording.number(answered.denominator),
            "others": wording.number(others),
            "result": result,
        }
    if measure.kind == AVERAGE:
        return f"{n} : {words.counted(measure.noun, now.denominator)} = {result}"
    return _("%(hits)s : %(all)s = %(result)s") % {"hits": n, "all": d, "result": result}


def year_words(measure: Measure, then: Tally, period: Period, today: date) -> str:
    """`Een jaar eerder, kwartaal 3 van 2025: 87,4 % (812 van 929 gesprekken).`"""
    name = words.in_sentence(period.kind, words.period_name(period.a_year_before(), today))
    value = value_words(measure, value_of(measure, then))
    if measure.kind == COUNT:
        return _("A year before, %(period)s: %(value)s.") % {"period": name, "value": value}
    told = {"period": name, "value": value, "count": words.hits_of(measure, then)}
    return _("A year before, %(period)s: %(value)s (%(count)s).") % told
