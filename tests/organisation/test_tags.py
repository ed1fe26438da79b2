"""The tags for what many pages repeat: options of a select, and lines of a list of facts. Nothing of a person is markup in them."""

from __future__ import annotations

import pytest
from django.template import engines

from organisation import wording
from organisation.choice import Choice


def shown(text: str, **context: object) -> str:
    return engines["django"].from_string("{% load opmeer %}" + text).render(context)


def test_options_mark_the_one_that_is_chosen() -> None:
    choices = [Choice("", "All teams"), Choice("parks", "Parks & roads", True), Choice('"', "<b>")]
    assert shown("{% options choices %}", choices=choices) == (
        '<option value="">All teams</option><option value="parks" selected>Parks &amp; roads</option>'
        '<option value="&quot;">&lt;b&gt;</option>'
    )


def test_a_fact_is_a_name_with_its_value() -> None:
    said = shown('{% fact "Sender" sender %}', sender="<b>A</b>")
    assert said == (
        '<div class="utrecht-data-list__item"><dt class="utrecht-data-list__item-key">Sender</dt>'
        "<dd>&lt;b&gt;A&lt;/b&gt;</dd></div>"
    )


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Fatima el Amrani", "FA"), ("Mevr. A. de Wit-Schouten", "AW"), ("Dhr. P. Bakker", "PB"), ("Joost", "JO"),
        ("Anne-Marie", "AM"), ("Bakkerij ’t Hoekje B.V.", "BH"), ("jan jansen", "JJ"), ("x-", "X"), ("06 123", "?"), (None, "?"),
    ],
)  # fmt: skip
def test_the_circle_has_the_letters_of_the_name(name: str | None, letters: str) -> None:
    assert wording.initials(name) == letters
