"""Figures, periods and counts in words, in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contacts.models import ServiceNorm
from kpi.measures.base import AVERAGE, COUNT, SHARE, Measure, Tally
from kpi.periods import DAY, MONTH, QUARTER, WEEK, YEAR, Period
from organisation import wording
from organisation.rounding import beside

NOUNS: dict[str, Callable[[int], str]] = {
    "call": lambda n: ngettext("%(count)s call", "%(count)s calls", n),
    "question": lambda n: ngettext("%(count)s question", "%(count)s questions", n),
    "email": lambda n: ngettext("%(count)s e-mail", "%(count)s e-mails", n),
    "letter": lambda n: ngettext("%(count)s letter", "%(count)s letters", n),
    "message": lambda n: ngettext("%(count)s message", "%(count)s messages", n),
    "form": lambda n: ngettext("%(count)s form", "%(count)s forms", n),
    "conversation": lambda n: ngettext("%(count)s conversation", "%(count)s conversations", n),
    "request": lambda n: ngettext("%(count)s request", "%(count)s requests", n),
    "visit": lambda n: ngettext("%(count)s visit", "%(count)s visits", n),
    "complaint": lambda n: ngettext("%(count)s complaint", "%(count)s complaints", n),
    "answer": lambda n: ngettext("%(count)s answer", "%(count)s answers", n),
    "contact": lambda n: ngettext("%(count)s contact", "%(count)s contacts", n),
    "text": lambda n: ngettext("%(count)s text", "%(count)s texts", n),
    "hold": lambda n: ngettext("%(count)s time with a team", "%(count)s times with a team", n),
}


def counted(noun: str, count: int) -> str:
    """`471 gesprekken`."""
    return NOUNS[noun](count) % {"count": wording.number(count)}


def hits_of(measure: Measure, tally: Tally) -> str:
    """`412 van 471 gesprekken`; for averages and counts only the number of rows."""
    if measure.kind in (AVERAGE, COUNT):
        return counted(measure.noun, tally.denominator)
    return _("%(hits)s of %(all)s") % {
        "hits": wording.number(tally.numerator),
        "all": counted(measure.noun, tally.denominator),
    }


def hits_word(measure: Measure) -> str:
    """Head of a column of hits; a figure without a norm has a numerator, and nothing is in time or too late. Empty without hits."""
    if measure.kind != SHARE:
        return ""
    return _("In the norm") if measure.has_norm else _("Counted above the line")


def value_word(measure: Measure) -> str:
    """Head of the column of the figure itself; empty for a count, which says it already."""
    return {SHARE: _("Share"), AVERAGE: _("On average")}.get(measure.kind, "")


def name_of(measure: Measure, norm: ServiceNorm | None) -> str:
    """The municipality's own words for a norm are data; a figure without one has its name from here. An estimate is called one."""
    name = norm.name if norm is not None else str(measure.name)
    word = _("estimate")
    return f"{name} ({word})" if measure.is_estimate and word not in name else name


def target_of(norm: ServiceNorm) -> str:
    """`90 %`, `7,0`; `meer dan 68 %` where only what lies above it counts."""
    is_score = norm.unit == ServiceNorm.Unit.SCORE
    target = wording.number(float(norm.target), 1) if is_score else wording.percent(norm.target / 100)
    return _("more than %(target)s") % {"target": target} if norm.is_start else target


