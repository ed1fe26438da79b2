"""Every text that people can see has Dutch words, with the same placeholders."""

import re

import polib
import pytest

from supervisor.texts import CATALOGUE, Text, used

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def catalogue() -> dict[tuple[str, str], polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(CATALOGUE))}


@pytest.fixture(scope="module")
def texts() -> dict[Text, str]:
    return used()


def _dutch(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_in_the_code_has_dutch_words(
    catalogue: dict[tuple[str, str], polib.POEntry], texts: dict[Text, str]
) -> None:
    lacking = []
    for text, place in texts.items():
        entry = catalogue.get((text.context, text.msgid))
        if text.msgid and (entry is None or "fuzzy" in entry.flags or not all(_dutch(entry))):
            lacking.append(f"{place}: {text.msgid!r}")
        elif entry is not None and text.plural and not entry.msgid_plural:
            lacking.append(f"{place}: {text.msgid!r} lacks its plural")
    assert not lacking, "script/messages adds these, and then they want Dutch:\n" + "\n".join(lacking)


def test_dutch_words_have_the_placeholders_of_the_text(catalogue: dict[tuple[str, str], polib.POEntry]) -> None:
    wrong = []
    for entry in catalogue.values():
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for words in _dutch(entry):
            found = set(PLACEHOLDER.findall(words))
            if not found <= wanted or (not entry.msgid_plural and found != wanted):
                wrong.append(f"{entry.msgid!r} → {words!r}")
    assert wrong == []


def test_a_text_is_found_whatever_the_module_calls_the_function(texts: dict[Text, str]) -> None:
    """`gettext_lazy as lazy`, and our own `kept`: texts that are not found would be dropped by script/messages."""
    found = {text.msgid for text in texts}
    assert {"Extend the complaint", "put a signal aside", "The mail server does not answer in time."} <= found
