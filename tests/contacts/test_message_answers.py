"""Answers by a service: within its limits, retried, never doubled by a lost answer, and what became of them never goes back."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.actions.fetch_media import fetch_media
from channels_app.actions.read_events import read_events
from channels_app.actions.resend import resend
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.adapters.web import Unreachable, Web
from channels_app.approved import approved, blank
from channels_app.models import InboundMessage, MessageSource, OutboundMessage, StoredFile
from channels_app.sources import sealed
from contacts.actions.register_messages import register_messages
from contacts.actions.send_planned import send_planned
from contacts.models import Contact, NormClock, Notice, Question
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService, fake_service
from tests.channels_app.payloads import APP_SECRET, NUMBER, PHONE_ID, VERIFY, signed, wa_status, wa_text, whatsapp

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
READER = Sandbox()
SENT = (200, {"messaging_product": "whatsapp", "messages": [{"id": "wamid.OUT1"}]})
TEMPLATE = {
    "name": "vervolg",
    "language": "nl",
    "text": "Beste {{1}}, wij hebben antwoord op uw vraag over {{2}}. Mogen wij u bellen?",
}


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture
def service(settings: Any) -> Iterator[FakeService]:
    with fake_service() as fake:
        settings.MESSAGE_HOSTS_INSIDE = [fake.host]
        fake.usual = SENT
        yield fake


@pytest.fixture
def source(cast: Cast, service: FakeService) -> MessageSource:
    Municipality.objects.update(undo_send_seconds=0)
    return MessageSource.objects.create(
        kind="whatsapp",
        name="WhatsApp Opmeer",
        account=PHONE_ID,
        server=service.address,
        templates=[TEMPLATE],
        secrets_encrypted=sealed({"app_secret": APP_SECRET, "verify_token": VERIFY, "access_token": "token-1"}),
    )


def tell(source: MessageSource, body: bytes, at: datetime = AT) -> None:
    with patch("channels_app.views.webhook.now", lambda: at):
        answer = Client().post(
            f"/berichten/in/{source.key}/", body, content_type="application/json", headers=signed(body)
        )
    assert answer.status_code == 200
    read_events(at=at, sandbox=READER)
    fetch_media(at=at)
    register_messages(at=at)


def asked(source: MessageSource, at: datetime = AT, **more: Any) -> Question:
    tell(source, whatsapp(messages=[wa_text("Mijn container is niet geleegd.", at, **more)]), at)
    return Contact.objects.latest("id").questions.get()


def reply(cast: Cast, question: Question, text: str, at: datetime = AT, **more: Any) -> Any:
    client = Client()
    client.force_login(cast.fatima)
    question.refresh_from_db()
    data = {"channel": "whatsapp", "to_address": NUMBER, "text": text, "then": "close", "version": question.version}
    with (
        patch("contacts.views.reply.now", lambda: at),
        patch("contacts.pages.composer_service.now", lambda: at),
        patch("contacts.views.question.now", lambda: at),
    ):
        answer = client.post(f"/vragen/{question.number}/antwoord/", {**data, **more})
    send_planned(at=at)
    return answer


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


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
def test_receipts_in_any_order_and_any_number_end_at_the_same(
    source: MessageSource, cast: Cast, order: tuple[str, ...]
) -> None:
    reply(cast, asked(source), "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    for minute, state in enumerate([*order, *order], 1):
        at = AT + timedelta(minutes=minute)
        tell(source, whatsapp(statuses=[wa_status(state, AT + timedelta(minutes=1), "wamid.OUT1")]), at)
    tell(source, whatsapp(statuses=[wa_status("failed", AT, "wamid.OUT1", 131026)]), AT + timedelta(days=7))
    message = OutboundMessage.objects.get()
    assert (message.state, message.read_at, message.delivered_at) == (
        "sent",
        AT + timedelta(minutes=1),
        AT + timedelta(minutes=1),
    )


def test_a_failure_that_the_service_tells_afterwards_opens_the_question_again_once(
    source: MessageSource, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    for minute in (1, 2):
        body = whatsapp(statuses=[wa_status("failed", AT, "wamid.OUT1", 131047)])
        tell(source, body, AT + timedelta(minutes=minute))
    question.refresh_from_db()
    message = OutboundMessage.objects.get()
    assert (question.status, message.state) == ("in_progress", "failed")
    assert message.error == "De klant schreef langer dan 24 uur geleden. Stuur een goedgekeurd sjabloon. (131047)"
    assert Notice.objects.filter(kind=Notice.Kind.SEND_FAILED).count() == 1


def test_a_receipt_of_a_message_whose_answer_was_lost_keeps_it_from_going_twice(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    reply(cast, asked(source), "Wij legen hem morgen.")
    service.answers = [(0, b"", 0)]
    assert deliver(at=AT, by_services=True).later == 1
    message = OutboundMessage.objects.get()
    told = wa_status("delivered", AT, "wamid.LOST", biz_opaque_callback_data=message.message_id)
    tell(source, whatsapp(statuses=[told]), AT + timedelta(minutes=1))
    assert deliver(at=AT + timedelta(minutes=6), by_services=True).sent == 1
    message.refresh_from_db()
    assert (len(service.asked), message.state, message.remote_id) == (1, "sent", "wamid.LOST")


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def photo(**more: Any) -> dict[str, Any]:
    file = {"caption": "Kijk", "mime_type": "image/png", "sha256": "x", "id": "7700"}
    return {
        "from": NUMBER,
        "id": "wamid.P",
        "timestamp": str(int(AT.timestamp())),
        "type": "image",
        "image": file,
        **more,
    }


def test_a_photo_is_fetched_and_kept_like_an_attachment(source: MessageSource, service: FakeService) -> None:
    service.by_path = {
        "/v23.0/7700": (
            200,
            {"url": f"{service.address}/file", "mime_type": "image/png", "file_size": 48, "id": "7700"},
        ),
        "/file": (200, PNG),
    }
    tell(source, whatsapp(messages=[photo()]))
    stored = StoredFile.objects.get()
    assert (stored.content_type, stored.size, stored.inbound.contact.text) == ("image/png", 48, "Kijk")
    assert service.asked[1].headers["authorization"] == "Bearer token-1"


@pytest.mark.parametrize(
    "answers",
    [
        {"/v23.0/7700": (404, {"error": {"code": 100}})},
        {"/v23.0/7700": (200, {"url": "https://169.254.169.254/latest/", "id": "7700"})},
        {"/v23.0/7700": (200, {"url": "file:///etc/passwd", "id": "7700"})},
        {"/v23.0/7700": (200, {"url": "https://evil.example/x", "id": "7700"})},
        {"/v23.0/7700": (200, {"url": "", "file_size": 99_000_000, "id": "7700"})},
        {"/v23.0/7700": (302, b"")},
    ],
)
def test_a_file_that_cannot_be_fetched_keeps_no_message_back(
    source: MessageSource, service: FakeService, answers: dict[str, Any]
) -> None:
    service.by_path = answers
    tell(source, whatsapp(messages=[photo()]))
    for minutes in (1, 3, 20):
        fetch_media(at=AT + timedelta(minutes=minutes))
        register_messages(at=AT + timedelta(minutes=minutes))
    contact = Contact.objects.get()
    assert (contact.text, contact.remarks, StoredFile.objects.count()) == ("Kijk", ["file_not_fetched"], 0)


def kind(name: str, given: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"from": NUMBER, "id": "wamid.K", "timestamp": str(int(AT.timestamp())), "type": name, name: given, **more}


@pytest.mark.parametrize(
    ("message", "text", "remarks"),
    [
        (
            kind(
                "location", {"latitude": 52.7057, "longitude": 4.9411, "name": "Plein", "address": "Klaproos 1, Opmeer"}
            ),
            "Plein\nKlaproos 1, Opmeer\n52.705700, 4.941100",
            [],
        ),
        (kind("button", {"payload": "ja", "text": "Ja, bel mij"}), "Ja, bel mij", []),
        (
            kind(
                "interactive",
                {"type": "list_reply", "list_reply": {"id": "1", "title": "Afval", "description": "Container"}},
            ),
            "Afval\nContainer",
            [],
        ),
        (
            kind("contacts", {}, contacts=[{"name": {"formatted_name": "P. Smit"}, "phones": [{"phone": "+31 6 1"}]}]),
            "P. Smit: +31 6 1",
            [],
        ),
        (
            kind("unsupported", {}, errors=[{"code": 131051, "title": "Message type is not supported."}]),
            "Bericht zonder tekst.",
            ["unsupported_message"],
        ),
        (kind("system", {"body": "changed number"}), "Bericht zonder tekst.", ["unsupported_message"]),
        (wa_text("Mijn BSN is 111222333", AT), "Mijn BSN is 111222333", ["bsn"]),
    ],
)
def test_every_kind_of_message_becomes_words(
    source: MessageSource, message: dict[str, Any], text: str, remarks: list[str]
) -> None:
    tell(source, whatsapp(messages=[message]))
    contact = Contact.objects.get()
    assert (contact.text, contact.remarks) == (text, remarks)


def test_a_thumb_is_added_to_its_question_and_opens_nothing(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    question = asked(source)
    reply(cast, question, "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    thumb = kind("reaction", {"message_id": "wamid.OUT1", "emoji": "\U0001f44d"}, id="wamid.R")
    tell(source, whatsapp(messages=[thumb]), AT + timedelta(minutes=5))
    question.refresh_from_db()
    assert (question.status, question.contact_count) == ("closed", 3)
    alone = {**thumb, "id": "wamid.R2", "from": "31699999999"}
    tell(source, whatsapp(messages=[alone]), AT + timedelta(minutes=6))
    assert InboundMessage.objects.get(external_key="wamid.R2").outcome == "ignored"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.nl/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://user:secret@example.nl/",
        "https://example.nl:8443/",
        "gopher://example.nl/",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_call_goes_inside_our_own_network(url: str) -> None:
    with pytest.raises(Unreachable):
        Web(None, seconds=1).call("GET", url)


def test_a_service_that_drips_answers_too_much_or_sends_us_elsewhere_is_cut_off(service: FakeService) -> None:
    web = Web(frozenset(), seconds=0.4)
    service.answers = [(302, b"", 0), (200, b"x" * 2000, 0), (200, b"x", 2)]
    for _try in range(3):
        with pytest.raises(Unreachable):
            web.call("GET", service.address + "/", limit=1000)
    service.drip, service.usual = True, (200, b"x" * 500)
    with pytest.raises(Unreachable):
        web.call("GET", service.address + "/")


def test_an_old_failure_that_is_told_again_does_not_undo_what_a_person_sent_again(
    source: MessageSource, service: FakeService, cast: Cast
) -> None:
    reply(cast, asked(source), "Wij legen hem morgen.")
    deliver(at=AT, by_services=True)
    message = OutboundMessage.objects.get()
    old = whatsapp(
        statuses=[wa_status("failed", AT, "wamid.OUT1", 131026, biz_opaque_callback_data=message.message_id)]
    )
    tell(source, old)
    later = AT + timedelta(hours=2)
    assert resend(message=message, by=cast.sanne, at=later)
    again = json.dumps({**json.loads(old), "x": 1}).encode()
    tell(source, again, later)
    service.usual = (200, {"messages": [{"id": "wamid.OUT2"}]})
    deliver(at=later, by_services=True)
    tell(source, json.dumps({**json.loads(old), "x": 2}).encode(), later)
    message.refresh_from_db()
    assert (message.state, message.remote_id) == ("sent", "wamid.OUT2")
