"""The first steps of an empty installation: for whoever may do them, in order, gone when they are done."""

from dataclasses import replace

import pytest
from django.test import Client

from organisation.clock import now
from organisation.first_steps import STEPS, first_steps
from organisation.models import Membership, Municipality
from tests.cast import Cast
from tests.kpi.history import question

pytestmark = pytest.mark.django_db


def test_each_sees_the_steps_that_are_theirs(cast: Cast) -> None:
    Membership.objects.filter(role="coordinator").exclude(user=cast.sanne).delete()
    Municipality.objects.update(phone="0226 36 33 33")
    titles = {step.url_name for step in STEPS}
    assert titles >= {"organisation:people", "organisation:municipality", "channels_app:mailboxes"}
    assert {step.href for step in first_steps(cast.beheer)} == {
        "/beheer/mensen/nieuw/",
        "/beheer/mensen/",
        "/beheer/teams/",
        "/beheer/mailboxen/",
    }
    assert "/beheer/gemeente/" in {step.href for step in first_steps(cast.sanne) if not step.is_done}
    assert first_steps(cast.henk) == ()
    Municipality.objects.update(visiting_address="Klaproos 1, 1716 VS Opmeer")  # the phone number was right
    assert "/beheer/gemeente/" not in {step.href for step in first_steps(cast.sanne) if not step.is_done}


def test_the_overview_shows_them_until_they_are_done(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.beheer)
    assert "Zo begint u" in client.get("/beheer/").content.decode()
    done = [replace(step, is_done=lambda: True) for step in STEPS]
    monkeypatch.setattr("organisation.first_steps.STEPS", done)
    assert "Zo begint u" not in client.get("/beheer/").content.decode()


def test_the_coordinator_of_an_empty_installation_starts_with_the_first_steps(cast: Cast, client: Client) -> None:
    Municipality.objects.update(phone="0226 36 33 33", visiting_address="")
    client.force_login(cast.sanne)
    assert client.get("/")["Location"] == "/beheer/"
    client.force_login(cast.ria)
    assert client.get("/")["Location"] == "/cijfers/"
    question(cast, received=now(), channel="email")
    client.force_login(cast.sanne)
    assert client.get("/")["Location"] == "/cijfers/"
