"""Nothing under ten follows from what stands beside it: in a table, on the same screen, in the same report or in the same file."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.models.channel import DIGITAL_CHANNELS
from kpi.exports import _told
from kpi.measures.base import Tally
from kpi.pages.cuts import Cell, lines_of
from kpi.pages.ways import held_rows
from kpi.periods import period_of
from kpi.reach import SMALL
from kpi.registry import ANSWERS, MEASURES
from kpi.reports import parts
from kpi.reports.content import _figure, _without_few
from kpi.shares import hidden_in_groups, hidden_in_turn, is_all_hidden, is_few, parts_words
from tests.kpi.history import local

EVERY: Any = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
COUNTS = st.integers(0, 14) | st.integers(0, 60)
MANY = 10**6
WEEK = period_of("week", local("2026-11-16 12:00").date())
CHANNELS = ("phone", "email", "form", "chat", "social", "letter", "counter")
DIGITAL = MEASURES["contacts.digital"]
Sums = Sequence[tuple[Sequence[int], int]]


@pytest.fixture(autouse=True)
def _addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cuts", "ways"):
        monkeypatch.setattr(f"kpi.pages.{module}.address", lambda *_args, **_more: "/")


def possible(words: Sequence[str], sums: Sums, least: int = SMALL) -> list[tuple[int, int]]:
    """Between which each cell must lie, for who reads the words and knows these sums (places, total). `least`: of a cell with a dash."""
    known = {f"< {SMALL}": (1, SMALL - 1), "–": (least, MANY)}
    cells = [known.get(word) or (int(word.replace(".", "")),) * 2 for word in words]
    for _round in range(40):
        for places, total in sums:
            low, high = sum(cells[place][0] for place in places), sum(cells[place][1] for place in places)
            for place in places:
                its_low, its_high = cells[place]
                cells[place] = max(its_low, total - (high - its_high)), min(its_high, total - (low - its_low))
    return cells


def nobody_is_told(counts: Sequence[int], words: Sequence[str], sums: Sums, least: int = SMALL) -> None:
    for count, (low, high) in zip(counts, possible(words, sums, least), strict=True):
        assert low <= count <= high, "the words are true"
        assert not 0 < count < SMALL or low < high, (counts, words, sums)


def split(places: Sequence[int], digital: Sequence[bool], counts: Sequence[int]) -> Sums:
    """The sums of what is digital and of what is not."""
    groups = [[place for place in places if digital[place] is kind] for kind in (True, False)]
    return [(group, sum(counts[place] for place in group)) for group in groups]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([60, 35, 4], ["60", "–", "< 10"]),
        ([60, 10, 10, 4], ["60", "–", "–", "< 10"]),  # beside a 10 that is shown, the next smallest is 10 too
        ([60, 30, 10, 1], ["60", "–", "–", "< 10"]),  # two cells that are 11 together can only be 1 and 10
        ([60, 30, 9, 9], ["60", "–", "< 10", "< 10"]),  # two under ten that are 18 together can only be nine each
        ([60, 30, *[1] * 10], ["60", "–", *["< 10"] * 10]),  # ten cells that are ten together would be one each
        ([10, 1, 0], ["–", "–", "–"]),  # nothing is left to hide them behind, and the nought would say who is left
        ([60, 0, 12], ["60", "0", "12"]),
    ],
)
def test_the_words_of_hidden_cells_leave_more_than_one_possibility(counts: list[int], words: list[str]) -> None:
    with translation.override("nl"):
        assert parts_words(counts, hidden_in_groups(counts, [True] * len(counts))) == words


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 40, 90], [12, 40, 90]),
        ([4, 40, 90], [None, 40, 90]),
        ([10, 12, 90], [None, 12, 90]),  # October had 2
        ([10, 12, 15], [None, None, 15]),
        ([12, 12, 12], [12, 12, 12]),  # January is its quarter and its year
        ([0, 12, 40], [0, 12, 40]),
        ([3, 5, 7], [None, None, None]),
        ([], []),
    ],
)
def test_no_month_follows_from_its_quarter_nor_a_quarter_from_its_year(
    counts: list[int], shown: list[int | None]
) -> None:
    hidden = hidden_in_turn(counts)
    assert [None if is_hidden else count for count, is_hidden in zip(counts, hidden, strict=True)] == shown


@EVERY
@given(st.lists(st.tuples(COUNTS, st.integers(0, 2)), max_size=12))
def test_no_cell_follows_from_its_table_the_total_and_the_sums_of_its_parts(cells: list[tuple[int, int]]) -> None:
    counts, groups = [count for count, _group in cells], [group for _count, group in cells]
    levels = (groups, [True] * len(counts))
    hidden = hidden_in_groups(counts, *levels)
    if is_all_hidden(counts, hidden):
        return  # the table is left out
    sums = [([place for place, one in enumerate(groups) if one == group]) for group in set(groups)]
    told = [(places, sum(counts[place] for place in places)) for places in sums]
    if any(0 < total < SMALL for _places, total in told) or any(len(places) >= SMALL for places in sums):
        told = []  # a part under ten is hidden itself; no table has so many cells in a part
    whole = (range(len(counts)), sum(counts))
    filled = [place for place, count in enumerate(counts) if count]
    with translation.override("nl"):
        words = parts_words(counts, hidden)
    nobody_is_told(counts, words, [*told, whole])
    assert all(not hidden[place] or counts[place] for place in filled)


@EVERY
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=len(CHANNELS), max_size=len(CHANNELS)))
def test_no_channel_follows_from_a_report(pairs: list[tuple[int, int]]) -> None:
    answer = {
        (DIGITAL.code, place, code): Tally(pair[place] if code in DIGITAL_CHANNELS else 0, pair[place])
        for code, pair in zip(CHANNELS, pairs, strict=True)
        for place in (0, 1)
    }
    before, now = (sum((answer[DIGITAL.code, place, code] for code in CHANNELS), Tally()) for place in (0, 1))
    with translation.override("nl"):
        rows = parts.channels(answer, hides_small=True)
        figure = _without_few(DIGITAL, _figure(DIGITAL, now, before, None, WEEK), now, before)
    counts = [[pairs[CHANNELS.index(row["code"])][place] for row in rows] for place in (0, 1)]
    digital = [row["code"] in DIGITAL_CHANNELS for row in rows]
    for place, name, tells_digital in ((0, "before", figure["before"]), (1, "count", figure["numerator"])):
        sums: Sums = [(range(len(rows)), parts.volume(answer, place))] if rows else []
        if tells_digital is not None:
            sums = [*sums, *split(range(len(rows)), digital, counts[place])]
        words = [row[f"{name}_shown"] for row in rows]
        nobody_is_told(counts[place], words, sums, least=0 if set(words) == {"–"} else SMALL)
        assert [row[name] for row in rows] == [
            count if word not in ("–", "< 10") else None for count, word in zip(counts[place], words, strict=True)
        ]
    assert all((row["delta"] == "") == (None in (row["count"], row["before"])) for row in rows)


@EVERY
@given(st.lists(COUNTS, max_size=8))
def test_no_team_follows_from_a_report_or_from_the_time_that_teams_had_questions(counts: list[int]) -> None:
    house: Any = SimpleNamespace(teams={pk: SimpleNamespace(pk=pk, name=f"{pk}", code="") for pk in range(len(counts))})
    asked: Any = SimpleNamespace(query=lambda **_change: "")
    kept = {(ANSWERS[0], 0, str(pk)): Tally(count // 2, count) for pk, count in enumerate(counts)}
    held = {("teams.held", 0, str(pk)): Tally(count * 60, count) for pk, count in enumerate(counts) if count}
    with translation.override("nl"):
        of_report = {row["name"]: row for row in parts.teams(kept, house)}
        of_screen = {row.name: row.note for row in held_rows(held, house, asked, hides_small=True)}
    words = {
        name: f"{row['denominator']}" if row["denominator"] is not None else row["behind"]
        for name, row in of_report.items()
    }
    for told in (words, of_screen):
        its = [counts[int(name)] for name in told]
        assert not told or (its and sum(its) == sum(counts))
        nobody_is_told(its, list(told.values()), [(range(len(its)), sum(its))])


@EVERY
@given(st.lists(COUNTS, min_size=len(CHANNELS), max_size=len(CHANNELS)), st.booleans())
def test_no_channel_follows_from_the_page_of_a_figure_or_from_its_file(counts: list[int], is_share: bool) -> None:
    """The share of digital channels tells how many were digital; beside the questions that were asked it stands as well."""
    measure = DIGITAL if is_share else MEASURES["questions.asked"]
    found = {
        code: Tally(count if not is_share or code in DIGITAL_CHANNELS else 0, count)
        for code, count in zip(CHANNELS, counts, strict=True)
        if count
    }
    share = sum((Tally(one.denominator if code in DIGITAL_CHANNELS else 0, one.denominator) for code, one in found.items()), Tally())  # fmt: skip
    digital = [code in DIGITAL_CHANNELS for code in found]
    with translation.override("nl"):
        lines = lines_of(measure, [Cell(code, "", one, None) for code, one in found.items()], True, digital)
        cells = [
            (code, instead or str(one.denominator))
            for code, one, instead in _told(measure, list(found.items()), True, digital)
        ]
    assert cells == [(line.name, line.count) for line in lines]
    its = [found[code].denominator for code, _word in cells]
    sums: Sums = [(range(len(its)), sum(its))]
    if not is_few(DIGITAL, share):
        sums = [*sums, *split(range(len(its)), digital, its)] if its else []
    nobody_is_told(its, [word for _code, word in cells], sums)
