"""Answers by a service: within its limits, retried, and a refusal said in words."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from channels_app.actions.deliver import deliver
from channels_app.adapters.registry import adapter_of
from channels_app.approved import approved, blank
from channels_app.models import MessageSource, OutboundMessage
from channels_app.pages.not_taken import not_taken_by_services
from channels_app.sources import heard
from contacts.actions.clocks import promises_to_keep
from contacts.actions.reopen import reopen
from contacts.actions.send_message import Way
from contacts.actions.send_planned import send_planned
from contacts.actions.settle import settle_due
from contacts.invariants import check_all
from contacts.messages.conversation import Talk
from contacts.models import NormClock, Notice
from contacts.pages.composer_service import _window
from organisation import wording
from organisation.clock import local_day
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService
from tests.channels_app.payloads import NUMBER, PHONE_ID, wa_text, whatsapp
from tests.contacts.service_scene import AT, TEMPLATE, _one_reader, asked, reply, service, source, tell

__all__ = ["_one_reader", "service", "source"]
pytestmark = pytest.mark.django_db


def test_the_answer_goes_by_the_account_by_which_the_customer_wrote(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    question = asked(source)
    assert reply(cast, question, "Wij legen hem morgen.").status_code == 302
    assert deliver(at=AT).sent == 0
    assert deliver(at=AT, by_services=True).sent == 1
    (request,) = service.asked
    assert (request.method, request.path) == ("POST", f"/v23.0/{PHONE_ID}/messages")
    assert request.headers["authorization"] == "Bearer token-1"
    message = OutboundMessage.objects.get()
    assert request.data == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": NUMBER,
        "biz_opaque_callback_data": message.message_id,
        "type": "text",
        "text": {"body": "Wij legen hem morgen.", "preview_url": False},
    }
    assert (message.state, message.remote_id, message.contact.is_answer) == ("sent", "wamid.OUT1", True)
    assert NormClock.objects.get().state == "met"


def test_after_a_day_only_an_approved_template_goes_and_the_page_says_so(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    question = asked(source)
    late = AT + timedelta(hours=24)
    page = reply(cast, question, "Wij legen hem morgen.", at=late)
    shown = page.content.decode()
    assert page.status_code == 422
    assert "De klant schreef te lang geleden." in shown
    assert "Beste …, wij hebben antwoord op uw vraag over …." in shown
    assert "Bij een goedgekeurde tekst kunnen geen bestanden mee." in shown
    open_place = blank(TEMPLATE["text"])
    assert reply(cast, question, open_place, at=late).status_code == 422
    text = "Beste mevrouw De Wit, wij hebben antwoord op uw vraag over de container. Mogen wij u bellen?"
    assert reply(cast, question, text, at=late).status_code == 302
    deliver(at=late, by_services=True)
    assert service.asked[-1].data["template"] == {
        "name": "vervolg",
        "language": {"code": "nl"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "mevrouw De Wit"},
                    {"type": "text", "text": "de container"},
                ],
            }
        ],
    }


def test_a_question_that_an_employee_opened_again_is_still_answered_by_the_account(
    source: MessageSource, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    late = AT + timedelta(days=2)
    question.refresh_from_db()
    reopen(question=question, by=cast.fatima, at=late, reason="Hij is niet geleegd")
    client = Client()
    client.force_login(cast.fatima)
    with patch("contacts.pages.composer_service.now", lambda: late), patch("contacts.views.question.now", lambda: late):
        shown = client.get(f"/vragen/{question.number}/").content.decode()
    assert "Beste …, wij hebben antwoord op uw vraag over …." in shown


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Hoi.", None),
        ("Dag A, tot B!", ["A", "B"]),
        ("Dag  A,\ntot B!", ["A", "B"]),
        ("Dag , tot B!", None),
        ("Dag A, tot !", None),
        ("Dag A, tot B! En meer", None),
        ("Dag A, tot B, tot C!", ["A", "B, tot C"]),
        ("Dag " + "x" * 1025 + ", tot B!", None),
        ("Dag …, tot B!", None),
        ("Vast.", []),
    ],
)
def test_a_text_is_an_approved_template_only_when_nothing_but_the_open_places_differs(
    text: str, values: list[str] | None
) -> None:
    templates = [
        {"name": "dag", "language": "nl", "text": "Dag {{1}}, tot {{2}}!"},
        {"name": "vast", "language": "nl", "text": "Vast."},
    ]
    found = approved(templates, text)
    assert (found["values"] if found else None) == values


def test_a_text_that_is_too_long_and_an_account_out_of_use_are_refused_with_the_text_kept(
    source: MessageSource, cast: Cast
) -> None:
    question = asked(source)
    page = reply(cast, question, "x" * 4097)
    assert (page.status_code, "Dit is te lang voor dit kanaal" in page.content.decode()) == (422, True)
    MessageSource.objects.update(is_active=False)
    page = reply(cast, question, "Wij legen hem morgen.")
    assert (page.status_code, "niet in gebruik" in page.content.decode()) == (422, True)
    assert "Wij legen hem morgen." in page.content.decode()


TROUBLE = [
    (500, {}),
    (503, b"<html>"),
    (0, b""),
    (200, b"not json"),
    (200, {"messages": []}),
    (429, {"error": {"code": 130429}}),
    (401, {"error": {"code": 190, "message": "expired"}}),
]


def test_a_service_in_trouble_is_tried_again_with_growing_pauses_until_a_human_is_told(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    service.answers = [(status, body, 0) for status, body in itertools.islice(itertools.cycle(TROUBLE), 60)]
    at, pauses = AT, []
    message = OutboundMessage.objects.get()
    while at < AT + timedelta(hours=30) and message.state != "failed":
        deliver(at=at, by_services=True)
        message.refresh_from_db()
        pauses.append(message.next_try_at - at)
        at = max(message.next_try_at, at + timedelta(minutes=1))
    assert pauses[:2] == [timedelta(minutes=5), timedelta(minutes=5)]  # no answer: a receipt gets time to tell
    assert pauses[6] == timedelta(minutes=64)
    assert (message.state, len(service.asked) < 16) == ("failed", True)
    question.refresh_from_db()
    assert question.status == "in_progress"
    assert Notice.objects.filter(user=cast.fatima, kind=Notice.Kind.SEND_FAILED).count() == 1
    assert NormClock.objects.filter(replaced_by=None).get().state == "missed"
    source.refresh_from_db()
    assert source.last_error


def test_an_answer_that_waits_for_another_try_says_why_and_when(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    service.usual = (503, {})
    deliver(at=AT, by_services=True)
    client = Client()
    client.force_login(cast.fatima)
    with time_machine.travel(AT):
        shown = client.get(f"/vragen/{question.number}/").content.decode()
    message = OutboundMessage.objects.get()
    again = wording.moment(message.next_try_at, local_day(AT))
    assert message.error
    assert escape(f"Nog niet verstuurd: {message.error.rstrip('.')}. Volgende poging: {again}.") in shown


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (131047, "De klant schreef langer dan 24 uur geleden."),
        (131026, "WhatsApp kan niet bezorgen op dit nummer."),
        (999999, "WhatsApp heeft het bericht geweigerd: 999999 as documented"),
    ],
)
def test_a_refusal_is_final_and_said_in_words(
    source: MessageSource, service: FakeService, cast: Cast, code: int, words: str
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    service.usual = (400, {"error": {"code": code, "message": "x", "error_data": {"details": "as documented"}}})
    assert deliver(at=AT, by_services=True).failed == 1
    assert OutboundMessage.objects.get().error.startswith(words)


@pytest.mark.parametrize("code", [131037, 131042])
def test_what_an_administrator_must_mend_fails_no_message(
    source: MessageSource, service: FakeService, cast: Cast, code: int
) -> None:
    """The name of the account is not approved, or WhatsApp cannot charge it: the next message would hear the same."""
    reply(cast, asked(source), "Wij legen hem morgen.")
    service.usual = (400, {"error": {"code": code, "message": "x"}})
    assert deliver(at=AT, by_services=True).later == 1
    source.refresh_from_db()
    assert str(code) in source.last_error
    heard(source, AT + timedelta(minutes=2))  # customers go on writing, which says nothing of that
    ((text, detail),) = not_taken_by_services(AT + timedelta(minutes=40))
    assert source.name in text and str(code) in detail


@pytest.mark.parametrize(
    ("kind", "templates", "words"),
    [
        (
            "whatsapp",
            [{"name": "x", "text": "x"}],
            "langer dan 24 uur geleden. Nu kan alleen een goedgekeurd sjabloon.",
        ),
        ("meta", [], "langer dan 7 dagen geleden. Hier kan nu niets meer heen"),
    ],
)
def test_the_composer_names_the_term_of_the_service(kind: str, templates: list[Any], words: str) -> None:
    talk = Talk(MessageSource(kind=kind, templates=templates), "", "", "", AT, "", False, {})
    adapter = adapter_of(kind)
    assert adapter is not None
    assert words in _window(Way(talk, adapter, False), is_closed=True)


def test_one_account_that_is_away_holds_up_no_other(source: MessageSource, service: FakeService, cast: Cast) -> None:
    MessageSource.objects.create(
        kind="whatsapp",
        name="Away",
        account="1",
        server="http://127.0.0.1:9",
        secrets_encrypted=source.secrets_encrypted,
    )
    for n in range(3):
        reply(cast, asked(source, key=f"wamid.{n}", sender=f"3160000000{n}"), "Antwoord")
    OutboundMessage.objects.exclude(pk=OutboundMessage.objects.latest("pk").pk).update(
        message_source=MessageSource.objects.get(name="Away")
    )
    done = deliver(at=AT, by_services=True)
    assert (done.sent, done.later) == (1, 1)


@pytest.mark.parametrize("then", ["close", "waiting", "interim", "stay"])
def test_a_line_that_crosses_our_answer_is_promised_one_of_its_own(
    source: MessageSource, cast: Cast, then: str
) -> None:
    question = asked(source)
    house = Municipality.objects.get()
    house.undo_send_seconds = 10
    house.save()
    reply(cast, question, "Wij legen hem morgen.", then=then, is_answer="on")
    crossing = AT + timedelta(seconds=4)
    tell(source, whatsapp(messages=[wa_text("En de papierbak?", crossing, "wamid.A2")]), crossing)
    assert send_planned(at=AT + timedelta(seconds=10)) == 1
    question.refresh_from_db()
    clock = NormClock.objects.get(question=question, state="running")
    assert (question.status, clock.contact.text) == ("in_progress", "En de papierbak?")
    assert question.due_at == clock.due_at
    settle_due(at=clock.due_at)
    question.refresh_from_db()
    assert promises_to_keep(question) == [clock], "missed, and still waited for"


@pytest.mark.parametrize("then", ["close", "waiting", "interim", "stay"])
def test_a_line_that_crosses_a_second_answer_of_ours_lets_that_go(source: MessageSource, cast: Cast, then: str) -> None:
    """Its own promise ran already, for the first answer had left."""
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.", then="stay", is_answer="on")
    house = Municipality.objects.get()
    house.undo_send_seconds = 10
    house.save()
    second = AT + timedelta(minutes=1)
    reply(cast, question, "Na tien uur.", at=second, then=then, is_answer="on")
    crossing = second + timedelta(seconds=4)
    tell(source, whatsapp(messages=[wa_text("En de papierbak?", crossing, "wamid.A2")]), crossing)
    assert send_planned(at=second + timedelta(seconds=10)) == 1
    question.refresh_from_db()
    clock = NormClock.objects.get(question=question, state="running")
    assert (question.status, clock.contact.text) == ("in_progress", "En de papierbak?")
    assert question.due_at == clock.due_at and promises_to_keep(question) == [clock]
    broken = [
        found for found in check_all() if found.violations and not found.invariant.startswith("I6")
    ]  # nothing delivers here
    assert broken == []
