"""A reply from the question's page: sent once, never lost, and filled from a template."""

from __future__ import annotations

import pytest

from channels_app.models import OutboundMessage
from contacts import reply_text
from contacts.actions.answer import answer
from contacts.actions.assign import take
from contacts.actions.register import Asked, register
from contacts.models import (
    ReplyTemplate,
)
from organisation.clock import now
from organisation.models import Municipality
from tests.cast import Cast
from tests.contacts.question_page import ask, login, reply, url


@pytest.fixture(autouse=True)
def _leaves_at_once(cast: Cast) -> None:
    """The seconds in which a reply can be taken back have tests of their own (`test_planned_replies.py`)."""
    house = Municipality.objects.get()
    house.undo_send_seconds = 0
    house.save()


def test_a_reply_is_sent_once_and_closes(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    assert client.post(url(question, "antwoord/"), reply(question)).status_code == 302
    client.post(url(question, "antwoord/"), reply(question))
    question.refresh_from_db()
    assert (question.status, question.close_reason) == ("closed", "answered")
    assert OutboundMessage.objects.filter(purpose="reply").count() == 1
    assert "In de wachtrij" in client.get(url(question)).content.decode()


@pytest.mark.parametrize(
    ("then", "status", "purpose"), [("waiting", "waiting", "question_back"), ("interim", "in_progress", "interim")]
)
def test_the_button_says_what_happens_with_the_question(cast: Cast, then: str, status: str, purpose: str) -> None:
    question = ask(cast)
    login(cast.henk).post(url(question, "antwoord/"), reply(question, then=then))
    question.refresh_from_db()
    assert question.status == status
    assert question.answered_at is None
    assert OutboundMessage.objects.filter(purpose=purpose).count() == 1


def test_a_refused_reply_keeps_everything_that_was_typed(cast: Cast) -> None:
    question = ask(cast)
    response = login(cast.henk).post(
        url(question, "antwoord/"), reply(question, to_address="geen adres", text="Mijn lange tekst")
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mijn lange tekst" in page
    assert "geen adres" in page
    assert "Vul een e-mailadres in" in page


def test_the_composer_shows_the_closing_that_is_added(cast: Cast) -> None:
    question = ask(cast)
    town = Municipality.objects.get()
    town.reply_closing = "Met vriendelijke groet,\n\n{medewerker}\n{team}"
    town.save()
    page = login(cast.henk).get(f"/vragen/{question.number}/").content.decode()
    assert f"Met vriendelijke groet, {cast.henk}, {question.team}" in page


def test_a_reply_on_an_old_version_shows_both_and_can_be_sent_after_all(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.ria, at=now())
    client = login(cast.henk)
    response = client.post(url(question, "antwoord/"), reply(question, version=1, text="Mijn lange tekst"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mijn lange tekst" in page
    assert "Ria" in page
    assert not OutboundMessage.objects.exists()
    again = dict(response.context["again"])
    assert client.post(response.context["again_url"], again).status_code == 302
    assert OutboundMessage.objects.get().body == "Mijn lange tekst"


def test_a_message_that_was_not_delivered_can_be_sent_again(cast: Cast) -> None:
    question = ask(cast)
    contact = answer(
        question=question, by=cast.henk, at=now(), text="Onze brief", to_address="fout@voorbeeld.nl", then="interim"
    )
    OutboundMessage.objects.filter(pk=contact.outbound_id).update(state="failed", error="550 unknown")
    client = login(cast.henk)
    page = client.get(url(question)).content.decode()
    assert "Niet bezorgd: 550 unknown" in page
    assert f"?opnieuw={contact.pk}" in page
    again = client.get(url(question) + f"?opnieuw={contact.pk}")
    assert (again.context["form"].text, again.context["form"].to_address) == ("Onze brief", "fout@voorbeeld.nl")


def test_a_template_is_filled_and_runs_nothing(cast: Cast) -> None:
    question = ask(cast)
    body = "{aanhef} Nummer {nummer}, {team}, {medewerker}. {onbekend} {0.__class__} {{ question.customer }}"
    template = ReplyTemplate.objects.create(name="Ophaaldag", body=body)
    answered = login(cast.henk).get(url(question, f"sjabloon/{template.pk}/")).json()["text"]
    assert answered == (
        f"Beste mevrouw De Wit-Schouten, Nummer {question.number}, Openbare Ruimte, Henk. {{onbekend}} {{0.__class__}} {{{{ question.customer }}}}"
    )
    assert answered in login(cast.henk).get(url(question) + f"?sjabloon={template.pk}").context["form"].text


@pytest.mark.parametrize(
    ("kind", "title", "name", "words"),
    [
        ("person", "mr", "K. Beers", "Beste meneer Beers,"),
        ("person", "mrs", "Anna van der Berg", "Beste mevrouw Van der Berg,"),
        ("person", "none", "Robin Smit", "Beste Robin Smit,"),
        ("organisation", "none", "Bakkerij Koopman", "Beste Bakkerij Koopman,"),
        ("person", "mr", "", "Beste heer, mevrouw,"),
    ],
)
def test_how_a_letter_begins(kind: str, title: str, name: str, words: str) -> None:
    assert reply_text.salutation(kind, title, name) == words


def test_a_conversation_answers_or_is_only_kept(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    client.post(
        url(question, "gesprek/"),
        {"talk": "Belt nog", "then": "stay", "talk_channel": "phone", "version": question.version},
    )
    question.refresh_from_db()
    assert (question.status, question.answered_at) == ("in_progress", None)
    client.post(
        url(question, "gesprek/"),
        {"talk": "Uitgelegd", "then": "close", "talk_channel": "phone", "version": question.version},
    )
    question.refresh_from_db()
    assert question.status == "closed"
    assert question.answered_at is not None


def test_of_two_questions_in_one_call_only_the_answered_one_says_so_and_names_who_answered(cast: Cast) -> None:
    at = now()
    made = register(
        by=cast.fatima,
        at=at,
        channel="phone",
        received_at=at,
        asked=[
            Asked(title="Openingstijden", end="direct"),
            Asked(title="Boom waait om", end="forward", team_id=cast.openbare_ruimte.pk),
        ],
        text="Beller had twee vragen.",
    )
    answered, passed_on = made.questions
    client = login(cast.fatima)
    first, second = (client.get(url(one)).content.decode() for one in (answered, passed_on))
    assert "Telefoon · antwoord" in first
    assert "Telefoon · antwoord" not in second
    assert '<span class="muted">niemand</span>' not in first


def test_templates_stand_by_subject_and_serve_the_conversation_too(cast: Cast) -> None:
    question = ask(cast)
    for name, subject in (("Ophalen", cast.grofvuil), ("Paspoort", cast.paspoort), ("Groet", None)):
        ReplyTemplate.objects.create(
            name=name, body=f"Over {question.number if subject else '{nummer}'}", subject=subject
        )
    client, path = login(cast.henk), f"/vragen/{question.number}/"
    page = client.get(path).content.decode()
    order = [page.index(words) for words in ("Bij dit onderwerp", ">Ophalen<", "Algemeen", ">Groet<", ">Paspoort<")]
    assert order == sorted(order)
    pk = ReplyTemplate.objects.get(name="Groet").pk
    spoken = client.get(path, {"sjabloon": pk, "bij": "gebeld"}).content.decode()
    assert 'data-tab="gebeld"' in spoken
    assert f">Over {question.number}</textarea>" in spoken
