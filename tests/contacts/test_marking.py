"""The searched words stand out in what was found, whatever accents and capitals."""

import pytest

from contacts.pages.search import marked


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Paspoort verlengen", ["paspoort"], "<mark>Paspoort</mark> verlengen"),
        ("Café Zürich open", ["cafe", "zurich"], "<mark>Café</mark> <mark>Zürich</mark> open"),
        ("<b>afval</b> & glas", ["afval"], "&lt;b&gt;<mark>afval</mark>&lt;/b&gt; &amp; glas"),
        ("Ĳsbaan ½ open", ["open"], "Ĳsbaan ½ open"),
        ("Restafval", ["afval", "rest", "stafv"], "<mark>Rest</mark><mark>afval</mark>"),
        ("Niets", ["iets anders", ""], "Niets"),
    ],
)
def test_words_are_marked_in_their_own_place(text: str, words: list[str], shown: str) -> None:
    assert marked(text, words) == shown
