"""Promises and their results in words: the same on the screen, in the file, in a report and in what is kept of a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.actions.change_norm import length_words
from contacts.models import ServiceNorm
from contacts.norms.clock import TIME_UNITS
from contacts.rulebook import rulebook
from kpi import words
from kpi.measures.base import Tally
from kpi.periods import Period
from kpi.promises import Promise, norm_on, results
from kpi.shares import hidden_in_turn, hidden_words
from kpi.target import judge
from organisation import wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day

MET, BELOW, TOO_FEW, NO_DATA, NO_NORM, HIDDEN = "met", "below", "too_few", "no_data", "no_norm", "hidden"


@dataclass(frozen=True)
class Cell:
    """How a promise was kept in one period; hidden from who sees aggregates only when it is too small."""

    period: Period
    tally: Tally
    state: str
    shown: str
    behind: str
    words: str
    target: float | None
    value: float | None = None
    """Percent for a share, the mean for a mark; None without data."""


@dataclass(frozen=True)
class Row:
    """One promise: its norm on the day that was asked, and a cell for each period."""

    promise: Promise
    name: str
    terms: str
    """`binnen 5 werkdagen, in 90 % van de gevallen`; empty when no norm holds on that day."""
    norm: ServiceNorm | None
    is_own: bool
    """The norm is narrowed to this team."""
    cells: tuple[Cell, ...]


def name_of(promise: Promise, house: Organisation) -> str:
    """The measure's name, for a norm narrowed to a team may have another length than its own name says."""
    norms = rulebook(house).norms.get(promise.code, [])
    name = str(promise.measure.name) if promise.measure is not None else norms[0].name if norms else promise.code
    subject = house.subjects.get(promise.subject_id) if promise.subject_id is not None else None
    return f"{name}: {subject.name}" if subject is not None else name


def terms_of(norm: ServiceNorm | None) -> str:
    if norm is None:
        return ""
    if norm.is_start:
        return words.target_of(norm)
    if norm.unit == ServiceNorm.Unit.SCORE:
        return _("mark of at least %(mark)s") % {"mark": wording.number(norm.target, 1)}
    share = wording.percent(norm.target / 100)
    if norm.length is None or norm.unit not in TIME_UNITS:
        return _("in %(share)s of the cases") % {"share": share}
    length = length_words(norm.unit, norm.length)
    return _("within %(length)s, in %(share)s of the cases") % {"length": length, "share": share}


def cell_of(promise: Promise, tally: Tally, norm: ServiceNorm | None, period: Period, is_hidden: bool) -> Cell:
    target = float(norm.target) if norm is not None else None
    measure = promise.measure
    if measure is None or tally.is_empty:
        return Cell(period, Tally(), NO_DATA, "–", "", _("no data"), target)
    if is_hidden:
        return Cell(period, Tally(), HIDDEN, "–", hidden_words(tally.denominator), _("too few to show"), target)
    if measure.is_too_few(tally):
        return Cell(
            period,
            Tally(),
            TOO_FEW,
            "–",
            words.counted(measure.noun, tally.denominator),
            _("too few answers"),
            target,
        )
    verdict = judge(measure, tally, norm, period.last)
    if verdict.is_met is None:
        state, said = NO_NORM, _("no norm")
    else:
        state, said = (MET, _("met")) if verdict.is_met else (BELOW, _("not met"))
    return Cell(
        period,
        tally,
        state,
        words.shown(measure, verdict.value, verdict.target),
        words.hits_of(measure, tally),
        said,
        target,
        verdict.value,
    )


def rows_of(
    asked: Sequence[tuple[int, Promise]],
    periods: Sequence[Period],
    day: date,
    house: Organisation,
    at: datetime,
    small: bool = False,
) -> list[Row]:
    """A row for each (team, promise), in their order. `small`: for who sees aggregates only; each period then lies within the next."""
    found = results(asked, periods, house, at)
    rows = []
    for team_id, promise in asked:
        norm = norm_on(promise, team_id, day, house)
        tallies = [found.get((team_id, promise.key, number), Tally()) for number in range(len(periods))]
        hidden = hidden_in_turn([one.denominator for one in tallies]) if small else [False] * len(tallies)
        cells = tuple(
            cell_of(
                promise, tally, norm_on(promise, team_id, period.newest_day(local_day(at)), house), period, is_hidden
            )
            for period, tally, is_hidden in zip(periods, tallies, hidden, strict=True)
        )
        is_own = norm is not None and norm.team_id == team_id
        rows.append(Row(promise, name_of(promise, house), terms_of(norm), norm, is_own, cells))
    return rows


def count_words(rows: Sequence[Row], number: int) -> str:
    """`drie van de vier gehaald` in this period; empty when nothing can be judged."""
    judged = [row.cells[number].state for row in rows if row.cells[number].state in (MET, BELOW)]
    met = judged.count(MET)
    if not judged:
        return ""
    if met == len(judged):
        return ngettext("the one promise kept", "all %(count)s promises kept", met) % {"count": words.number_word(met)}
    return ngettext("%(met)s of the %(all)s promise kept", "%(met)s of the %(all)s promises kept", len(judged)) % {
        "met": words.number_word(met),
        "all": words.number_word(len(judged)),
    }


def kept_words(cells: Sequence[Mapping[str, Any]], small: bool) -> list[tuple[str, str]]:
    """What was kept of a row, as it is shown: too small for who sees aggregates only is then as hidden as it is now."""
    hidden = hidden_in_turn([cell.get("denominator", 1) for cell in cells]) if small else [False] * len(cells)
    return [
        ("–", _("too few to show"))
        if is_hidden and cell["state"] in (MET, BELOW, NO_NORM)
        else (cell["shown"], cell["words"])
        for cell, is_hidden in zip(cells, hidden, strict=True)
    ]


def kept(rows: Sequence[Row]) -> list[dict[str, object]]:
    """What is kept of the results with a talk: words and numbers as they were, and of how many, for who may not see a few."""
    return [
        {
            "name": row.name,
            "terms": row.terms,
            "cells": [
                {
                    "period": words.period_name(cell.period, date(1, 1, 1)),
                    "shown": cell.shown,
                    "behind": cell.behind,
                    "state": cell.state,
                    "words": cell.words,
                    "denominator": cell.tally.denominator,
                }
                for cell in row.cells
            ],
        }
        for row in rows
    ]
