"""A figure made of too few answers is shown as that: neither met nor missed."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import ServiceNorm
from kpi.measures.base import Tally
from kpi.pages.cuts import Cell, lines_of
from kpi.pages.tiles import Tile, tile
from kpi.periods import period_of
from kpi.reach import SMALL
from kpi.registry import MEASURES
from kpi.shares import hidden_of
from kpi.target import judge

RATED = replace(MEASURES["phone.pickup"], min_answers=10, noun="answer")
NORM = ServiceNorm(code="phone.pickup", name="Cijfer", target=90)
WEEK = period_of("week", date(2026, 11, 16))


@pytest.fixture(autouse=True)
def _addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.pages.tiles.address", lambda *_args, **_more: "/")


def shown(*tallies: Tally) -> Tile:
    with translation.override("nl"):
        return tile(RATED, tallies, NORM, WEEK, today=date(2026, 11, 25))


def test_seven_answers_of_ten_are_neither_met_nor_missed() -> None:
    made = shown(Tally(20, 20), Tally(7, 7))
    assert (made.css, made.value, made.state) == ("none", "–", "te weinig antwoorden")
    assert made.foot == "7 antwoorden; 10 nodig"
    assert made.delta == ""
    assert judge(RATED, Tally(0, 9), NORM, WEEK.last).is_met is None


def test_ten_answers_are_enough() -> None:
    made = shown(Tally(3, 3), Tally(10, 10))
    assert (made.css, made.state) == ("ok", "norm gehaald")
    assert made.delta == "", "the period before had too few answers to compare with"


def test_no_answers_at_all_is_no_data() -> None:
    assert shown(Tally()).state == "geen gegevens"


@pytest.mark.parametrize(
    ("code", "target", "tally", "is_met", "state", "wanted"),
    [
        ("rating.clear_language", 68, Tally(17, 25), False, "nog niet boven de norm", "norm meer dan 68\u00a0%"),
        ("rating.clear_language", 68, Tally(6801, 10_000), True, "norm gehaald", "norm meer dan 68\u00a0%"),
        ("rating.clear_language", 68, Tally(6799, 10_000), False, "0,1 punt onder de norm", "norm meer dan 68\u00a0%"),
        ("rating.phone", 7, Tally(70, 10), True, "norm gehaald", "norm 7,0"),
    ],
)
def test_what_the_plan_wants_above_its_beginning_is_not_met_by_what_equals_it(
    code: str, target: int, tally: Tally, is_met: bool, state: str, wanted: str
) -> None:
    norm = ServiceNorm(code=code, name="Norm", target=target, unit="score" if MEASURES[code].is_mark else "share")
    with translation.override("nl"):
        made = tile(MEASURES[code], [tally], norm, WEEK, today=date(2026, 11, 25))
    assert judge(MEASURES[code], tally, norm, WEEK.last).is_met is is_met
    assert (made.css, made.state, made.norm) == ("ok" if is_met else "below", state, wanted)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 60), max_size=9))
def test_what_is_hidden_in_a_table_is_ten_or_more_so_no_subtraction_from_the_total_gives_it_away(
    counts: list[int],
) -> None:
    hidden = hidden_of(counts)
    assert all(is_hidden for count, is_hidden in zip(counts, hidden, strict=True) if 0 < count < SMALL)
    together = sum(count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden)
    has_large = any(count >= SMALL for count in counts)
    assert together == 0 or together >= SMALL or not has_large
    shown = [count for count, is_hidden in zip(counts, hidden, strict=True) if not is_hidden]
    assert all(count == 0 or count >= SMALL for count in shown)


def test_the_table_of_who_sees_aggregates_only_hides_the_next_smallest_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.pages.cuts.address", lambda *_args, **_more: "/")
    tallies = {"A": Tally(50, 60), "B": Tally(20, 35), "C": Tally(1, 4)}
    cells = [Cell(name, "", one, NORM) for name, one in tallies.items()]
    with translation.override("nl"):
        told = [(one.name, one.count, one.hits) for one in lines_of(RATED, cells, small=True)]
        every = [one.count for one in lines_of(RATED, cells, small=False)]
    assert told == [("A", "60", "50"), ("B", "–", "–"), ("C", "< 10", "–")]
    assert every == ["60", "35", "4"]
