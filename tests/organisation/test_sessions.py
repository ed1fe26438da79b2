"""A session ends when it should, and what was typed is not lost by it."""

import time

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.post("/inloggen/", {"username": "fatima", "password": "fatima-secret-1"})
    return client


def wind_back(client: Client, **seconds: int) -> None:
    session = client.session
    for name, value in seconds.items():
        session[name] = int(time.time()) - value
    session.save()


def test_half_an_hour_without_use_ends_it(desk: Client) -> None:
    wind_back(desk, seen=1799)
    assert desk.get("/medewerkers/").status_code == 200
    wind_back(desk, seen=1801)
    assert desk.get("/medewerkers/")["Location"].startswith("/inloggen/?next=")


def test_ten_hours_end_it_however_busy(desk: Client) -> None:
    wind_back(desk, begun=10 * 3600 + 1)
    assert desk.get("/medewerkers/").status_code == 302


def test_signing_in_again_begins_a_new_ten_hours(desk: Client, cast: Cast) -> None:
    wind_back(desk, begun=10 * 3600 - 5)
    desk.post("/uitloggen/")
    desk.post("/inloggen/", {"username": "fatima", "password": "fatima-secret-1"})
    assert int(time.time()) - desk.session["begun"] < 60


def test_a_person_who_is_kept_out_is_out_at_the_next_request(desk: Client, cast: Cast) -> None:
    cast.fatima.is_active = False
    cast.fatima.save()
    assert desk.get("/medewerkers/").status_code == 302


def test_text_typed_before_the_session_ended_is_shown_again(desk: Client) -> None:
    wind_back(desk, seen=1801)
    response = desk.post("/beheer/gemeente/", {"name": "Een lange tekst <b>", "password": "geheim"})
    page = response.content.decode()
    assert response.status_code == 401
    assert "Een lange tekst &lt;b&gt;" in page
    assert "geheim" not in page


def test_a_stranger_goes_to_signing_in_whatever_the_method(cast: Cast) -> None:
    stranger = Client()
    assert stranger.get("/medewerkers/")["Location"].startswith("/inloggen/")
    assert stranger.post("/beheer/gemeente/", {"name": "x"})["Location"].startswith("/inloggen/")
    assert stranger.get("/medewerkers/", headers={"HX-Request": "true"}).status_code == 401


def test_an_old_form_shows_what_was_typed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.sanne)
    response = client.post("/beheer/gemeente/", {"name": "Getypte tekst"})
    assert response.status_code == 403
    assert "Getypte tekst" in response.content.decode()


def test_an_old_form_shows_words_and_nothing_that_the_page_itself_kept(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.fatima)
    page = client.post(
        "/werkplek/", {"token": "0a636b56", "shaped_for": "phone", "q0-text": "Mijn notitie"}
    ).content.decode()
    assert "Mijn notitie" in page
    assert "Tekst" in page
    for technical in ("0a636b56", "shaped_for", "q0-text"):
        assert technical not in page
