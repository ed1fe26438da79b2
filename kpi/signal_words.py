"""A signal in one sentence that says why, and the way to the list behind it."""

from __future__ import annotations

from datetime import date
from math import ceil, floor
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.rulebook import Rulebook
from kpi import words
from kpi.bands import DOWN, Outlook
from kpi.measures.base import COUNT, SHARE, Measure, Tally
from kpi.models import Signal
from kpi.periods import Period
from kpi.registry import MEASURES
from kpi.scope import Asked, Scope
from kpi.shares import is_cut, is_few
from kpi.target import norm_of, value_of
from organisation import wording
from organisation.rounding import beside
from organisation.snapshot import Organisation


def period_of_signal(signal: Signal) -> Period:
    return Period(signal.period_kind, signal.first, signal.last)


def what(signal: Signal, house: Organisation, book: Rulebook) -> str:
    """What it is about: the subject, or the figure and where."""
    if signal.subject_id:
        subject = house.subjects.get(signal.subject_id)
        return subject.name if subject is not None else _("a subject that is gone")
    measure = MEASURES.get(signal.code)
    if measure is None:
        return signal.code
    norm = norm_of(measure, _scope(signal), house, book, signal.last)
    name = norm.name if norm is not None else str(measure.name)
    if signal.team_id is None:
        return name
    team = house.teams.get(signal.team_id)
    return _("%(figure)s, %(team)s") % {"figure": name, "team": team.name if team is not None else _("another team")}


def _scope(signal: Signal) -> Scope:
    return Scope(period_of_signal(signal), team_ids=frozenset({signal.team_id}) if signal.team_id else None)


def sentence(signal: Signal, house: Organisation, book: Rulebook, today: date, *, small: bool = False) -> str:
    """`Grofvuil ophalen: 31 vragen op maandag 23 november, gewoonlijk 8 tot 16.`

    `small`: for who sees aggregates only. A number that is hidden on its own page is hidden here too.
    """
    measure = MEASURES.get(signal.code)
    about = what(signal, house, book)
    if measure is None:
        return _("%(what)s: this figure is not counted any more.") % {"what": about}
    if signal.kind == Signal.Kind.BAND:
        return _band(measure, signal, about, today, small)
    if signal.kind == Signal.Kind.AT_RISK:
        return _at_risk(measure, signal, about, today)
    return _missed(measure, signal, about, today)


def _band(measure: Measure, signal: Signal, about: str, today: date, small: bool) -> str:
    facts = signal.facts
    low, high = _from_to(measure, facts)
    said = {"what": about, "day": wording.day_long(signal.first, today), "low": low, "high": high}
    if not (small and is_cut(measure, _scope(signal)) and is_few(measure, _tally(facts))):
        told = {**said, "value": _value(measure, _tally(facts))}
        return _("%(what)s: %(value)s on %(day)s, usually %(low)s to %(high)s.") % told
    if facts["direction"] == DOWN:
        return _("%(what)s: lower than usual on %(day)s (%(low)s to %(high)s). The number is too small to show.") % said
    return _("%(what)s: higher than usual on %(day)s (%(low)s to %(high)s). The number is too small to show.") % said


def _at_risk(measure: Measure, signal: Signal, about: str, today: date) -> str:
    facts = signal.facts
    outlook = Outlook(facts["numerator"], facts["denominator"], facts["open"], facts["target"])
    said = {
        "what": about,
        "month": _inside(words.period_name(period_of_signal(signal), today)),
        "target": _percent(outlook.target),
        "pace": _percent(outlook.pace, outlook.target),
        "so_far": words.hits_of(measure, _tally(facts)),
        "open": wording.number(outlook.open),
    }
    if outlook.is_lost and outlook.open:
        return _(
            "%(what)s: %(month)s ends at %(best)s at most, the norm is %(target)s: even if the %(open)s that are still open are all in time. So far %(so_far)s."
        ) % {**said, "best": _percent(outlook.best, outlook.target)}
    if outlook.open:
        return (
            _(
                "%(what)s: at this pace %(month)s ends at %(pace)s, the norm is %(target)s. So far %(so_far)s; %(open)s are still open."
            )
            % said
        )
    return _("%(what)s: at this pace %(month)s ends at %(pace)s, the norm is %(target)s. So far %(so_far)s.") % said


def _missed(measure: Measure, signal: Signal, about: str, today: date) -> str:
    facts = signal.facts
    period = period_of_signal(signal)
    before = Tally(facts["before_numerator"], facts["before_denominator"])
    return _(
        "%(what)s: %(period)s came to %(value)s, the norm is %(target)s. %(previous)s met the norm with %(before)s."
    ) % {
        "what": about,
        "period": _inside(words.period_name(period, today)),
        "value": _value(measure, _tally(facts), facts["target"]),
        "target": _percent(facts["target"]),
        "previous": words.period_name(period.previous(), today),
        "before": _percent(value_of(measure, before) or 0.0),
    }


def link(signal: Signal, house: Organisation, *, may_drill: bool = True) -> str:
    """The figure over that period, at its list; who sees no rows gets the figure."""
    team = house.teams.get(signal.team_id) if signal.team_id else None
    subject = house.subjects.get(signal.subject_id) if signal.subject_id else None
    asked = Asked(
        period_of_signal(signal),
        team=team.code if team is not None else "",
        subject=subject.code if subject is not None else "",
    )
    measure = MEASURES.get(signal.code)
    if measure is None:
        return reverse("kpi:dashboard")
    address = f"{reverse('kpi:figure', args=[signal.code])}?{asked.query()}"
    if not may_drill:
        return address
    part = "&deel=niet" if measure.has_norm and measure.kind == SHARE else ""
    return f"{address}{part}#lijst"


def _tally(facts: dict[str, Any]) -> Tally:
    return Tally(facts["numerator"], facts["denominator"])


def _value(measure: Measure, tally: Tally, target: float | None = None) -> str:
    if measure.kind == COUNT:
        return words.counted(measure.noun, tally.numerator)
    value = value_of(measure, tally)
    shown = words.value_text(measure, value)
    if measure.kind != SHARE or value is None:
        return shown
    return f"{_percent(value, target)} ({words.hits_of(measure, tally)})"


def _from_to(measure: Measure, facts: dict[str, Any]) -> tuple[str, str]:
    """The band in the figure's own unit; a count is a whole number, and a number that is told lies outside what is said."""
    low, high = facts["low"], facts["high"]
    if measure.kind == COUNT:
        return wording.number(ceil(low)), wording.number(floor(high))
    if measure.kind == SHARE:
        return wording.number(round(low)), _percent(round(high))
    return words.value_text(measure, low), words.value_text(measure, high)


def _percent(value: float, target: float | None = None) -> str:
    return wording.percent(beside(value, target) / 100)


def _inside(name: str) -> str:
    """A week or a Dutch month inside a sentence begins with a small letter."""
    return name if wording.language() == "en" and not name.startswith("Week") else name[:1].lower() + name[1:]
