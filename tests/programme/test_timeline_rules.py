"""The timeline puts every project, milestone and dependency in its place, whatever the dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from programme.timeline import Plan, Step, next_step, span_of, step_kind, timeline, wrap
from programme.timeline_scale import NAMES, WORDS

TODAY = date(2026, 11, 25)


def plan(key: str, begin: date, end: date, group: str = "Digitaal", **more: object) -> Plan:
    return Plan(key=key, name=f"Project {key}", group=group, starts_on=begin, ends_on=end, **more)  # type: ignore[arg-type]


WEBSITE = plan("a", date(2018, 1, 1), date(2019, 12, 31), tone="done")
FORMS = plan("b", date(2020, 1, 1), date(2021, 6, 30), waits_for=("a",))
LETTERS = plan("c", date(2018, 7, 1), date(2019, 6, 30), group="Schriftelijk", waits_for=("a",))


@pytest.mark.parametrize(
    ("plans", "today", "expected"),
    [
        ([WEBSITE, FORMS, LETTERS], TODAY, (date(2018, 1, 1), date(2021, 12, 31))),
        ([], TODAY, (date(2026, 1, 1), date(2026, 12, 31))),
        (
            [plan("x", date(2026, 2, 3), date(2026, 2, 3), steps=(Step("later", date(2028, 5, 1)),))],
            TODAY,
            (date(2026, 1, 1), date(2028, 12, 31)),
        ),
        ([plan("x", date(1950, 1, 1), date(2090, 1, 1))], TODAY, (date(2027, 1, 1), date(2038, 12, 31))),
    ],
)
def test_the_drawing_spans_whole_years_and_never_more_than_twelve(
    plans: list[Plan], today: date, expected: tuple[date, date]
) -> None:
    assert span_of(plans, today) == expected


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Step("gedaan", date(2026, 1, 1), done_on=date(2026, 3, 1)), "done"),
        (Step("vandaag", TODAY), "planned"),
        (Step("gisteren", TODAY - timedelta(days=1)), "late"),
        (Step("straks", TODAY + timedelta(days=1)), "planned"),
    ],
)
def test_a_milestone_is_late_only_from_the_day_after(step: Step, kind: str) -> None:
    assert step_kind(step, TODAY) == kind


def test_bars_lie_within_the_days_and_in_the_order_of_time() -> None:
    drawn = timeline([WEBSITE, FORMS, LETTERS], today=date(2020, 7, 1))
    website, forms, letters = drawn.rows
    assert website.x == NAMES and website.end == pytest.approx(forms.x, abs=0.2)
    assert letters.end <= WORDS
    assert website.passed == website.width  # done: all of it is over
    assert 0 < forms.passed < forms.width  # half a year of the year and a half
    assert drawn.today_x is not None and NAMES < drawn.today_x < WORDS
    assert [group.name for group in drawn.groups] == ["Digitaal", "Schriftelijk"]
    assert all(a.y < b.y for a, b in pairwise(drawn.rows))
    assert drawn.rows[-1].y < drawn.height


def test_today_is_not_drawn_when_it_lies_outside() -> None:
    assert timeline([WEBSITE], today=date(2026, 1, 1)).today_x is None


def test_years_have_four_quarters_unless_they_are_too_narrow() -> None:
    few = timeline([WEBSITE], today=TODAY)
    assert [tick.label for tick in few.years] == ["2018", "2019"]
    assert [tick.label for tick in few.quarters] == ["1", "2", "3", "4"] * 2
    assert len(timeline([plan("x", date(2015, 1, 1), date(2026, 1, 1))], today=TODAY).quarters) == 48
    assert timeline([plan("x", date(2000, 1, 1), date(2030, 1, 1))], today=TODAY).quarters


@pytest.mark.parametrize(
    ("first", "last"), [(date(2020, 3, 15), date(2020, 3, 15)), (date(2020, 12, 31), date(2021, 1, 1))]
)
def test_any_window_is_drawn_also_of_one_day(first: date, last: date) -> None:
    drawn = timeline([WEBSITE, FORMS], today=TODAY, first=first, last=last)
    assert all(NAMES <= row.x <= row.end <= WORDS for row in drawn.rows)


def test_a_dependency_goes_from_end_to_end_and_says_when_it_is_tight() -> None:
    drawn = timeline([WEBSITE, FORMS, LETTERS], today=TODAY)
    assert [(link.from_.key, link.to.key, link.is_tight) for link in drawn.links] == [
        ("a", "b", False),
        ("a", "c", True),
    ]
    assert all(link.path.startswith(f"M{drawn.rows[0].end:.1f} ") for link in drawn.links)


def test_a_dependency_on_nothing_or_on_itself_is_not_drawn() -> None:
    drawn = timeline([plan("x", date(2020, 1, 1), date(2020, 2, 1), waits_for=("x", "gone"))], today=TODAY)
    assert drawn.links == []


def test_milestones_show_where_they_stood_before_they_were_moved() -> None:
    steps = (
        Step("Ontwerp", date(2020, 3, 1), done_on=date(2020, 4, 1), first_planned_on=date(2020, 3, 1)),
        Step("Live", date(2021, 2, 1), first_planned_on=date(2021, 2, 1)),
        Step("Na 2021", date(2040, 1, 1)),
    )
    drawn = timeline(
        [plan("x", date(2020, 1, 1), date(2021, 6, 30), steps=steps)],
        today=TODAY,
        first=date(2020, 1, 1),
        last=date(2021, 12, 31),
    )
    done, live = drawn.rows[0].marks
    assert (done.kind, done.shifted_from is not None) == ("done", True)
    assert (live.kind, live.shifted_from) == ("late", None)
    assert next_step(drawn.rows[0].plan) == steps[1]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Website nieuwe stijl", ("Website nieuwe stijl",)),
        (
            "Eén afsprakenmodule voor alle teams van de gemeente",
            ("Eén afsprakenmodule voor alle teams", "van de gemeente"),
        ),
        ("x" * 50, ("x" * 37, "x" * 13)),
        ("woord " * 30, ("woord woord woord woord woord woord", "woord woord woord woord woord woord…")),
        ("   ", ("",)),
    ],
)
def test_names_stay_within_their_column(name: str, lines: tuple[str, ...]) -> None:
    assert wrap(name) == lines
    assert all(len(line) <= 37 for line in wrap(name))


def test_two_hundred_projects_are_two_hundred_rows() -> None:
    many = [
        plan(str(n), date(2018, 1, 1) + timedelta(days=n), date(2021, 1, 1), waits_for=(str(n - 1),))
        for n in range(200)
    ]
    drawn = timeline(many, today=TODAY)
    assert len(drawn.rows) == 200 and len(drawn.links) == 199
    assert drawn.height > drawn.rows[-1].y
