"""Which figures of one team, channel or subject are hidden because those beside it would follow from the whole: the rule of a table, kept for
who asks its lines one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from channels_app.models.channel import DIGITAL_CHANNELS
from kpi.measures.base import Measure, Tally
from kpi.reading import Ask, read, state
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.shares import instead_of
from organisation.snapshot import Organisation

TEAM, CHANNEL, SUBJECT = "team", "channel", "subject"
COUNTED_AS: Final = {"contacts.per_question": "questions.asked"}
"""Figures that are not rolled up, with one of the same rows that is."""
Cells = Mapping[str, Tally]


def kept_back(
    measures: Iterable[Measure], scope: Scope, house: Organisation, *, at: datetime, today: date
) -> frozenset[str]:
    """The codes of these figures that a table of all teams, channels or subjects hides of this part, or of one that it lies in."""
    asked = {one.code: MEASURES[COUNTED_AS.get(one.code, one.code)] for one in measures}
    codes = tuple(sorted({one.code for one in asked.values()}))
    found: set[str] = set()
    held = state()
    for cut, whole in dict.fromkeys(_tables(scope)):
        (answer,) = read([Ask(codes, (scope.period,), cut)], whole, at=at, today=today, held=held)
        by_code: dict[str, dict[str, Tally]] = defaultdict(dict)
        for (code, _place, key), one in answer.items():
            by_code[code][key] = one
        for code, measure in asked.items():
            cells = by_code[measure.code]
            if any(_is_hidden(measure, table, key, cut) for table, key in _lines(cut, scope, cells, house)):
                found.add(code)
    return frozenset(found)


def _tables(scope: Scope) -> Iterator[tuple[str, Scope]]:
    """What a table is cut by, and of what, for every table in which this part or one that it lies in is a line."""
    for cut, whole in (
        (TEAM, replace(scope, team_ids=None)),
        (CHANNEL, replace(scope, channel="")),
        (SUBJECT, replace(scope, subject_ids=None)),
    ):
        if whole != scope:
            yield cut, whole
            yield from _tables(whole)


def _lines(cut: str, scope: Scope, cells: Cells, house: Organisation) -> Iterator[tuple[Cells, str]]:
    """The tables, and the key of the line that this part has there: of a subject one for itself and one for each above it."""
    if cut == TEAM:
        yield from ((cells, str(pk)) for pk in scope.team_ids or ())
    elif cut == CHANNEL:
        yield cells, scope.channel
    else:
        yield from _subjects(scope.subject_ids or frozenset(), cells, house)


def _subjects(chosen: frozenset[int], cells: Cells, house: Organisation) -> Iterator[tuple[Cells, str]]:
    """Beside each other stand the subjects below one subject, with what was asked about that one itself."""
    below: dict[int | None, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for key, one in cells.items():
        line = house.subject_line(int(key)) if key else []
        for subject in line:
            below[subject.parent_id][str(subject.pk)] += one
        below[line[0].pk if line else None][""] += one
    for top in (house.subjects[pk] for pk in chosen if house.subjects[pk].parent_id not in chosen):
        for subject in house.subject_line(top.pk):
            yield below[subject.parent_id], str(subject.pk)


def _is_hidden(measure: Measure, cells: Cells, key: str, cut: str) -> bool:
    filled = {name: one for name, one in cells.items() if not one.is_empty}
    levels = [[name in DIGITAL_CHANNELS for name in filled]] if cut == CHANNEL else []
    said = instead_of(measure, list(filled.values()), *levels)
    if said is None:
        return True
    return key in filled and bool(said[list(filled).index(key)])
