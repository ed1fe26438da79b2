"""Rows of the programme over HTTP: adding, changing, removing and taking that back; and how much the front page asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.clock import now
from programme.actions.load_plan import load_plan
from programme.models import BudgetLine, Dependency, Goal, GoalTarget, Milestone, MoneyEntry, Pillar, Programme, Risk
from tests.cast import Cast
from tests.programme.scene import project


@pytest.fixture
def pillar() -> Pillar:
    return Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")


def undo_address(client: Client, page: str) -> str:
    """The address behind "undo" in the message on this page."""
    text = client.get(page).content.decode()
    return text.split('action="/voortgang/terug/')[1].split('"')[0] if 'action="/voortgang/terug/' in text else ""


@pytest.mark.django_db
def test_a_milestone_is_added_moved_removed_and_put_back_and_keeps_the_day_promised_first(
    cast: Cast, client: Client, pillar: Pillar
) -> None:
    one = project("M1", pillar, owner=cast.henk)
    client.force_login(cast.henk)
    page = reverse("programme:project", args=[one.pk])
    new = {"project": str(one.pk), "name": "Live", "due_on": "2026-06-01", "done_on": ""}
    assert client.post(reverse("programme:add", args=["mijlpaal"]), new).url == page  # type: ignore[attr-defined]
    step = Milestone.objects.get()
    change = {**new, "due_on": "2026-09-01", "version": "1"}
    address = reverse("programme:edit", args=["mijlpaal", step.pk])
    assert client.post(address, change).status_code == 302
    assert client.post(address, change).status_code == 409
    step.refresh_from_db()
    assert (step.due_on, step.first_due_on, step.is_moved) == (date(2026, 9, 1), date(2026, 6, 1), True)
    assert client.post(reverse("programme:remove", args=["mijlpaal", step.pk])).status_code == 302
    assert not Milestone.objects.exists()
    undo = undo_address(client, page)
    assert client.post(f"/voortgang/terug/{undo}").status_code == 302
    back = Milestone.objects.get()
    assert (back.pk, back.due_on, back.first_due_on) == (step.pk, step.due_on, step.first_due_on)
    assert client.post(f"/voortgang/terug/{undo}").status_code == 302, "twice is once"
    assert Milestone.objects.get() == back


@pytest.mark.django_db
def test_what_took_the_place_of_a_removed_row_stays(cast: Cast, client: Client, pillar: Pillar) -> None:
    goal = Goal.objects.create(pillar=pillar, name="Cijfer", unit="mark")
    gone = GoalTarget.objects.create(goal=goal, year=2027, value=7, source="plan")
    client.force_login(cast.joost)
    client.post(reverse("programme:remove", args=["streefcijfer", gone.pk]))
    undo = undo_address(client, reverse("programme:goal", args=[goal.pk]))
    GoalTarget.objects.create(goal=goal, year=2027, value=8, source="besluit")
    assert client.post(f"/voortgang/terug/{undo}", follow=True).status_code == 200
    assert [target.value for target in GoalTarget.objects.all()] == [Decimal(8)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("bedrag", {"amount": "0"}),
        ("budget", {"condition": "", "pillar": ""}),
        ("project", {"starts_on": "2027-01-01", "ends_on": "2026-01-01"}),
        ("doel", {"baseline": "6.7"}),
        ("mijlpaal", {"project": "999999"}),
        ("risico", {"chance": "9"}),
    ],
)
def test_a_row_that_says_nothing_sensible_is_refused_with_words(
    cast: Cast, client: Client, pillar: Pillar, kind: str, wrong: dict[str, str]
) -> None:
    client.force_login(cast.joost)
    answer = client.post(reverse("programme:add", args=[kind]), wrong)
    assert answer.status_code == 422
    for name in wrong:
        assert f'id="id_{name}"' in answer.content.decode()
    assert not (BudgetLine.objects.exists() or MoneyEntry.objects.exists() or Risk.objects.exists())


@pytest.mark.django_db
def test_waiting_for_another_project_goes_and_comes_back_but_never_in_a_circle(
    cast: Cast, client: Client, pillar: Pillar
) -> None:
    first, second = project("W1", pillar), project("W2", pillar)
    client.force_login(cast.joost)
    assert client.post(reverse("programme:wait_for", args=[first.pk]), {"needs": second.pk}).status_code == 302
    row = Dependency.objects.get()
    assert client.post(reverse("programme:wait_no_more", args=[row.pk])).status_code == 302
    assert client.post(reverse("programme:wait_for", args=[second.pk]), {"needs": first.pk}).status_code == 302
    kept = Dependency.history.get(id=row.pk, history_type="-").history_id
    client.post(reverse("programme:wait_again", args=[kept]))
    assert [(one.project, one.needs) for one in Dependency.objects.all()] == [(second, first)]


@pytest.mark.django_db
def test_the_values_in_the_roof_are_those_of_the_programme(cast: Cast, client: Client) -> None:
    load_plan(by=cast.joost, at=now())
    client.force_login(cast.joost)
    assert "<li>Eigentijds</li>" in client.get(reverse("programme:front")).content.decode()
    Programme.objects.update(values_in_words="Dichtbij, , <b>Snel</b>")
    text = client.get(reverse("programme:front")).content.decode()
    assert "<li>Dichtbij</li><li>&lt;b&gt;Snel&lt;/b&gt;</li></ul>" in text
    Programme.objects.update(values_in_words="")
    assert "house__values" not in client.get(reverse("programme:front")).content.decode()


def statements(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(f"programme:{name}")).status_code == 200
    return len(asked)


@pytest.mark.django_db
def test_more_projects_and_goals_ask_no_more_of_the_database(cast: Cast, client: Client) -> None:
    load_plan(by=cast.joost, at=now())
    client.force_login(cast.joost)
    names = ("front", "goals", "timeline", "money", "risks", "decisions", "rounds")
    for name in names:
        client.get(reverse(f"programme:{name}"))
    few = {name: statements(client, name) for name in names}
    pillar = Pillar.objects.all()[0]
    for number in range(25):
        more = project(f"Q{number}", pillar, owner=cast.henk)
        Milestone.objects.create(project=more, name="Stap", due_on=date(2026, 9, 1), first_due_on=date(2026, 9, 1))
        Risk.objects.create(project=more, text=f"Risico {number}", chance=2, impact=3, measure="Doen")
        goal = Goal.objects.create(pillar=pillar, name=f"Doel {number}", unit="percent", kpi_code="email.answer")
        GoalTarget.objects.create(goal=goal, year=2026, value=90, source="plan")
    for name in names:
        assert statements(client, name) <= few[name] <= 40, name
