"""A letter on paper: the right words, the address in the window, for whoever may see the question."""

from __future__ import annotations

import io
import threading
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from contacts.actions.acknowledge_by_letter import acknowledge_by_letter, acknowledgement_text
from contacts.actions.acknowledge_letter import acknowledge_letter
from contacts.actions.answer import answer
from contacts.actions.customers import create_customer
from contacts.actions.register import Asked, register
from contacts.models import Contact, Customer, NormClock, OutgoingLetter, Question
from contacts.views import letter as view
from organisation.clock import AMSTERDAM
from organisation.snapshot import organisation
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def question(cast: Cast) -> Question:
    wit = create_customer(
        by=cast.fatima, at=MONDAY, name="A. de Wit-Schouten", salutation="mrs", street="Dorpsstraat",
        house_number="41", postcode="1716KA", place="Opmeer",
    )  # fmt: skip
    made = register(
        by=cast.henk, at=MONDAY, channel="letter", received_at=MONDAY, customer=wit, asked=[Asked(subject_id=cast.grofvuil.pk, end="forward")]
    )  # fmt: skip
    return Question.objects.get(pk=made.questions[0].pk)


def browser(cast: Cast, name: str = "henk") -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def words(response: object) -> str:
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"  # type: ignore[attr-defined]
    reader = PdfReader(io.BytesIO(response.content))  # type: ignore[attr-defined]
    return "\n".join(page.extract_text() for page in reader.pages)


def test_the_answer_is_a_letter_in_the_house_style(cast: Cast, question: Question) -> None:
    text = "Geachte mevrouw De Wit,\n\nWij komen woensdag.\nU hoeft niets te doen.\n\nMet vriendelijke groet,\nHenk <b>Bos</b>"
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text=text, channel="letter")
    client = browser(cast)
    assert f'href="/brieven/{contact.pk}/"' in client.get(f"/vragen/{question.number}/").content.decode()
    shown = words(client.get(f"/brieven/{contact.pk}/"))
    for part in ("Mevr. A. de Wit-Schouten", "Dorpsstraat 41", "1716 KA", "OPMEER", question.number, "Grofvuil"):
        assert part in shown, part
    assert "dinsdag 3 maart 2026" in shown and "Wij komen woensdag." in shown and "<b>Bos</b>" in shown


def test_the_acknowledgement_names_number_team_and_last_day(cast: Cast, question: Question) -> None:
    letter = acknowledge_by_letter(question=question, by=cast.henk, at=TUESDAY)
    shown = words(browser(cast).post(f"/post/uit/{letter.pk}/afdrukken/"))
    flat = " ".join(shown.split())
    assert "Wij hebben uw brief ontvangen op maandag 2 maart." in flat and question.number in flat
    assert "Beste mevrouw De Wit-Schouten," in flat
    assert "Openbare Ruimte" in flat and "uiterlijk op maandag 30 maart" in flat


def test_the_acknowledgement_promises_what_the_clock_says_and_nothing_that_is_past(
    cast: Cast, question: Question
) -> None:
    acknowledge_letter(question=question, by=cast.henk, at=TUESDAY)
    clock = NormClock.objects.get(question=question, norm__code="letter.answer")
    assert "maandag 30 maart" in promise(question, TUESDAY)
    NormClock.objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=7))
    assert "maandag 6 april" in promise(question, TUESDAY)
    assert "uiterlijk" not in promise(question, TUESDAY + timedelta(days=60))


def promise(question: Question, at: datetime) -> str:
    with translation.override("nl"):
        return acknowledgement_text(Question.objects.get(pk=question.pk), at, organisation())


def test_without_an_address_nothing_is_made_and_that_is_said(cast: Cast, question: Question) -> None:
    for customer in (question.customer, None):
        Customer.objects.update(postcode="")
        Question.objects.update(customer=customer)
        page = browser(cast).post(f"/vragen/{question.number}/ontvangstbrief/", follow=True).content.decode()
        assert "Vul het adres voor de envelop in" in page
    assert not OutgoingLetter.objects.exists()


def test_who_may_not_see_the_question_gets_no_letter(cast: Cast, question: Question) -> None:
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text="Ja.", channel="letter")
    for name in ("bas",):
        assert browser(cast, name).get(f"/brieven/{contact.pk}/").status_code == 404
        assert browser(cast, name).post(f"/vragen/{question.number}/ontvangstbrief/").status_code == 404
    incoming = Contact.objects.get(direction="in")
    assert browser(cast).get(f"/brieven/{incoming.pk}/").status_code == 404
    assert browser(cast).get("/brieven/999999/").status_code == 404


def test_only_one_letter_is_made_at_a_time(cast: Cast, question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PATIENCE", 0.01)
    monkeypatch.setattr(view, "_one_at_a_time", threading.Semaphore(0))
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text="Ja.", channel="letter")
    page = browser(cast).get(f"/brieven/{contact.pk}/", follow=True).content.decode()
    assert "veel brieven tegelijk" in page


def test_long_and_strange_texts_fit_on_pages(cast: Cast, question: Question) -> None:
    text = "\n\n".join(["x" * 3000, "lang woord " * 1400, *["alinea"] * 200, "🙂 ‮om"])
    contact = answer(question=question, by=cast.henk, at=TUESDAY, text=text, channel="letter")
    reader = PdfReader(io.BytesIO(browser(cast).get(f"/brieven/{contact.pk}/").content))
    assert len(reader.pages) > 5 and reader.pages[5].extract_text()
