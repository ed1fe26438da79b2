"""Rows that are told as texts come back whole, in their order, and each is read once."""

from __future__ import annotations

import pytest

from contacts.pages.timeline_entry import moment_of
from organisation.counts import counts
from organisation.models import Municipality, Team, User
from organisation.prepared import run_prepared
from organisation.told import LONGEST, Telling
from tests.cast import Cast

TEAM = Telling({"name": "name", "code": "code"})
NAMES = ("met \x1e ertussen", 'regel\néén "twee" \\ drie\ttab', "ë 🙂 \u2028", "gewoon")


@pytest.fixture
def teams(cast: Cast) -> None:
    for number, name in enumerate(NAMES):
        Team.objects.create(name=name, code=f"verteld-{number}")


def texts(code: str) -> list[str]:
    rows = Team.objects.filter(code__startswith=code).order_by("-code")
    found = run_prepared(
        ("told", code),
        lambda _marks: Municipality.objects.filter(pk=1).values(teams=TEAM.list_of(rows)),
        {},
    )
    assert found is not None
    return list(found["teams"])


def test_whatever_is_written_in_them(teams: None) -> None:
    assert [row["name"] for row in TEAM.read(texts("verteld-"))] == list(reversed(NAMES))
    assert texts("niemand") == []


def test_the_same_text_is_the_same_row_and_another_is_another(teams: None) -> None:
    (before,) = TEAM.read(texts("verteld-3"))
    (again,) = TEAM.read(texts("verteld-3"))
    assert again is before and again.text == before.text
    Team.objects.filter(code="verteld-3").update(name="anders")
    (after,) = TEAM.read(texts("verteld-3"))
    assert (before["name"], after["name"]) == ("gewoon", "anders")


def test_moments_are_moments_and_each_kind_has_rows_of_its_own(cast: Cast) -> None:
    people = User.objects.filter(pk__in=[cast.henk.pk, cast.ria.pk]).order_by("pk")
    kinds = [
        Telling({"at": "created_at", "until": "one_time_until"}, moments=("at", "until")),
        Telling({"x": "created_at", "y": "one_time_until"}),
    ]
    first, second = ([dict(row) for row in one.read(row["text"] for row in one.texts_of(people))] for one in kinds)
    assert first == [{"at": one.created_at, "until": None} for one in people]
    assert [moment_of(row["x"]) for row in second] == [one.created_at for one in people]


def test_a_long_row_is_not_kept() -> None:
    long = [f'["{"a" * LONGEST}", "x"]']
    assert TEAM.read(long) == TEAM.read(long) and TEAM.read(long)[0] is not TEAM.read(long)[0]


def test_several_kinds_are_counted_at_once(teams: None) -> None:
    def rows(marks: dict[str, str]) -> dict[str, object]:
        told_of = Team.objects.filter(code__startswith="verteld-")
        return {"all": told_of, "one": told_of.filter(name=marks["name"]), "none": told_of.none()}

    for name, wanted in (("gewoon", 1), ("niemand", 0)):
        assert counts("test", rows, {"name": name}) == {"all": 4, "one": wanted, "none": 0}  # type: ignore[arg-type]
    assert counts("test", rows, {"name": "gewoon"}, most=3)["all"] == 3  # type: ignore[arg-type]
