"""Projects and goals leave the programme with a reason and can come back; what was issued keeps them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from channels_app.models import OutboundMessage
from organisation.clock import now, today
from organisation.errors import Stale
from programme.actions.open_round import open_round
from programme.actions.remind_owners import remind_owners
from programme.actions.withdraw import bring_back, withdraw
from programme.models import Goal, Milestone, Pillar, Programme, Project, Risk, StatusUpdate
from programme.reports.charts import _place_of_value
from programme.reports.facts import facts
from tests.cast import Cast
from tests.programme.scene import project


@pytest.fixture
def house(cast: Cast) -> tuple[Project, Project, Goal]:
    """A pillar with two projects and a goal; the first project waits for the second."""
    Programme.objects.create(pk=1, name="Programma", starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    one, two = project("M1", pillar, owner=cast.henk), project("M2", pillar, owner=cast.henk)
    one.dependencies.create(needs=two)
    Milestone.objects.create(project=two, name="Live", due_on=date(2027, 1, 1), first_due_on=date(2027, 1, 1))
    Risk.objects.create(project=two, text="Te weinig mensen", chance=3, impact=3, measure="Inhuren")
    goal = Goal.objects.create(pillar=pillar, name="Cijfer digitaal", unit="mark")
    return one, two, goal


@pytest.mark.django_db
def test_a_project_and_a_goal_are_withdrawn_with_a_reason_and_brought_back(
    cast: Cast, client: Client, house: tuple[Project, Project, Goal]
) -> None:
    _one, two, goal = house
    before = facts(at=now())
    assert before is not None and [len(before[name]) for name in ("projects", "goals", "risks")] == [2, 1, 1]
    client.force_login(cast.joost)
    for kind, row in (("project", two), ("doel", goal)):
        address = reverse("programme:withdraw", args=[kind, row.pk])
        assert client.post(address, {"reason": " ", "version": 1}).status_code == 422
        assert client.post(address, {"reason": "opgegaan in een ander", "version": 1}).status_code == 302
    after = facts(at=now())
    assert after is not None and [len(after[name]) for name in ("projects", "goals", "risks")] == [1, 0, 0]
    assert after["projects"][0]["needs"] == [], "nobody waits for what was withdrawn"
    page = client.get(reverse("programme:project", args=[two.pk])).content.decode()
    assert "opgegaan in een ander" in page and "Haal terug" in page and "/stand/" not in page
    assert "Ingetrokken" in client.get(reverse("programme:front")).content.decode()
    assert "opgegaan in een ander" in client.get(reverse("programme:goals")).content.decode()
    for name in ("timeline", "risks"):
        text = client.get(reverse(f"programme:{name}")).content.decode()
        assert "Project M2" not in text and "Te weinig mensen" not in text
    for kind, row in (("project", two), ("doel", goal)):
        assert client.post(reverse("programme:bring_back", args=[kind, row.pk])).status_code == 302
    assert facts(at=now()) == before
    assert two.history.count() >= 2


@pytest.mark.django_db
def test_only_who_writes_the_programme_withdraws(
    cast: Cast, client: Client, house: tuple[Project, Project, Goal]
) -> None:
    _one, two, goal = house
    for user in (cast.henk, cast.sanne):
        client.force_login(user)
        for kind, row in (("project", two), ("doel", goal)):
            for name in ("withdraw", "bring_back"):
                answer = client.post(reverse(f"programme:{name}", args=[kind, row.pk]), {"reason": "x", "version": 1})
                assert answer.status_code == 403
    client.force_login(cast.joost)
    assert client.post(reverse("programme:withdraw", args=["budget", 1]), {"reason": "x"}).status_code == 404
    withdraw(two, reason="klaar", version=1, by=cast.joost, at=now())
    client.force_login(cast.henk)
    state = {"light": "behind", "light_reason": "x", "version": 2}
    assert client.post(reverse("programme:project_state", args=[two.pk]), state).status_code == 403


@pytest.mark.django_db
def test_two_who_withdraw_do_not_overwrite_each_other(cast: Cast, house: tuple[Project, Project, Goal]) -> None:
    _one, two, _goal = house
    withdraw(two, reason="de eerste", version=1, by=cast.joost, at=now())
    with pytest.raises(Stale):
        withdraw(two, reason="de tweede", version=1, by=cast.joost, at=now())
    withdraw(two, reason="de tweede", version=2, by=cast.joost, at=now())
    two.refresh_from_db()
    assert (two.withdrawn_why, two.version) == ("de eerste", 2)
    bring_back(two, by=cast.joost, at=now())
    bring_back(two, by=cast.joost, at=now())
    two.refresh_from_db()
    assert (two.withdrawn_on, two.version) == (None, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=two.pk).update(withdrawn_on=today())


@pytest.mark.django_db
def test_the_owner_of_a_withdrawn_project_is_asked_for_nothing(
    cast: Cast, client: Client, house: tuple[Project, Project, Goal]
) -> None:
    one, two, _goal = house
    opened = open_round(title="Kwartaal 4", last_day=today() + timedelta(days=3), by=cast.joost, at=now())
    update = StatusUpdate.objects.get(project=two)
    for row in (one, two):
        withdraw(row, reason="gestopt", version=1, by=cast.joost, at=now())
    OutboundMessage.objects.all().delete()
    remind_owners(at=now() + timedelta(days=2))
    assert not OutboundMessage.objects.exists()
    client.force_login(cast.henk)
    assert client.get(reverse("programme:update", args=[update.pk])).status_code == 404
    client.force_login(cast.joost)
    assert "Project M2" not in client.get(reverse("programme:round", args=[opened.pk])).content.decode()


@pytest.mark.parametrize(
    ("x", "y", "before", "targets", "ahead", "place"),
    [
        (200.0, 60.0, [40.0], [], None, 'x="208.0" y="64.5" text-anchor="start"'),
        (200.0, 60.0, [40.0], [60.0], None, 'x="208.0" y="53.5" text-anchor="start"'),
        (200.0, 60.0, [40.0], [57.0], None, 'x="208.0" y="75.5" text-anchor="start"'),
        (200.0, 60.0, [40.0], [], (230.0, 40.0), 'x="208.0" y="64.5" text-anchor="start"'),
        (330.0, 60.0, [40.0], [60.0], None, 'x="330.0" y="77.0" text-anchor="end"'),
        (330.0, 60.0, [80.0], [60.0], None, 'x="330.0" y="51.0" text-anchor="end"'),
        (330.0, 124.0, [80.0], [60.0], None, 'x="330.0" y="115.0" text-anchor="end"'),
        (330.0, 60.0, [], [], None, 'x="330.0" y="51.0" text-anchor="end"'),
    ],
)
def test_the_last_value_of_a_chart_stands_off_its_lines(
    x: float, y: float, before: list[float], targets: list[float], ahead: tuple[float, float] | None, place: str
) -> None:
    assert _place_of_value(x, y, before, targets, ahead) == place
