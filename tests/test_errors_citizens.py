"""What a citizen reads when something goes wrong: words for citizens, the phone number, what was typed; also within another website."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from opmeer_kcc.errors import database_away, server_error
from organisation.models import Municipality
from organisation.snapshot import organisation, settings_changed
from tests.cast import Cast

SITE = "https://www.opmeer.example"
FORM = {"text": "Mijn grofvuil staat er nog.", "email": "wit@voorbeeld.nl", "once": "geheim-merk", "begun": "form:merk"}


@pytest.fixture(autouse=True)
def _house(cast: Cast) -> None:
    Municipality.objects.update(phone="0226 36 33 33", framing_sites=[SITE])
    settings_changed()
    organisation()


@pytest.mark.parametrize(
    "address", ["/volg/OPM-2026-000001/", "/formulier/a/b/", "/mening/a/b/", "/antwoorden/a/b/c/", "/chat/nergens/"]
)
def test_an_address_that_broke_off_leads_to_us_and_not_to_the_employees_door(address: str) -> None:
    dutch = Client().get(address)
    page = dutch.content.decode()
    assert dutch.status_code == 404 and dutch["Referrer-Policy"] == "no-referrer" and not dutch.cookies
    assert "Wij kunnen deze pagina niet vinden" in page and "0226 36 33 33" in page
    assert "Zoek" not in page and 'href="/"' not in page
    assert "We cannot find this page" in Client().get(address, {"taal": "en"}).content.decode()


def test_nothing_typed_is_lost_when_the_house_is_broken(rf: RequestFactory) -> None:
    request = rf.post("/formulier/iets-anders/?taal=en", FORM)
    with CaptureQueriesContext(connection) as asked:
        pages = [page(request).content.decode() for page in (server_error, database_away)]
    assert len(asked) == 0
    for page in pages:
        assert FORM["text"] in page and FORM["email"] in page and "0226 36 33 33" in page and '<html lang="en">' in page
        assert "merk" not in page and "functional management" not in page and "database" not in page


def test_of_a_survey_the_own_words_are_kept(rf: RequestFactory) -> None:
    page = database_away(rf.post("/mening/abc/", {"v9": "8", "v12": "Ga zo door", "contact": "ja"})).content.decode()
    assert "Ga zo door" in page and page.count("<textarea") == 1


def test_what_went_wrong_is_shown_within_the_website_that_shows_the_form() -> None:
    large = Client().post("/formulier/iets-anders/", {**FORM, "text": "a" * 1_100_000})
    assert large.status_code == 413 and "Dit is te groot" in large.content.decode()
    assert SITE in large["Content-Security-Policy"] and "X-Frame-Options" not in large
    alone = Client().get("/volg/OPM-2026-000001/")
    assert SITE not in alone["Content-Security-Policy"] and alone["X-Frame-Options"] == "DENY"
