"""`Mijn cijfers`: one's own figures over twelve weeks, for one's own coaching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi import words
from kpi.measures.base import Tally
from kpi.own import COLLEAGUES, COUNTED_EACH, OwnFigure, OwnLine, own_lines, weeks_of
from kpi.periods import Period
from organisation import charts, wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class OwnCard:
    """One figure: over the twelve weeks, per week as a chart and as a table, and beside the colleagues when that may."""

    code: str
    name: str
    icon: str
    value: str
    unit: str
    foot: str
    beside: str
    formula: str
    chart: SafeString | str
    rows: list[tuple[str, str, str]]
    has_share: bool


@dataclass(frozen=True)
class OwnPage:
    title: str
    lead: str
    cards: list[OwnCard]
    is_empty: bool
    rule: str


def own_page(user: User, at: datetime) -> OwnPage:
    """Takes a person only from who is signed in, and no period or filter at all."""
    today = local_day(at)
    weeks = weeks_of(today)
    names = [words.period_name(week, today) for week in weeks]
    lines = own_lines(user, at)
    cards = [_card(line, weeks, names) for line in lines if not line.whole.is_empty]
    handled = lines[0].whole.denominator
    return OwnPage(
        title=ngettext(
            "You handled %(count)s question in twelve weeks", "You handled %(count)s questions in twelve weeks", handled
        )
        % {"count": wording.number(handled)}
        if cards
        else _("No figures of your own yet"),
        lead=_("%(dates)s. Only you see this page.") % {"dates": words.dates(_whole(weeks))},
        cards=cards,
        is_empty=not cards,
        rule=_(
            "You see the middle of your colleagues only when at least %(people)s of them each counted at least %(each)s. Else you could work out somebody's figure. Numbers of questions are not compared: not everybody works as many hours."
        )
        % {"people": words.number_word(COLLEAGUES), "each": words.number_word(COUNTED_EACH)},
    )


def _whole(weeks: tuple[Period, ...]) -> Period:
    return Period("dates", weeks[0].first, weeks[-1].last)


def _card(line: OwnLine, weeks: tuple[Period, ...], names: list[str]) -> OwnCard:
    figure = line.figure
    has_share = figure.hit is not None
    values = [_value(figure, week) for week in line.weeks]
    unit = "%" if has_share else ""
    ending = wording.percent_sign() if has_share else ""
    rows = [
        (name, _hits(figure, week), f"{wording.points(value)}{ending}" if value is not None else "–")
        for name, week, value in zip(names, line.weeks, values, strict=True)
    ]
    whole = _value(figure, line.whole)
    name = str(figure.name)
    return OwnCard(
        code=figure.code,
        name=name,
        icon=figure.icon,
        value=wording.points(whole) if whole is not None else "–",
        unit=unit,
        foot=_hits(figure, line.whole) if has_share else "",
        beside=_beside(line),
        formula=str(figure.formula),
        chart=charts.line(
            [
                (words.short_name(week), value, "\n".join(part for part in (row[0], row[2], row[1]) if part))
                for week, value, row in zip(weeks, values, rows, strict=True)
            ],
            None,
            ". ".join((name, *(f"{row[0]}: {row[2]}" for row in (rows[0], rows[-1])))),
            "",
            ending,
            beside=line.beside,
        ),
        rows=rows,
        has_share=has_share,
    )


def _value(figure: OwnFigure, one: Tally) -> float | None:
    """A share in percent, or the number; nothing was counted is no data for a share, and nought for a number."""
    if figure.hit is None:
        return float(one.denominator)
    return None if one.share is None else one.share * 100


def _hits(figure: OwnFigure, one: Tally) -> str:
    if one.is_empty or figure.hit is None:
        return ""
    return _("%(hits)s of %(all)s") % {
        "hits": wording.number(one.numerator),
        "all": words.counted(figure.noun, one.denominator),
    }


def _beside(line: OwnLine) -> str:
    if line.figure.hit is None:
        return ""
    if line.beside is None:
        return _("no comparison: too few colleagues")
    return _("stripe = middle of your colleagues, %(share)s") % {"share": wording.percent(line.beside / 100)}
