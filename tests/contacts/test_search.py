"""Searching finds customers, questions and subjects in reach, by number and by words, the newest first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.finding import questions as finding
from contacts.finding.questions import find_questions
from contacts.models import ConfidentialAccess, Question
from organisation.models import AccessEntry
from organisation.snapshot import settings_changed
from tests.cast import Cast

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def ask(cast: Cast, text: str, hours: int = 0, **kwargs: object) -> Question:
    at = AT - timedelta(hours=hours)
    asked = Asked(title=text[:80], end="forward", subject_id=cast.grofvuil.pk, **kwargs)  # type: ignore[arg-type]
    return register(by=cast.fatima, at=at, channel="phone", received_at=at, text=text, asked=[asked]).questions[0]


def test_words_are_found_in_other_forms_newest_first(cast: Cast) -> None:
    old, new = ask(cast, "De lantaarnpalen zijn kapot", 5), ask(cast, "Een kapotte lantaarnpaal bij de brug", 1)
    ask(cast, "Iets heel anders")
    assert find_questions(cast.fatima, "lantaarnpaal") == [new.pk, old.pk]
    assert find_questions(cast.fatima, "lantaarnpaal brug") == [new.pk]
    assert find_questions(cast.fatima, "lantaarnpaal -brug") == [old.pk]


def test_the_beginning_of_a_word_finds_the_whole(cast: Cast) -> None:
    paal, woonboot = ask(cast, "De lantaarnpaal brandt niet"), ask(cast, "Ligplaats voor een woonboot", 1)
    assert find_questions(cast.fatima, "lantaarn") == [paal.pk]
    assert find_questions(cast.fatima, "lantaarn woonb") == []
    assert find_questions(cast.fatima, "woonb or lantaarn") == [paal.pk, woonboot.pk]
    assert find_questions(cast.fatima, "woo") == [], "three letters begin too much"
    assert find_questions(cast.fatima, '"de lantaarn"') == [paal.pk]


def test_a_number_finds_its_question(cast: Cast) -> None:
    question = ask(cast, "Kapot")
    assert find_questions(cast.fatima, question.number) == [question.pk]
    assert find_questions(cast.fatima, f" {question.number.lower()} ") == [question.pk]


def test_a_number_of_another_system_is_found_where_it_stands_in_a_text(cast: Cast) -> None:
    question = ask(cast, "Hoe staat het met OMV-2024-0815?")
    assert find_questions(cast.fatima, "omv-2024-0815") == [question.pk]
    Question.objects.filter(pk=ask(cast, "Kapot").pk).update(number="OMV-2024-000815")
    assert find_questions(cast.fatima, "omv-2024-0815") == [Question.objects.get(number="OMV-2024-000815").pk]


def test_rare_and_common_words_take_both_ways(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rare = ask(cast, "Papegaai ontsnapt", 400)
    common = [ask(cast, "Container vol", hours) for hours in range(12)]
    monkeypatch.setattr(finding, "NEWEST", 10)
    assert find_questions(cast.fatima, "papegaai") == [rare.pk]
    assert find_questions(cast.fatima, "container") == [q.pk for q in common]
    assert find_questions(cast.fatima, "container", 3) == [q.pk for q in common[:3]]


def test_a_word_that_was_common_a_while_ago_is_found_newest_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the walk by date reaches it, stops half way, or ends before."""
    once = [ask(cast, "Container vol", 100 + hours).pk for hours in range(12)]
    for hours in range(12):
        ask(cast, "Iets anders", hours)
    for name, value in (("NEWEST", 10), ("COMMON", 2), ("FEW", 5)):
        monkeypatch.setattr(finding, name, value)
    for further in (3, 14, 40):
        monkeypatch.setattr(finding, "FURTHER", further)
        for person in (cast.fatima, cast.henk):
            assert find_questions(person, "container") == once
            assert find_questions(person, "container", 3) == once[:3]


