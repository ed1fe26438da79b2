"""Messages of a service: taken in once, brought to the right question, in any order and any number of times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from channels_app.actions.read_events import read_events
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import InboundMessage, MessageSource
from channels_app.sources import sealed
from channels_app.views.webhook import WRONG
from contacts.actions.close import close
from contacts.actions.customers import create_customer
from contacts.actions.register_messages import register_messages
from contacts.actions.wipe import GONE
from contacts.models import Contact, Customer, NormClock, Question
from tests.cast import Cast
from tests.channels_app.payloads import APP_SECRET, NUMBER, PHONE_ID, VERIFY, signed, wa_text, whatsapp

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
READER = Sandbox()


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture(autouse=True)
def _nobody_was_wrong() -> None:
    WRONG.clear()


@pytest.fixture
def source(cast: Cast) -> MessageSource:
    return MessageSource.objects.create(
        kind="whatsapp",
        name="WhatsApp Opmeer",
        account=PHONE_ID,
        team=cast.openbare_ruimte,
        secrets_encrypted=sealed({"app_secret": APP_SECRET, "verify_token": VERIFY, "access_token": "token"}),
    )


def call(source: MessageSource, body: bytes, headers: dict[str, str] | None = None, at: datetime = AT) -> int:
    with patch("channels_app.views.webhook.now", lambda: at):
        answer = Client().post(
            f"/berichten/in/{source.key}/",
            body,
            content_type="application/json",
            headers=signed(body) if headers is None else headers,
        )
    return int(answer.status_code)


def work(at: datetime = AT) -> None:
    read_events(at=at, sandbox=READER)
    register_messages(at=at)


def say(source: MessageSource, words: str, key: str, at: datetime = AT, **more: Any) -> Contact:
    assert call(source, whatsapp(messages=[wa_text(words, at, key, **more)]), at=at) == 200
    work(at)
    return Contact.objects.get(inbound__external_key=key)


def test_a_message_becomes_a_question_with_its_customer_clock_team_and_reason(source: MessageSource) -> None:
    contact = say(source, "Mijn container is niet geleegd.\nKunt u helpen?", "wamid.A1")
    question = contact.questions.get()
    assert (question.channel, question.title, question.team.name) == (
        "whatsapp",
        "Mijn container is niet geleegd.",
        "Openbare Ruimte",
    )
    assert question.assignments.get().reason == "Berichten van dit account horen bij dit team"
    assert (contact.address, contact.address_name, contact.received_at) == (NUMBER, "Anna de Wit", AT)
    assert NormClock.objects.get().code == "chat.first_response"
    address = Customer.objects.get().addresses.get()
    assert (address.kind, address.normalized) == ("whatsapp", NUMBER)


def test_a_number_that_is_known_is_that_customer(source: MessageSource, cast: Cast) -> None:
    known = create_customer(by=None, at=AT, name="A. de Wit", phone="06 1234 5678")
    assert say(source, "Hallo", "wamid.1").customer == known
    create_customer(by=None, at=AT, name="B. de Wit", phone="0612345678")
    two = say(source, "Hallo", "wamid.2", sender="31612345679")
    assert two.customer is not None and two.customer.name == "Anna de Wit"


def test_a_number_of_two_customers_is_left_to_a_person(source: MessageSource, cast: Cast) -> None:
    for name in ("P. Bakker", "J. Bakker"):
        create_customer(by=None, at=AT, name=name, phone="0612345678")
    contact = say(source, "Hallo", "wamid.1")
    assert (contact.customer, contact.remarks) == (None, ["same_number"])


def test_what_is_written_next_belongs_to_the_same_question_until_a_day_after_it_was_closed(
    source: MessageSource, cast: Cast
) -> None:
    first = say(source, "Mijn container is niet geleegd.", "wamid.1").questions.get()
    assert say(source, "Het is nummer 41.", "wamid.2", AT + timedelta(days=9)).questions.get() == first
    closed_at = AT + timedelta(days=10)
    close(question=first, by=cast.fatima, at=closed_at, reason="answered", text="Geleegd.")
    again = say(source, "Hij staat er nog.", "wamid.3", closed_at + timedelta(hours=23)).questions.get()
    assert (again, again.status) == (first, "in_progress")
    close(question=again, by=cast.fatima, at=closed_at + timedelta(days=1), reason="answered", text="Nu wel.")
    later = say(source, "Andere vraag", "wamid.4", closed_at + timedelta(days=3)).questions.get()
    assert later != first
    assert later.links.get().other == first
    quoted = say(source, "Toch nog dit", "wamid.5", closed_at + timedelta(days=4), context={"id": "wamid.3"})
    assert quoted.questions.get() == first


def test_who_is_restricted_and_writes_again_is_heard_as_somebody_new(source: MessageSource, cast: Cast) -> None:
    first = say(source, "Mijn container is niet geleegd.", "wamid.1").questions.get()
    close(question=first, by=cast.fatima, at=AT, reason="answered", text="Geleegd.")
    Customer.objects.update(restricted_at=AT)
    for key, more in (("wamid.2", {}), ("wamid.3", {"context": {"id": "wamid.1"}})):
        contact = say(source, "Hij staat er nog.", key, AT + timedelta(hours=1), **more)
        question = contact.questions.get()
        assert question != first and contact.customer != first.customer and not question.links.exists()
    first.refresh_from_db()
    assert first.status == "closed"


def test_who_writes_where_the_question_was_wiped_is_heard_as_somebody_new(source: MessageSource, cast: Cast) -> None:
    first = say(source, "Mijn container is niet geleegd.", "wamid.1").questions.get()
    close(question=first, by=cast.fatima, at=AT, reason="answered", text="Geleegd.")
    Question.objects.update(title=GONE)
    for key, more in (("wamid.2", {"context": {"id": "wamid.1"}}), ("wamid.3", {})):
        assert say(source, "Hij staat er nog.", key, AT + timedelta(hours=1), **more).questions.get() != first


def test_what_answers_a_message_of_somebody_else_stays_with_its_own_sender(source: MessageSource) -> None:
    theirs = say(source, "Vraag", "wamid.1").questions.get()
    mine = say(source, "Mijn vraag", "wamid.2", sender="31687654321", context={"id": "wamid.1"}).questions.get()
    assert mine != theirs


def test_the_same_event_again_at_once_in_another_batch_and_after_a_week_is_one_contact(source: MessageSource) -> None:
    one, two = wa_text("Een", AT, "wamid.1"), wa_text("Twee", AT + timedelta(seconds=5), "wamid.2")
    batch = whatsapp(messages=[one, two])
    for body in (whatsapp(messages=[two]), batch, batch, whatsapp(messages=[two, one])):
        assert call(source, body) == 200
        assert call(source, body) == 200
    work()
    call(source, batch, at=AT + timedelta(days=7))
    work(AT + timedelta(days=7))
    assert Contact.objects.count() == 2
    assert Question.objects.get().contact_count == 2
    assert InboundMessage.objects.filter(outcome="split").count() == 3


def test_a_batch_of_a_hundred_is_a_hundred_messages(source: MessageSource) -> None:
    rows = [wa_text(f"Vraag {n}", AT, f"wamid.{n}", sender=f"316{n:08}") for n in range(100)]
    assert call(source, whatsapp(messages=rows)) == 200
    read_events(at=AT, sandbox=READER)
    items = list(InboundMessage.objects.filter(state="parsed").order_by("pk").values_list("pk", flat=True))
    register_messages(at=AT, only=items[-3:])
    assert (len(items), Contact.objects.count(), Question.objects.count()) == (100, 3, 3)


GOOD = whatsapp(messages=[wa_text("Vraag", AT)])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-Hub-Signature-256": ""}, 401),
        ({"X-Hub-Signature-256": "sha256=" + "0" * 64}, 401),
        ({"X-Hub-Signature-256": signed(GOOD)["X-Hub-Signature-256"].removeprefix("sha256=")}, 401),
        (signed(GOOD, "the secret of another app"), 401),
        (signed(json.dumps(json.loads(GOOD), indent=1).encode()), 401),
        ({"X-Hub-Signature-256": "sha256=é" + "0" * 60}, 401),
        (signed(GOOD), 200),
    ],
)
def test_a_call_that_is_not_signed_by_the_service_is_refused_and_only_counted(
    source: MessageSource, headers: dict[str, str], status: int
) -> None:
    assert call(source, GOOD, headers) == status
    source.refresh_from_db()
    assert (InboundMessage.objects.count(), source.refused_count) == ((1, 0) if status == 200 else (0, 1))


def test_who_keeps_calling_without_a_signature_is_told_to_wait_and_costs_no_writing(source: MessageSource) -> None:
    assert [call(source, GOOD, {}) for _time in range(33)].count(429) == 3
    source.refresh_from_db()
    assert source.refused_count == 30
    assert call(source, GOOD) == 200


def test_other_addresses_and_sources_out_of_use_are_not_there(source: MessageSource) -> None:
    assert Client().post("/berichten/in/anders/", GOOD, content_type="application/json").status_code == 404
    MessageSource.objects.update(is_active=False)
    assert call(source, GOOD) == 404


def test_too_much_is_refused_before_it_is_kept(source: MessageSource) -> None:
    assert call(source, b"x" * (1_048_576 + 1)) == 413
    assert not InboundMessage.objects.exists()


def test_the_service_can_ask_once_whether_the_address_is_ours(source: MessageSource) -> None:
    def ask(**query: str) -> Any:
        return Client().get(f"/berichten/in/{source.key}/", {f"hub.{name}": value for name, value in query.items()})

    answer = ask(mode="subscribe", verify_token=VERIFY, challenge="1158201444")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (
        200,
        b"1158201444",
        "text/plain; charset=utf-8",
    )
    assert ask(mode="subscribe", verify_token="wrong", challenge="1").status_code == 403
    assert ask(mode="subscribe", verify_token=VERIFY, challenge="<script>").status_code == 403
    assert ask().status_code == 403


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "Het bericht is niet geschreven"),
        (b"[]", "Het bericht is niet geschreven"),
        (b"{", "Het bericht is niet geschreven"),
        (b'{"a": NaN}', "Het bericht is niet geschreven"),
        (b'{"a": ' + b"9" * 5000 + b"}", "Het bericht is niet geschreven"),
        (b"\xff\xfe", "Het bericht is niet geschreven"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "De delen van het bericht"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "De delen van het bericht"),
    ],
)
def test_what_cannot_be_read_is_parked_with_its_reason(source: MessageSource, body: bytes, reason: str) -> None:
    assert call(source, body) == 200
    call(source, whatsapp(messages=[wa_text("Vraag", AT)]))
    work()
    row = InboundMessage.objects.get(state="parked")
    assert row.reason.startswith(reason)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "value",
    [
        {"messages": [{"from": 31612345678, "id": "a", "timestamp": 1e999, "type": "text", "text": {"body": 7}}]},
        {"messages": [{"from": "316", "id": "a", "timestamp": "-1", "type": ["text"], "text": "no object"}]},
        {"messages": [{"from": "316", "id": "a", "type": "text", "text": {"body": "a\x00b \ud800 é"}}]},
        {"messages": [{"from": "316", "id": "x" * 5000, "type": "text", "text": {"body": "w" * 300_000}}]},
        {"messages": [{"id": "a"}, None, 3, {"from": "316"}], "statuses": [{"status": "nieuw"}, {}], "contacts": 5},
        {"messages": [{"from": "316", "id": "a", "type": "location", "location": {"latitude": "x", "longitude": []}}]},
        {"statuses": [{"id": "wamid.unknown", "status": "read", "timestamp": "1764000000"}]},
    ],
)
def test_strange_values_never_stop_the_reading(source: MessageSource, value: dict[str, Any]) -> None:
    body = json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    )
    body = body.replace("Infinity", "1e999").encode()
    assert call(source, body) == 200
    work()
    assert not InboundMessage.objects.filter(state__in=["received", "parsed", "parked"]).exists()


def test_an_event_that_we_do_not_read_is_taken_and_told_in_the_log(source: MessageSource) -> None:
    body = json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "account_update"}]}]})
    assert call(source, body.encode()) == 200
    work()
    assert InboundMessage.objects.get().reason == "Niet gelezen: account_update"


def test_a_parked_call_is_seen_with_its_account_and_read_again(source: MessageSource, cast: Cast) -> None:
    good = whatsapp(messages=[wa_text("Vraag", AT)])
    call(source, good)
    InboundMessage.objects.update(tries=5)
    with patch("channels_app.actions.read_events._keep", side_effect=ValueError):
        read_events(at=AT, sandbox=READER)
    row = InboundMessage.objects.get(state="parked")
    client = Client()
    client.force_login(cast.sanne)
    assert "WhatsApp Opmeer" in client.get("/kanalen/geparkeerd/").content.decode()
    assert "wamid.A1" in client.get(f"/kanalen/geparkeerd/{row.pk}/").content.decode()
    assert client.get(f"/kanalen/geparkeerd/{row.pk}/bron/").content == good
    client.post(f"/kanalen/geparkeerd/{row.pk}/opnieuw/")
    work()
    assert Contact.objects.count() == 1


def test_a_message_that_could_not_be_registered_is_tried_again_by_a_person(source: MessageSource, cast: Cast) -> None:
    call(source, whatsapp(messages=[wa_text("Vraag", AT)]))
    read_events(at=AT, sandbox=READER)
    with patch("contacts.actions.register_messages.receive_message", side_effect=ValueError):
        for minutes in (0, 1, 3, 9, 25):
            register_messages(at=AT + timedelta(minutes=minutes))
    row = InboundMessage.objects.get(state="parked")
    client = Client()
    client.force_login(cast.sanne)
    assert "Vraag" in client.get(f"/kanalen/geparkeerd/{row.pk}/").content.decode()
    client.post(f"/kanalen/geparkeerd/{row.pk}/opnieuw/")
    register_messages(at=AT + timedelta(hours=1))
    assert Contact.objects.get().inbound == row


def test_what_was_left_alone_is_registered_after_all_by_a_person(source: MessageSource, cast: Cast) -> None:
    thumb = {**wa_text("", AT), "type": "reaction", "reaction": {"message_id": "wamid.X", "emoji": "\U0001f44d"}}
    call(source, whatsapp(messages=[thumb]))
    work()
    row = InboundMessage.objects.get(outcome="ignored")
    client = Client()
    client.force_login(cast.sanne)
    client.post(f"/kanalen/geparkeerd/{row.pk}/opnieuw/")
    register_messages(at=AT)
    assert Contact.objects.get().inbound == row
