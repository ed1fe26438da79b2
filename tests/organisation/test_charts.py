"""What the charts draw at their edges: one point, all the same, nothing, gaps, beyond a hundred, a part that is nearly the whole."""

import random
import re

import pytest

from organisation.chart_places import is_free
from organisation.charts import _scale, line, spark, stacked
from organisation.wording import percent, points

NUMBER = re.compile(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height|points)="([^"]*)"')


@pytest.mark.parametrize(
    "values",
    [
        [50.0],
        [100.0],
        [0.0],
        [100.0] * 12,
        [0.0] * 12,
        [None, 50.0, None],
        [1.0, None, None, 2.0],
        [99.96, 99.97],
        [0.001, 0.002],
        [90.0, 240.0],
        [7.1, 6.9, 8.0],
        [1_000_000.0, 3.0],
    ],
)
@pytest.mark.parametrize("target", [None, 0.0, 90.0, 100.0])
def test_everything_lies_within_the_drawing(values: list[float | None], target: float | None) -> None:
    low, high, step = _scale([value for value in [*values, target] if value is not None])
    assert low < high and 1 <= round((high - low) / step) <= 7
    drawn = str(line([(f"{n}", value, "") for n, value in enumerate(values)], target, "", "", beside=target))
    small = str(spark(values, target, ""))
    for text, most in ((drawn, 380), (small, 120)):
        for found in NUMBER.findall(text):
            assert all(-0.1 <= float(one) <= most for one in re.split("[ ,]", found)), found


@pytest.mark.parametrize(
    "values",
    [
        [100, 100, 100, 100, 91, 100, 100, 94, 85.7, 100, 100, 81.8],
        [100, 50],
        [60, 100, 60, 100, 60, 100],
        [95, 100, None, 70],
        [70, 71, 99, 72, 71],
        [88] * 8,
        [0, 100, 0],
        [80, 85, 90, 93],
    ],
)
def test_no_line_runs_through_words(values: list[float | None]) -> None:
    for beside in (None, 88.0):
        found = touched(values, beside)
        assert not found["label"] and found["band"] == (values.count(100) > 5), "no room above many full marks"


def test_the_last_value_near_the_top_stands_over_the_drawing_when_lines_are_all_around() -> None:
    for last in (100, 97):
        values = [0 if week % 2 else 100 for week in range(12)]
        for beside in (None, 88.0):
            assert not touched([*values, last], beside)["label"]


def test_of_many_series_few_have_no_room_and_the_band_always_has_its_name() -> None:
    chance = random.Random(7)
    found = []
    for _series in range(300):
        values = [
            chance.choice([None, *(chance.uniform(60, 100) for _ in range(5))]) for _ in range(chance.randint(2, 13))
        ]
        found.append(touched([*values, 90.0], chance.choice([None, chance.uniform(70, 100)])))
    assert sum(one["label"] for one in found) <= 6 and sum(one["band"] for one in found) <= 20


def touched(values: list[float | None], beside: float | None) -> dict[str, bool]:
    """Whether a line, the norm or the stripe to compare with runs through the last value, and through the name of the band."""
    points = [(f"{n}", value, "") for n, value in enumerate(values)]
    drawn = str(line(points, 95.0, "", "boven de norm", " %", beside=beside))
    runs = [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in found.split())]
        for found in re.findall(r'<polyline[^>]*points="([^"]+)"', drawn)
    ]
    stripes = [
        float(y) for y in re.findall(r'<line class="chart__(?:norm|beside)" x1="36" x2="380" y1="([\d.]+)"', drawn)
    ]
    assert stripes
    lines = [*runs, *([(36.0, y), (380.0, y)] for y in stripes)]
    (label,) = re.findall(r'<text class="chart__label" x="([\d.]+)" y="([\d.]+)" text-anchor="end">([^<]+)<', drawn)
    band = re.findall(r'<text class="chart__axis" x="([\d.]+)" y="([\d.]+)" text-anchor="start">([^<]+)<', drawn)
    assert len(band) == (stripes[0] - 14 > 18), "where there is a band, it has a name"
    return {
        "label": not is_free((float(label[0]), float(label[1])), label[2], "end", lines),
        "band": any(not is_free((float(x), float(y)), words, "start", lines) for x, y, words in band),
    }


def test_a_column_that_is_hidden_is_not_written_as_nought() -> None:
    drawn = stacked([("47", [], "Week 47: –"), ("48", [12, 3, 0], "Week 48: 15")], "Contacten", "")
    labels = re.findall(r'<text class="chart__label"[^>]*>([^<]*)<', drawn)
    assert labels == ["15"]
    assert ">0<" in stacked([("47", [0, 0, 0], ""), ("48", [1, 0, 0], "")], "", "")


def test_what_is_said_cannot_be_markup() -> None:
    evil = '"><script>alert(1)</script>'
    for drawn in (
        line([(evil, 1.0, evil), (evil, 2.0, evil)], 1.0, evil, evil, evil),
        spark([1.0, 2.0], 1.0, evil, [evil]),
        stacked([(evil, (1, 2), evil)], evil, evil),
    ):
        assert "<script" not in drawn and 'script"' not in drawn


def test_a_part_is_not_written_as_the_whole() -> None:
    assert ">99,9\u00a0%<" in line([("1", 99.97, "")], None, "", "", "\u00a0%")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, -1, "0"),
        (100, -1, "100"),
        (87.5, -1, "87,5"),
        (90.0, -1, "90"),
        (99.96, -1, "99,9"),
        (0.03, -1, "0,1"),
        (99.6, 0, "99"),
        (0.2, 0, "1"),
        (100, 0, "100"),
        (0, 0, "0"),
        (240.4, 0, "240"),
        (-3.2, -1, "-3,2"),
    ],
)
def test_a_part_is_never_the_whole_nor_nothing(value: float, decimals: int, expected: str) -> None:
    assert points(value, decimals) == expected
    assert percent(value / 100, decimals) == f"{expected}\u00a0%"
