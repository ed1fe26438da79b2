"""The pages of the programme: no personal data of customers for the director, and the owner who updates the own project only."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Contact, Customer, Question
from programme.models import Decision, Milestone, Pillar, Programme, Project, Risk
from tests.access_arguments import arguments, routes
from tests.access_scene import set_the_scene
from tests.cast import Cast
from tests.programme.scene import project


@pytest.mark.django_db
def test_the_director_sees_no_customer_on_any_page_or_file_of_the_programme(cast: Cast, client: Client) -> None:
    scene = set_the_scene(cast)
    assert Customer.objects.filter(name__contains="van Dam").exists()
    Question.objects.update(title="BSN 111222333 van Sjoerd Geheim")
    Contact.objects.update(text="BSN 111222333")
    client.force_login(cast.joost)
    opened = 0
    for name in sorted(name for name in routes() if name.startswith("programme:")):
        for one in arguments(name, scene, "any"):
            answer = client.get(reverse(name, kwargs=one))
            opened += answer.status_code == 200
            text = b"".join(answer) if answer.streaming else answer.content
            for trace in (
                b"van Dam",
                b"own@example.nl",
                b"other@example.nl",
                b"0612345678",
                b"KANARIE",
                b"111222333",
                b"Geheim",
            ):
                assert trace not in text, f"{trace!r} on {name}"
    assert opened >= 12


@pytest.mark.django_db
def test_the_owner_gives_the_state_of_the_own_project_only_and_a_second_save_asks_first(
    cast: Cast, client: Client
) -> None:
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    mine, theirs = project("M1", pillar, owner=cast.receptie), project("T1", pillar, owner=cast.joost)
    client.force_login(cast.receptie)
    told = {"light": "behind", "light_reason": "De leverancier is laat", "version": "1"}
    assert client.post(reverse("programme:project_state", args=[mine.pk]), told).status_code == 302
    fresh = Project.objects.get(pk=mine.pk)
    assert (fresh.light, fresh.light_reason, fresh.light_moved_by) == ("behind", told["light_reason"], cast.receptie)
    assert client.post(reverse("programme:project_state", args=[mine.pk]), told).status_code == 409
    assert client.post(reverse("programme:project_state", args=[theirs.pk]), told).status_code == 404
    without = {**told, "light_reason": " ", "version": "2"}
    assert client.post(reverse("programme:project_state", args=[mine.pk]), without).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["risks", "decisions"])
def test_a_long_list_begins_with_what_matters_most_and_goes_on_page_by_page(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The heaviest risk was written down last; the newest decision too."""
    monkeypatch.setattr("programme.pages.lists.ON_A_PAGE", 4)
    for number in range(11):
        Risk.objects.create(text=f"Rij {number}.", chance=1, impact=1 + number % 2, measure="Doen")
        Decision.objects.create(on=date(2026, 1, 1), body="mt", text=f"Rij {number}.")
    Risk.objects.create(text="Rij over.", chance=3, impact=3, measure="Doen", state="closed")
    Risk.objects.create(text="Rij zwaar.", chance=3, impact=3, measure="Doen")
    Decision.objects.create(on=date(2026, 3, 2), body="mt", text="Rij zwaar.")
    client.force_login(cast.joost)
    address, seen = reverse(f"programme:{name}"), []
    while address:
        page = client.get(address).content.decode()
        seen.append(re.findall(r"Rij (\w+)\.", page))
        onward = re.search(r'href="(\?[^"]+)">\s*Volgende pagina', page)
        address = reverse(f"programme:{name}") + onward.group(1).replace("&amp;", "&") if onward else ""
    assert (
        seen
        == {
            "risks": [["zwaar", "1", "3", "5"], ["7", "9", "0", "2"], ["4", "6", "8", "10"], ["over"]],
            "decisions": [["zwaar", "10", "9", "8"], ["7", "6", "5", "4"], ["3", "2", "1", "0"]],
        }[name]
    )


@pytest.mark.django_db
def test_nothing_comes_next_of_a_project_that_is_ready(cast: Cast, client: Client) -> None:
    Programme.objects.create(pk=1, name="Programma", starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    for code, done_on in (("KLAAR", date(2026, 2, 1)), ("LOOPT", None)):
        row = project(code, pillar, done_on=done_on)
        Milestone.objects.create(
            project=row, name=f"Stap {code}", due_on=date(2026, 1, 9), first_due_on=date(2026, 1, 9)
        )
    client.force_login(cast.joost)
    page = client.get(reverse("programme:front")).content.decode()
    told = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert "Stap LOOPT" in told and "(datum is voorbij)" in told
    assert "Stap KLAAR" not in told and "Klaar op zo 1 feb" in told
