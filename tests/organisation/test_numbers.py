"""What somebody writes where a number belongs is a number or nothing, never an error."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organisation.numbers import whole
from tests.cast import Cast


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        (" 007 ", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("0", 0),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("٣", None),
        ("1\x00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_or_nothing(text: str | None, expected: int | None) -> None:
    assert whole(text) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["²", "0", "9" * 18, "9" * 400])
@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("kpi:reports", "voor"),
        ("knowledge:articles", "thema"),
        ("surveys:results", "team"),
        ("contacts:queue", "eigen"),
    ],
)
def test_a_page_takes_anything_for_a_number(cast: Cast, page: str, name: str, typed: str) -> None:
    client = Client()
    client.force_login(cast.sanne)
    assert client.get(reverse(page), {name: typed}).status_code in (200, 302, 404)
