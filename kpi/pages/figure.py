"""The page behind a tile: how it is counted, the trend, where it comes from, and the very list of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.models import ServiceNorm
from contacts.rulebook import rulebook
from kpi import words
from kpi.measures.base import AVERAGE, SHARE, Measure
from kpi.measures.ratings import has_waiting
from kpi.pages import figure_tables as tables
from kpi.pages.beside import Fact, facts_of
from kpi.pages.cuts import Line, hits_words, parts_of, value_words
from kpi.pages.figure_counts import Counted, count
from kpi.pages.filters import Filters, Question, filters_of, heading
from kpi.pages.queues import queue_lines, team_lines
from kpi.pages.rows import RowList, row_list
from kpi.pages.sums import margin_words, needed_words, sum_words, year_words
from kpi.pages.tiles import Tile, norm_words, tile
from kpi.reach import hides_small, teams_in_reach
from kpi.seasons import says_enough
from kpi.shares import is_cut, is_few, is_small
from kpi.target import norm_of, value_of
from organisation import charts, wording
from organisation.addresses import address
from organisation.kept import Kept
from organisation.role_reach import most_rows
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class FigurePage:
    """Everything on the screen."""

    code: str
    title: str
    heading: str
    period: str
    complaint: str
    filters: Filters
    query: str
    tile: Tile
    needed: str
    year: str
    """What it was in the same period a year before; empty when that cannot stand beside it."""
    formula: str
    limits: str
    sum: str
    valid: str
    trend_title: str
    trend_norm: str
    trend: SafeString | str
    trend_rows: list[tuple[str, str, str]]
    cut_title: str
    cut_word: str
    cut: list[Line]
    teams: list[Line]
    channels: list[Line]
    half: str
    """Two tables stand side by side, one takes the whole width."""
    hours: list[tuple[str, str, str]]
    quarters: list[Line]
    facts: list[Fact]
    queues: list[Line]
    picked_up: list[Line]
    """Per team of who picked up."""
    rows: RowList | None
    is_of_answers: bool
    """There is no list: nobody sees who answered what."""
    counts_what: str
    hits_word: str
    """Head of the column of hits; empty for what has none."""
    value_word: str
    """Head of the column of the figure itself; empty when it says what the count says."""
    is_empty: bool
    may_export: bool
    may_export_rows: bool
    limit: str
    filters_html: SafeString | str = ""
    html: SafeString | str = ""
    """What is between the filters and the list."""


_kept: Final[Kept[FigurePage]] = Kept(24)


def figure_page(
    measure: Measure, question: Question, user: User, house: Organisation, at: datetime, params: Mapping[str, str]
) -> FigurePage:
    """The figures in words, kept under the counts themselves and everything else that they show (ADR 15); the list is read anew."""
    today = local_day(at)
    counted = count(measure, question, at, today)
    certain = margin_words(measure, question.scope)
    shown_to = (house.version, wording.language(), today, user.rights, most_rows(user), teams_in_reach(user))
    waits = counted.trend[-1].is_empty and has_waiting(measure, question.asked.period)
    made = _kept.get(
        (measure.code, question, shown_to, certain, waits, counted.key),
        lambda: _made(measure, question, user, house, today, counted, certain),
    )
    norm = norm_of(measure, question.scope, house, rulebook(house), question.asked.period.newest_day(today))
    small = hides_small(user)
    made = replace(
        made,
        queues=queue_lines(measure, question.scope, at, norm, small=small),
        picked_up=team_lines(measure, question.scope, house, at, norm, small=small),
    )
    if not measure.has_list or not user.may(Right.FIGURES_DRILL):
        return made
    rows = row_list(measure, question.scope, question.asked, user, house, at, counted.trend[-1], params)
    return replace(made, rows=rows)


def _made(
    measure: Measure, question: Question, user: User, house: Organisation, today: date, counted: Counted, certain: str
) -> FigurePage:
    """Everything but the list."""
    scope, period = question.scope, question.asked.period
    norm = norm_of(measure, scope, house, rulebook(house), period.newest_day(today))
    _parts, cut_word = parts_of(period)
    now = counted.trend[-1]
    small = hides_small(user)
    hides_few = small and is_cut(measure, scope)
    is_hidden = hides_few and is_few(measure, now)
    query = question.asked.query()
    shown_tile = tile(measure, counted.trend, norm, period, today=today, hides_small=hides_few, has_link=False)
    name = words.name_of(measure, norm)
    trend, trend_rows = _trend(measure, counted, norm, name, today, small)
    teams = tables.per_team(measure, question, house, counted, today, small)
    channels = tables.per_channel(measure, question, house, counted, today, small)
    page = FigurePage(
        code=measure.code,
        title=name,
        heading=heading(question),
        period=words.period_name(period, today),
        complaint=question.complaint,
        filters=filters_of(question, user, house, today),
        query=query,
        tile=shown_tile,
        needed=(certain or needed_words(measure, now, norm)) if not is_hidden else "",
        year=year_words(measure, counted.year, period, today)
        if not is_hidden and says_enough(measure, counted.year, hides_small=hides_few)
        else "",
        formula=str(measure.formula),
        limits=_limits(measure, house, today),
        sum=""
        if is_hidden or (hides_few and any(is_small(one) for one in counted.beside.values()))
        else sum_words(measure, now, counted.beside, norm),
        valid=_valid(norm),
        trend_title=words.some_periods(period.kind, len(counted.line)),
        trend_norm=norm_words(norm),
        trend=trend,
        trend_rows=trend_rows,
        cut_title=_("Per %(period)s") % {"period": cut_word},
        cut_word=cut_word[:1].upper() + cut_word[1:],
        cut=tables.per_part(measure, question, house, counted, today, small),
        teams=teams,
        channels=channels,
        half="col-6" if len(counted.by_team) > 1 and len(counted.by_channel) > 1 else "col-12",
        hours=tables.per_hour(measure, counted, norm, small),
        quarters=tables.per_quarter(measure, counted, norm, small),
        facts=[] if is_hidden else facts_of(measure, query, counted.beside, scope, small),
        is_of_answers=not measure.has_list,
        queues=[],
        picked_up=[],
        rows=None,
        counts_what=words.counted(measure.noun, now.denominator),
        hits_word=words.hits_word(measure),
        value_word=words.value_word(measure),
        is_empty=now.is_empty,
        may_export=user.may(Right.FIGURES_EXPORT),
        may_export_rows=user.may(Right.LISTS_EXPORT),
        limit=wording.number(most_rows(user)),
    )
    controls = {"filters": page.filters, "address": address("kpi:figure", measure.code)}
    return replace(
        page,
        filters_html=mark_safe(render_to_string("kpi/filters.html", controls)),  # noqa: S308 - a rendered template
        html=mark_safe(render_to_string("kpi/figure_counted.html", {"page": page})),  # noqa: S308 - a rendered template
    )


def _trend(
    measure: Measure, counted: Counted, norm: ServiceNorm | None, name: str, today: date, small: bool
) -> tuple[SafeString | str, list[tuple[str, str, str]]]:
    """The line of the last periods, when there are more than two, and the table below it."""
    values = [
        None if small and (one.is_empty or is_few(measure, one)) else value_of(measure, one) for one in counted.trend
    ]
    target = norm.target if norm else None
    rows = [
        (words.period_name(one, today), hits_words(measure, tally_, small), value_words(measure, value, target))
        for one, tally_, value in zip(counted.line, counted.trend, values, strict=True)
    ]
    if len(counted.line) <= 2:
        return "", rows
    points = [
        (words.short_name(one), value, "\n".join(part for part in (row[0], row[2], row[1]) if part))
        for one, value, row in zip(counted.line, values, rows, strict=True)
    ]
    chart = charts.line(
        points,
        float(target) if target is not None else None,
        ". ".join((name, *(f"{row[0]}: {row[2]}" for row in (rows[0], rows[-1])))),
        _("above the norm"),
        wording.percent_sign() if measure.kind == SHARE else "",
    )
    return chart, rows


def _limits(measure: Measure, house: Organisation, today: date) -> str:
    """The limits of the formula that hold for new calls; each call keeps those of its own day."""
    if measure.source.name != "call" or measure.kind == AVERAGE:
        return ""
    return _(
        "Now: picked up within %(pickup)s seconds; hanging up within %(short)s seconds does not count. Every call keeps the limits of its own day."
    ) % {
        "pickup": rulebook(house).pickup_seconds(today, house),
        "short": house.municipality.short_abandon_seconds,
    }


def _valid(norm: ServiceNorm | None) -> str:
    """From when, and until when, the norm holds."""
    if norm is None:
        return ""
    if norm.valid_until:
        return _("norm from %(first)s until %(last)s") % {
            "first": wording.day(norm.valid_from),
            "last": wording.day(norm.valid_until),
        }
    return _("norm from %(first)s") % {"first": wording.day(norm.valid_from)}
