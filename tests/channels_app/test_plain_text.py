"""The hint on plain language: beside a reply, and as a page for any text."""

from __future__ import annotations

import pytest
from django.test import Client

from channels_app.pages.plain_text import MOST_ON_PAGE, plain_page
from channels_app.readability import LONGEST_TEXT
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HARD = "Indien u bezwaren heeft omtrent dit tijdstip, verzoeken wij u contact op te nemen met het Servicecentrum van de gemeente."


def test_the_hint_names_the_level_and_what_to_write_instead(client: Client, cast: Cast) -> None:
    client.force_login(cast.fatima)
    said = client.post("/teksten/niveau/", {"text": HARD}).content.decode()
    assert 'data-take="Indien" data-instead="Als"' in said
    assert 'data-take="omtrent" data-instead="over"' in said
    assert "Taalniveau" in said


def test_the_page_marks_the_hard_places_and_keeps_the_text(client: Client, cast: Cast) -> None:
    client.force_login(cast.henk)
    assert "Is deze tekst duidelijk?" in client.get("/teksten/").content.decode()
    said = client.post("/teksten/", {"text": HARD}).content.decode()
    assert "<mark>Indien</mark>" in said
    assert said.count(HARD) == 1


def test_what_is_pasted_is_text_and_nothing_else(client: Client, cast: Cast) -> None:
    client.force_login(cast.henk)
    bad = '<script>alert(1)</script> Indien "><img src=x onerror=1> \x00 \u202e' + "é" * 60_000
    for address in ("/teksten/", "/teksten/niveau/"):
        answer = client.post(address, {"text": bad})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert "<img" not in answer.content.decode()


def test_an_empty_text_asks_for_more(client: Client, cast: Cast) -> None:
    client.force_login(cast.henk)
    answer = client.post("/teksten/", {"text": " \n "})
    assert answer.status_code == 422
    assert "Plak eerst een tekst." in answer.content.decode()
    assert "Schrijf iets meer" in client.post("/teksten/niveau/", {"text": "Dag"}).content.decode()


def test_the_reply_and_the_template_have_the_hint(client: Client, cast: Cast) -> None:
    client.force_login(cast.sanne)
    assert 'data-plain-text="/teksten/niveau/"' in client.get("/beheer/sjablonen/nieuw/").content.decode()


def test_the_longest_text_names_each_long_sentence_once_and_says_how_many_tips_are_left() -> None:
    sentence = "Wij schrijven {} een brief die zo lang is dat niemand hem nog leest en die maar doorgaat en doorgaat zonder punt. "
    text = "".join(sentence.format(f"u keer op keer {place}") for place in range(500)) + sentence.format("altijd") * 9
    page = plain_page(text[:LONGEST_TEXT], whole=True)
    assert len(page.tips) == MOST_ON_PAGE
    assert page.more > 0
    assert len({tip.words for tip in page.tips}) == len(page.tips)
    assert all(tip.words.endswith(" …") for tip in page.tips)
