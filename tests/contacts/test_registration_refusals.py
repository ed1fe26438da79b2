"""What the registration screen refuses: bad input, questions and customers out of reach; nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.actions.register import Asked, register
from contacts.models import Contact, Customer, Question
from tests.cast import Cast
from tests.contacts.registration_scene import AT, DESK, _wednesday_morning, desk, form, wit
from tests.rows import Row

__all__ = ["_wednesday_morning", "desk", "wit"]


WRONG = [
    ({"q0-text": "x" * 10_001}, "te lang"),
    ({"received_on": "2026-11-26"}, "toekomst"),
    ({"received_on": "2026-13-45"}, "datum"),
    ({"received_on": "morgen"}, "datum"),
    ({"received_on": "1812-01-01"}, "datum"),
    ({"received_on": "2001-01-01"}, "tien jaar"),
    ({"received_time": "25:99"}, "datum"),
    ({"channel": "duif"}, "kanaal"),
    ({"end": "ontploft"}, "afloop"),
    ({"customer": "999999"}, "klant"),
    ({"customer": "9" * 40}, "klant"),
    ({"customer": "' OR 1=1"}, "klant"),
    ({"q0-subject": "999999"}, "onderwerp"),
    ({"q0-subject": "abc"}, "onderwerp"),
    ({"q0-text": "", "q0-subject": ""}, "notitie"),
    ({"q0-subject_query": "iets"}, "onderwerp"),
    ({"q0-kind": "raar"}, "Kies"),
    ({"q0-add_to": "OPM-2026-999999", "end": "add"}, "vraag"),
    ({"address": "y" * 400}, "te lang"),
    ({"end": "callback", "panel": "callback", "callback_phone": "bel maar"}, "nummer"),
    (
        {"end": "callback", "panel": "callback", "callback_phone": "0612345678", "callback_who": "user:999999"},
        "collega",
    ),
    ({"end": "forward", "panel": "forward", "forward_team": "999999"}, "team"),
    ({"end": "forward", "panel": "forward", "forward_who": "x"}, "collega"),
]
"""What is filled in, and a word of the sentence that says what is wrong."""


def test_bad_input_gives_a_sentence_and_loses_nothing(desk: Client, row: Row) -> None:
    for change, sentence in WRONG:
        with row(str(change)[:60]):
            data = form(**{"q0-text": "Bewaar mij", "q0-subject_query": ""}) | change
            answer = desk.post(DESK, data)
            assert answer.status_code == 422
            page = answer.content.decode()
            assert sentence.lower() in page.lower()
            if "q0-text" not in change:
                assert "Bewaar mij" in page
            assert Question.objects.count() == 0


def test_over_long_notes_come_back_whole(desk: Client) -> None:
    note = "woord " * 2_500
    page = desk.post(DESK, form(**{"q0-text": note})).content.decode()
    assert note.strip() in page


def test_control_characters_nul_emoji_and_arabic_are_taken_without_harm(desk: Client) -> None:
    data = form(customer_state="unknown", **{"q0-text": "a\x00b\x07c 😀 السلام ‮omgekeerd"})
    assert desk.post(DESK, data).status_code == 302
    text = Contact.objects.get().text
    assert text.startswith("abc 😀 السلام")


def test_another_teams_confidential_question_cannot_be_added_to(cast: Cast, client: Client, wit: Customer) -> None:
    secret = register(
        by=cast.sanne,
        at=AT,
        channel="phone",
        received_at=AT,
        customer=wit,
        asked=[Asked(end="forward", subject_id=cast.paspoort.pk, is_confidential=True)],
    ).questions[0]
    client.force_login(cast.fatima)
    answer = client.post(DESK, form(customer=wit.pk, end="add", **{"q0-add_to": secret.number}))
    assert answer.status_code == 422
    assert secret.title not in answer.content.decode()


def test_a_team_member_cannot_register_for_a_customer_out_of_reach(cast: Cast, client: Client, wit: Customer) -> None:
    client.force_login(cast.henk)
    assert client.post(DESK, form(customer=wit.pk)).status_code == 422
    assert client.post(DESK, form(customer=wit.pk, customer_query="0226 351244")).status_code == 302


@pytest.mark.parametrize("name", ["joost", "beheer", "receptie"])
def test_the_screen_is_for_who_answers_questions(cast: Cast, client: Client, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(DESK).status_code == 403
    assert client.post(DESK, form()).status_code == 403
    assert client.post(reverse("contacts:registration_candidates"), {"customer_query": "wit"}).status_code == 403
