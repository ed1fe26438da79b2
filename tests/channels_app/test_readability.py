"""How hard a text is: texts of a known level, each thing that makes a text hard, and any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_app import readability as r
from channels_app.plain_words import ABBREVIATIONS, PLAIN
from channels_app.readability import LEVELS, read, syllables

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))


def test_the_estimate_agrees_with_texts_of_a_known_level() -> None:
    """Reported in docs/plain-language.md."""
    found = {path.stem: read(path.read_text()).level for path in TEXTS}
    off = {name: level for name, level in found.items() if level != name[:2]}
    assert len(TEXTS) >= 14
    assert len(off) <= len(TEXTS) // 10, off
    assert all(abs(LEVELS.index(level) - LEVELS.index(name[:2])) <= 1 for name, level in off.items())


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("huis", 1), ("koelkast", 2), ("gemeente", 3), ("zee", 1), ("eeuwen", 2), ("ideeën", 3), ("geïnteresseerd", 5),
        ("vrouw", 1), ("kopieën", 3), ("mij", 1), ("ontvangstbevestiging", 6), ("bv", 1), ("ooievaar", 3),
    ],
)  # fmt: skip
def test_a_syllable_is_a_vowel_sound(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "kind", "words", "instead"),
    [
        ("Indien u wilt, belt u ons.", r.OFFICIAL, "Indien", "Als"),
        ("U krijgt dit met betrekking tot uw tuin.", r.OFFICIAL, "met betrekking tot", "over"),
        ("Dat doen we te zijner tijd.", r.OFFICIAL, "te zijner tijd", "later"),
        ("U belt ons i.v.m. uw tuin.", r.SHORT, "i.v.m.", "door"),
        ("Wij schreven u D.M.V. een brief.", r.SHORT, "D.M.V.", "met"),
        ("De boom wordt morgen door ons gekapt.", r.PASSIVE, "wordt … gekapt", ""),
        ("Wij zijn bezig met het kappen van de boom.", r.NOUNS, "het kappen van", ""),
        ("Dit is een verantwoordelijkheidsgevoel.", r.WORD, "verantwoordelijkheidsgevoel", ""),
        ("U kunt bellen. Neem je pas mee.", r.ADDRESS, "je", ""),
    ],
)
def test_what_makes_a_text_hard_is_found_with_its_place(text: str, kind: str, words: str, instead: str) -> None:
    found = [one for one in read(text).findings if one.kind == kind]
    assert [(one.words, one.instead) for one in found] == [(words, instead)]
    if kind != r.PASSIVE:
        assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Het eten van de koks is goed.",
        "De gemeente wordt groter.",
        "Ik word ziek en ga naar bed.",
        "Je kunt bellen. Neem je pas mee.",
        "De dag daarvoor was het koud.",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert read(text).findings == ()


def test_a_sentence_is_long_from_21_words_on_and_an_abbreviation_ends_none() -> None:
    assert [one.kind for one in read("dag " * 20 + ".").findings] == []
    assert [(one.kind, one.words) for one in read("dag " * 21 + ".").findings] == [(r.SENTENCE, "21")]
    assert read("U krijgt o.a. een brief. Dat is fijn.").sentences == 2


def test_a_list_of_short_lines_is_not_one_long_sentence() -> None:
    text = "Neem mee:\n- uw paspoort\n- een pasfoto\n- het formulier met uw handtekening\n- een bewijs van uw adres\n- geld"
    assert not [one for one in read(text).findings if one.kind == r.SENTENCE]


def test_too_little_text_has_no_level() -> None:
    assert [read(text).level for text in ("", "Dag", "Bel ons maar.", "\n\n ...")] == [""] * 4


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    assert reading.level in ("", *LEVELS)
    assert all(0 <= one.start <= one.end <= len(text) for one in reading.findings)
    assert reading.sentences <= reading.words


def test_the_lists_are_long_and_say_something_else() -> None:
    assert len(PLAIN) >= 400
    assert all(plain and plain != " ".join(words) for words, plain in PLAIN.items())
    assert all(words == tuple(word.lower() for word in words) for words in PLAIN)
    assert all(short == short.lower() and ("." in short or "/" in short) for short in ABBREVIATIONS)


def test_a_text_without_end_is_read_up_to_its_bound() -> None:
    assert read("a. " * 100_000).words <= r.LONGEST_TEXT
    assert read("ge" * 100_000).words == 1
