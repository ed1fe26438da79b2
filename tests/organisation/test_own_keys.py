"""Keys without Ctrl can be changed and switched off by each person (WCAG 2.1.4)."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from organisation.keys import KEYS, clash, meaning, what_differs
from tests.cast import Cast

HOUSE = {code: key.key for code, key in KEYS.items()}


@pytest.mark.parametrize(
    ("changed", "clashes"),
    [
        ({}, None),
        ({"reply": "g"}, None),
        ({"reply": "x"}, {"reply", "note"}),
        ({"reply": "n"}, {"new", "reply"}),  # everywhere is also here
        ({"reply": "w"}, None),  # another screen
        ({"reply": "", "note": ""}, None),  # both off
        ({"new": "r", "reply": "n"}, None),  # exchanged
        ({"next": "d"}, {"next", "hand_over"}),
    ],
)
def test_two_acts_of_one_screen_never_share_a_key(changed: dict[str, str], clashes: set[str] | None) -> None:
    found = clash(HOUSE | changed)
    assert ({key.code for key in found} if found else None) == clashes


def test_scripts_read_what_a_key_stands_for() -> None:
    assert meaning({"new": "r", "reply": "n", "note": ""}) == {
        "everywhere": {"n": "", "r": "n"},
        "question": {"r": "", "x": "", "n": "r"},
    }
    assert meaning({"gone": "q"}) == {}
    assert what_differs(HOUSE | {"new": "g"}) == {"new": "g"}


def post(client: Client, cast: Cast, **changed: str) -> HttpResponse:
    cast.henk.refresh_from_db()
    data = HOUSE | changed | {"keys_form": "1", "version": str(cast.henk.version)}
    return client.post(PROFILE, data)


PROFILE = "/mijn/"


@pytest.mark.django_db
def test_own_keys_are_kept_shown_and_set_back(client: Client, cast: Cast) -> None:
    client.force_login(cast.henk)
    assert post(client, cast, new="G", reply="").status_code == 302
    cast.henk.refresh_from_db()
    assert cast.henk.own_keys == {"new": "g", "reply": ""}
    page = client.get(PROFILE).content.decode()
    assert "<dt><kbd>G</kbd></dt><dd>nieuw contact" in page
    assert "data-keys=" in page
    assert post(client, cast, house_keys="1").status_code == 302
    cast.henk.refresh_from_db()
    assert cast.henk.own_keys == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reply": "x"}, "zouden allebei X gebruiken"),
        ({"reply": "ab"}, "Gebruik één letter, cijfer of teken."),
        ({"reply": "\u200b"}, "Gebruik één letter, cijfer of teken."),
    ],
)
def test_a_clash_or_a_word_is_refused_in_a_sentence(
    client: Client, cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    client.force_login(cast.henk)
    answer = post(client, cast, **changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    cast.henk.refresh_from_db()
    assert cast.henk.own_keys == {}
