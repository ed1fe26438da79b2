"""What people type in the forms of the programme: amounts as they write them, days that can be, and buttons pressed twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from organisation.clock import today
from programme.forms.numbers import plain_number
from programme.forms.rows import out_of_bounds
from programme.models import (
    BudgetLine,
    Dependency,
    Goal,
    GoalTarget,
    Milestone,
    MoneyEntry,
    Pillar,
    Programme,
    Project,
    Risk,
)
from tests.cast import Cast
from tests.programme.scene import project


@pytest.fixture
def pillar(db: None) -> Pillar:
    Programme.objects.create(pk=1, name="Programma", starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    return Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")


@pytest.fixture
def joost(client: Client, cast: Cast) -> Client:
    client.force_login(cast.joost)
    return client


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12500", "12500"),
        ("12.500", "12500"),
        ("12.500,50", "12500.50"),
        ("12,500.50", "12500.50"),
        ("12500.5", "12500.5"),
        ("€ 12.500,-", "12500"),
        ("1.250.000", "1250000"),
        ("12 500", "12500"),
        ("−250", "-250"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("12.5000", "12.5000"),
        ("1.250,000", "1.250,000"),
        ("0,500", "0,500"),
        ("-0,050", "-0,050"),
        ("0,5", "0.5"),
        ("twaalf", "twaalf"),
        ("", ""),
    ],
)
def test_a_number_is_read_in_either_notation(typed: str, read: str) -> None:
    assert plain_number(typed) == read


@pytest.mark.parametrize(
    ("value", "unit", "is_wrong"),
    [
        ("95", "percent", False),
        ("950", "percent", True),
        ("7,5", "mark", False),
        ("75", "mark", True),
        ("0", "mark", True),
        ("30", "seconds", False),
        ("-1", "count", True),
    ],
)
def test_a_target_lies_where_its_unit_can_be(value: str, unit: str, is_wrong: bool) -> None:
    assert bool(out_of_bounds(Decimal(plain_number(value)), unit)) is is_wrong


def test_money_is_typed_and_shown_as_people_write_it(joost: Client, pillar: Pillar) -> None:
    budget = {"year": "2026", "pillar": pillar.pk, "condition": "", "amount": "€ 112.500,-", "source": ""}
    assert joost.post(reverse("programme:add", args=["budget"]), budget).status_code == 302
    line = BudgetLine.objects.get()
    assert line.amount == 112_500
    assert 'value="112.500"' in joost.get(reverse("programme:edit", args=["budget", line.pk])).content.decode()
    entry = {"line": line.pk, "kind": "spent", "amount": "1.250,50", "on": today(), "note": "Bouw", "project": ""}
    assert joost.post(reverse("programme:add", args=["bedrag"]), entry).status_code == 302
    assert MoneyEntry.objects.get().amount == Decimal("1250.50")
    for amount in ("twaalf", "0,500"):
        wrong = joost.post(reverse("programme:add", args=["bedrag"]), {**entry, "amount": amount})
        assert wrong.status_code == 422 and "Schrijf het zo: 7,5 of 12.500,50" in wrong.content.decode()
    goal = Goal.objects.create(pillar=pillar, name="Cijfer", unit="mark")
    target = {"goal": goal.pk, "year": "2027", "value": "75", "source": "plan"}
    wrong = joost.post(reverse("programme:add", args=["streefcijfer"]), target)
    assert wrong.status_code == 422 and "tussen 1 en 10" in wrong.content.decode()
    assert joost.post(reverse("programme:add", args=["streefcijfer"]), {**target, "value": "7,5"}).status_code == 302
    assert GoalTarget.objects.get().value == Decimal("7.5")


def test_a_day_that_cannot_be_is_refused_where_it_is_typed(joost: Client, pillar: Pillar) -> None:
    one = project("P1", pillar)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    fields = ("code", "name", "want", "plan", "measure", "light", "light_reason", "order")
    whole = {name: getattr(one, name) for name in fields} | {"pillar": pillar.pk, "version": 1}
    line = BudgetLine.objects.create(year=2026, pillar=pillar, amount=1000)
    step = {"project": one.pk, "name": "Live", "due_on": "2026-06-01"}
    entry = {"line": line.pk, "kind": "spent", "amount": "5", "note": "Bouw"}
    for name, arguments, data, words in (
        ("edit", ["project", one.pk], {**whole, "starts_on": "2026-01-01", "ends_on": "9999-12-31"}, "2000 en 2100"),
        ("edit", ["project", one.pk], {**whole, "starts_on": "0202-01-01", "ends_on": "2027-01-01"}, "2000 en 2100"),
        ("add", ["mijlpaal"], {**step, "done_on": tomorrow}, "moet nog komen"),
        ("add", ["bedrag"], {**entry, "on": tomorrow}, "moet nog komen"),
        (
            "project_state",
            [one.pk],
            {"light": "behind", "light_reason": "x", "done_on": "0202-01-01", "version": 1},
            "2000 en 2100",
        ),
    ):
        answer = joost.post(reverse(f"programme:{name}", args=arguments), data)
        assert answer.status_code == 422 and words in answer.content.decode(), data
    assert Project.objects.get().ends_on == one.ends_on and not Milestone.objects.exists()


def test_the_owner_of_a_project_is_asked_for_the_project_of_a_risk(cast: Cast, client: Client, pillar: Pillar) -> None:
    project("P1", pillar, owner=cast.henk)
    risk = {"project": "", "text": "Te laat", "chance": "2", "impact": "2", "measure": "Bellen", "state": "open"}
    client.force_login(cast.henk)
    answer = client.post(reverse("programme:add", args=["risico"]), risk)
    assert answer.status_code == 422 and "Te laat" in answer.content.decode(), "not a refusal that loses what was typed"
    client.force_login(cast.joost)
    assert client.post(reverse("programme:add", args=["risico"]), risk).status_code == 302
    assert Risk.objects.get().project is None


def test_what_is_pressed_twice_is_done_once_and_says_so(cast: Cast, client: Client, pillar: Pillar) -> None:
    one, two = project("P1", pillar), project("P2", pillar)
    row = Risk.objects.create(project=one, text="Te laat", chance=2, impact=2, measure="Bellen")
    waits = Dependency.objects.create(project=one, needs=two)
    page = reverse("programme:project", args=[one.pk])
    client.force_login(cast.joost)
    remove = reverse("programme:remove", args=["risico", row.pk])
    assert client.post(remove).headers["Location"] == client.post(remove).headers["Location"] == page
    assert "Dit was al verwijderd" in client.get(page).content.decode()
    back = reverse("programme:put_back", args=["risico", Risk.history.get(history_type="-").history_id])
    assert client.post(back).status_code == client.post(back).status_code == 302
    assert Risk.objects.get() == row
    end = reverse("programme:wait_no_more", args=[waits.pk])
    assert client.post(end).headers["Location"] == client.post(end).headers["Location"] == page
    assert Dependency.history.filter(history_type="-").count() == 1
    client.force_login(cast.bas)
    assert client.post(remove).status_code == 403
    client.force_login(cast.joost)
    client.post(remove)
    client.force_login(cast.bas)
    assert client.post(remove).status_code == 404