def test_only_visible_questions_are_found(cast: Cast) -> None:
    ask(cast, "Kanarie is geheim", is_confidential=True)
    mine = ask(cast, "Kanarie is open")
    assert find_questions(cast.sanne, "kanarie") == [mine.pk]
    assert find_questions(cast.henk, "kanarie") == [mine.pk]
    assert find_questions(cast.bas, "kanarie") == []
    assert find_questions(cast.joost, "kanarie") == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "&",
        "|",
        "!!",
        "'",
        '"',
        "((",
        ":*",
        "<->",
        "a" * 5000,
        "😀",
        "\\",
        "%",
        "'ab' <-> 'cd'",
        "it's d'or",
        "a/b'c http://x/a'b?c",
        "de het een",
    ],
)
def test_strange_words_never_fail(cast: Cast, typed: str) -> None:
    ask(cast, "Kapot")
    assert find_questions(cast.fatima, typed) == []


def test_the_page_and_the_palette_show_groups(cast: Cast, client: Client) -> None:
    settings_changed()
    customer = create_customer(by=cast.fatima, at=AT, name="A. Grofman", phone="0226 351244")
    question = ask(cast, "Grofvuil <b>vet</b>")
    client.force_login(cast.fatima)
    page = client.get("/zoeken/?q=grof").content.decode()
    assert "Grof</mark>man" in page
    assert "Grofvuil ophalen" in page or "<mark>Grof</mark>vuil ophalen" in page
    page = client.get("/zoeken/?q=grofvuil").content.decode()
    assert question.number in page
    assert "<b>vet" not in page
    palette = client.get("/zoeken/?q=grofman", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in palette
    assert f'data-href="/klanten/{customer.pk}/"' in palette
    assert AccessEntry.objects.filter(user=cast.fatima, page="search").count() == 3


def test_more_than_200_characters_are_cut_and_that_is_said(cast: Cast, client: Client) -> None:
    client.force_login(cast.fatima)
    answer = client.get("/zoeken/", {"q": "x" * 5000})
    assert answer.status_code == 200
    assert "200 tekens" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("fatima", 200), ("henk", 200), ("sanne", 200), ("joost", 403), ("beheer", 403), ("receptie", 403)],
)
def test_searching_is_for_who_may_see_customers(cast: Cast, client: Client, name: str, status: int) -> None:
    client.force_login(getattr(cast, name))
    assert client.get("/zoeken/?q=wit").status_code == status


def test_the_number_of_queries_does_not_depend_on_the_hits(cast: Cast, client: Client) -> None:
    client.force_login(cast.fatima)
    ask(cast, "Container vol")
    client.get("/zoeken/?q=container")
    with CaptureQueriesContext(connection) as few:
        client.get("/zoeken/?q=container")
    for hours in range(20):
        ask(cast, "Container vol", hours)
    with CaptureQueriesContext(connection) as many:
        client.get("/zoeken/?q=container")
    assert abs(len(few) - len(many)) <= 1  # a common word needs no second way


def test_a_team_finds_common_words_in_its_own_questions_and_those_it_was_named_in(cast: Cast) -> None:
    mine = [ask(cast, "Container vol", hours) for hours in range(10)]
    secret = register(
        by=cast.fatima,
        at=AT,
        channel="phone",
        received_at=AT - timedelta(minutes=30),
        asked=[Asked(title="Container geheim", end="forward", subject_id=cast.paspoort.pk, is_confidential=True)],
    ).questions[0]
    assert find_questions(cast.henk, "container") == [q.pk for q in mine]
    ConfidentialAccess.objects.create(question=secret, user=cast.henk, reason="x", granted_by=cast.sanne, from_at=AT)
    assert find_questions(cast.henk, "container") == [mine[0].pk, secret.pk, *(q.pk for q in mine[1:])]
    assert find_questions(cast.bas, "container") == []