def number_word(count: int) -> str:
    """Small numbers as a word, as in a headline; larger ones in digits."""
    words = (
        _("none"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
        _("thirteen"),
        _("fourteen"),
        _("fifteen"),
        _("sixteen"),
        _("seventeen"),
        _("eighteen"),
        _("nineteen"),
        _("twenty"),
    )
    return words[count] if 0 <= count < len(words) else wording.number(count)


def capital(text: str) -> str:
    """Begins a sentence. In Dutch only the second letter of `één` keeps its accent there: `Eén afspraak`."""
    return "Eén" + text[3:] if text.startswith("één") else text[:1].upper() + text[1:]


def period_name(period: Period, today: date) -> str:
    """`Week 47`, `November 2026`, `Kwartaal 4 van 2026`, `2026`, `Vandaag`, or the dates."""
    if period.kind == DAY:
        if period.first == today:
            return _("Today")
        name = wording.day_long(period.first, today)
        return capital(name)
    if period.kind == WEEK:
        year = period.first.isocalendar().year
        if year == today.isocalendar().year:
            return _("Week %(week)s") % {"week": period.week}
        return _("Week %(week)s of %(year)s") % {"week": period.week, "year": year}
    if period.kind == MONTH:
        name = f"{_months()[period.first.month - 1]} {period.first.year}"
        return capital(name)
    if period.kind == QUARTER:
        return _("Quarter %(quarter)s of %(year)s") % {"quarter": period.quarter, "year": period.first.year}
    if period.kind == YEAR:
        return str(period.first.year)
    return dates(period)


def short_name(period: Period) -> str:
    """Under a bar of a chart: `47`, `nov`, `K4 ’26`, `2026`, `16 nov`."""
    if period.kind == WEEK:
        return str(period.week)
    if period.kind == MONTH:
        return wording.MONTHS[wording.language()][period.first.month - 1]
    if period.kind == QUARTER:
        return _("Q%(quarter)s ’%(year)s") % {"quarter": period.quarter, "year": f"{period.first.year % 100:02d}"}
    if period.kind == YEAR:
        return str(period.first.year)
    return f"{period.first.day} {wording.MONTHS[wording.language()][period.first.month - 1]}"


def dates(period: Period) -> str:
    """`16 t/m 22 november 2026`."""
    first, last = period.first, period.last
    months = _months()
    end = f"{last.day} {months[last.month - 1]} {last.year}"
    if first == last:
        return end
    start = f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {months[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return _("%(first)s to %(last)s") % {"first": start, "last": end}


def per(kind: str) -> str:
    """The word after "per" in a title."""
    return {DAY: _("day"), WEEK: _("week"), MONTH: _("month"), QUARTER: _("quarter"), YEAR: _("year")}.get(
        kind, _("period")
    )


def some_periods(kind: str, count: int) -> str:
    """`4 weken`."""
    names = {
        DAY: ngettext("%(count)s day", "%(count)s days", count),
        WEEK: ngettext("%(count)s week", "%(count)s weeks", count),
        MONTH: ngettext("%(count)s month", "%(count)s months", count),
        QUARTER: ngettext("%(count)s quarter", "%(count)s quarters", count),
        YEAR: ngettext("%(count)s year", "%(count)s years", count),
    }
    return names.get(kind, ngettext("%(count)s period", "%(count)s periods", count)) % {"count": count}


def previous_name(period: Period, today: date) -> str:
    """How the period before is called inside a sentence: `week 46`."""
    return in_sentence(period.kind, period_name(period.previous(), today))


def in_sentence(kind: str, name: str) -> str:
    """A period's name with a small letter, except an English month."""
    return name if kind == MONTH and wording.language() == "en" else name[:1].lower() + name[1:]


def value_text(measure: Measure, value: float | None, target: float | Decimal | None = None) -> str:
    """`87,5`, `26 sec.`, `1.105`; a dash without data. The unit of a share stands apart. `target`: of a share or mark that is held against it."""
    if value is None:
        return "–"
    value = beside(value, target)
    if measure.kind == COUNT:
        return wording.number(int(value))
    if measure.is_length:
        return length(value) if measure.noun == "hold" else seconds(round(value))
    if measure.kind == AVERAGE:
        return wording.number(round(value, 1), 1) if measure.is_mark else wording.number(value, 2)
    return wording.points(value)


def shown(measure: Measure, value: float | None, target: float | Decimal | None = None) -> str:
    """The same with the unit of a share behind it: `87,5 %`."""
    text = value_text(measure, value, target)
    return f"{text}{wording.percent_sign()}" if measure.kind == SHARE and value is not None else text


def seconds(count: int) -> str:
    """`0:47`, minutes and seconds."""
    return f"{count // 60}:{count % 60:02d}"


def length(count: float) -> str:
    """`35 min.`, `5,2 uur`, `3,4 dagen`."""
    if count < 3600:
        return _("%(count)s min.") % {"count": wording.number(round(count / 60))}
    if count < 48 * 3600:
        return _("%(count)s hours") % {"count": wording.number(round(count / 3600, 1))}
    return pgettext("length", "%(count)s days") % {"count": wording.number(round(count / 86_400, 1))}


def _months() -> tuple[str, ...]:
    return wording.MONTHS_LONG[wording.language()]
