"""Subjects are found in the words of citizens, with typing errors, and within milliseconds."""

import time

from contacts.finding.subjects import entry, find, is_sure

ENTRIES = (
    entry(1, "Grofvuil ophalen", ["oude bank weg", "koelkast ophalen", "matras"], "Afval"),
    entry(2, "Grofvuil niet opgehaald", ["koelkast staat er nog"], "Afval"),
    entry(3, "Paspoort of ID-kaart aanvragen", ["reisdocument", "identiteitskaart"], "Burgerzaken"),
    entry(4, "Parkeervergunning", ["parkeren voor mijn deur"], "Verkeer"),
    entry(5, "Lantaarnpaal kapot", ["straatverlichting", "lamp doet het niet"], "Openbare ruimte"),
)


def first(typed: str) -> int | None:
    return next(iter(find(ENTRIES, typed)), None)


def test_the_words_of_the_customer_find_the_subject() -> None:
    assert first("oude bank weg") == 1
    assert first("ik wil een oude bank") == 1
    assert first("reisdocument") == 3
    assert first("lamp") == 5
    assert first("parkeren") == 4


def test_a_subject_is_sure_only_when_every_word_is_found() -> None:
    grofvuil, passport = ENTRIES[0], ENTRIES[2]
    assert is_sure(grofvuil, "een oude bank")
    assert is_sure(passport, "paspport aanvragen")
    assert not is_sure(grofvuil, "paspoort ophalen")
    assert not is_sure(passport, "paspoort ophalen")


def test_the_first_letters_are_enough() -> None:
    assert first("oud") == 1
    assert first("pas") == 3
    assert first("lant") == 5


def test_a_typing_error_does_not_matter() -> None:
    assert first("grofvul") == 1
    assert first("paspport") == 3
    assert first("lantarnpaal") == 5
    assert first("straatverlichtng") == 5


def test_accents_capitals_and_hyphens_do_not_matter() -> None:
    assert first("GRÓFVUIL NIET OPGEHAALD") == 2
    assert first("id kaart") == 3


def test_what_looks_like_nothing_finds_nothing() -> None:
    assert find(ENTRIES, "xylofoonles") == []
    assert find(ENTRIES, "") == []
    assert find(ENTRIES, " \x00 ") == []


def test_small_words_alone_are_still_searched() -> None:
    assert first("niet") == 2


def test_150_subjects_cost_at_most_a_few_milliseconds() -> None:
    many = tuple(
        entry(n, f"Onderwerp {n} vergunning", [f"woord{n}a iets", f"woord{n}b", "bouwen aan huis"], "Thema")
        for n in range(150)
    )
    begin = time.thread_time()
    for _turn in range(10):
        find(many, "bouwvergunnig aanbouw huis")
    assert (time.thread_time() - begin) / 10 < 0.025  # 5 ms here; room for a busy machine
