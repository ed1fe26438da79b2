"""Facebook, Instagram and Mastodon: what is said in public and in private comes to one question, and is answered the same way."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.actions.fetch_media import fetch_media
from channels_app.actions.listen import listen
from channels_app.actions.read_events import read_events
from channels_app.models import InboundMessage, MessageSource, OutboundMessage
from channels_app.sources import sealed
from contacts.actions.merge import merge_questions
from contacts.actions.register_messages import register_messages
from contacts.actions.send_planned import send_planned
from contacts.models import Contact, Customer, NormClock, Question
from organisation.models import Municipality
from tests.cast import Cast
from tests.channels_app.fake_service import FakeService
from tests.channels_app.payloads import APP_SECRET, VERIFY, fb_comment, fb_message, ig_comment, meta, signed, toot
from tests.contacts.service_scene import AT, READER, _one_reader, service

__all__ = ["_one_reader", "service"]
PAGE = "1755847768034402"
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast: Cast, service: FakeService) -> MessageSource:
    Municipality.objects.update(undo_send_seconds=0)
    secrets = {"app_secret": APP_SECRET, "verify_token": VERIFY, "access_token": "token-1"}
    return MessageSource.objects.create(
        kind="meta", name="Facebook Opmeer", account=PAGE, server=service.address, secrets_encrypted=sealed(secrets)
    )


@pytest.fixture
def mastodon(cast: Cast, service: FakeService) -> MessageSource:
    Municipality.objects.update(undo_send_seconds=0)
    return MessageSource.objects.create(
        kind="mastodon",
        name="@gemeente",
        server=service.address,
        cursor="9000",
        secrets_encrypted=sealed({"access_token": "token-2"}),
    )


def work(at: datetime) -> None:
    read_events(at=at, sandbox=READER)
    fetch_media(at=at)
    register_messages(at=at)


def tell(source: MessageSource, body: bytes, at: datetime = AT) -> None:
    with time_machine.travel(at, tick=False):
        answer = Client().post(
            f"/berichten/in/{source.key}/", body, content_type="application/json", headers=signed(body)
        )
        assert answer.status_code == 200
    work(at)


def reply(cast: Cast, question: Question, text: str, to: str, at: datetime = AT, then: str = "interim") -> Any:
    client = Client()
    question.refresh_from_db()
    data = {"channel": "social", "to_address": to, "text": text, "then": then, "version": question.version}
    with time_machine.travel(at, tick=False):
        client.force_login(cast.fatima)
        answer = client.post(f"/vragen/{question.number}/antwoord/", data)
    send_planned(at=at)
    deliver(at=at, by_services=True)
    return answer


def test_a_message_and_its_receipts(page: MessageSource, service: FakeService, cast: Cast) -> None:
    tell(page, fb_message("Wanneer is de markt?", AT))
    contact = Contact.objects.get()
    question = contact.questions.get()
    assert (question.channel, contact.address, contact.remarks) == ("social", "facebook:24860000000001", [])
    clock = NormClock.objects.get()
    assert (clock.code, clock.unit, clock.length) == ("social.respond", "working_days", 1)
    service.usual = (200, {"recipient_id": "24860000000001", "message_id": "m_out"})
    service.asked.clear()
    reply(cast, question, "Op woensdag.", contact.address)
    assert (service.asked[0].path, service.asked[0].data) == (
        f"/v23.0/{PAGE}/messages",
        {"recipient": {"id": "24860000000001"}, "message": {"text": "Op woensdag."}, "messaging_type": "RESPONSE"},
    )
    clock.refresh_from_db()
    assert clock.state == "met"  # any human reaction stops this norm
    seen = AT + timedelta(minutes=5)
    tell(page, meta({"sender": {"id": "24860000000001"}, "read": {"watermark": int(seen.timestamp() * 1000)}}), seen)
    message = OutboundMessage.objects.get()
    assert (message.remote_id, message.read_at, message.delivered_at) == ("m_out", seen, seen)


def test_who_writes_privately_has_the_name_that_the_service_tells_and_never_a_number(
    page: MessageSource, service: FakeService, cast: Cast
) -> None:
    service.answers = [(500, {}, 0), (200, {"first_name": "Jan\u202e", "last_name": "de Vries"}, 0)]
    tell(page, fb_message("Wanneer is de markt?", AT))
    assert not Question.objects.exists()  # it waits a minute for the name, no longer
    work(AT + timedelta(minutes=1))
    question = Question.objects.get()
    assert service.asked[-1].path == "/v23.0/24860000000001?fields=first_name,last_name"
    assert (str(question.customer), Contact.objects.get().address_name) == ("Jan de Vries", "Jan de Vries")
    tell(page, fb_message("Hallo?", AT + timedelta(minutes=2), "m_2"), AT + timedelta(minutes=2))
    assert (len(service.asked), Contact.objects.count()) == (2, 2)  # known from the first
    client = Client()
    client.force_login(cast.fatima)
    for path in (f"/vragen/{question.number}/", f"/klanten/{question.customer_id}/"):
        shown = client.get(path).content.decode()
        assert "Facebook: Jan de Vries" in shown
        assert "24860000000001" not in shown.replace('value="facebook:24860000000001"', "")


def test_somebody_whom_the_service_does_not_name_is_called_after_the_service(
    page: MessageSource, service: FakeService, cast: Cast
) -> None:
    service.usual = (400, {"error": {"code": 100, "message": "not allowed"}})
    tell(page, fb_message("Wanneer is de markt?", AT))
    customer = Question.objects.get().customer
    assert str(customer) == "Facebook 0001"
    service.usual = (200, {"first_name": "Jan", "last_name": "de Vries"})
    tell(page, fb_message("Hallo?", AT + timedelta(minutes=2), "m_2"), AT + timedelta(minutes=2))
    customer.refresh_from_db()
    assert str(customer) == "Jan de Vries"  # known at the second message
    Customer.objects.filter(pk=customer.pk).update(name="Johan de Vries")
    tell(page, fb_message("Nog iets", AT + timedelta(days=9), "m_3"), AT + timedelta(days=9))
    customer.refresh_from_db()
    assert (str(customer), Question.objects.count()) == ("Johan de Vries", 1)  # the name that a person gave stays


def test_a_late_private_answer_carries_the_mark_of_a_human_and_after_a_week_none_goes(
    page: MessageSource, service: FakeService, cast: Cast
) -> None:
    tell(page, fb_message("Wanneer is de markt?", AT))
    question = Question.objects.get()
    service.usual = (200, {"message_id": "m_out"})
    service.asked.clear()
    reply(cast, question, "Op woensdag.", "facebook:24860000000001", AT + timedelta(days=2))
    assert service.asked[0].data["tag"] == "HUMAN_AGENT"
    late = reply(cast, question, "Op woensdag.", "facebook:24860000000001", AT + timedelta(days=7))
    assert (late.status_code, len(service.asked)) == (422, 1)


def test_a_refusal_for_being_too_late_is_final(page: MessageSource, service: FakeService, cast: Cast) -> None:
    tell(page, fb_message("Wanneer is de markt?", AT))
    service.usual = (400, {"error": {"code": 10, "error_subcode": 2018278, "message": "outside of allowed window"}})
    reply(cast, Question.objects.get(), "Op woensdag.", "facebook:24860000000001")
    assert OutboundMessage.objects.get().error.startswith("De klant schreef te lang geleden.")


def test_what_stands_below_a_post_is_answered_there_or_in_private_and_stays_one_question(
    page: MessageSource, service: FakeService, cast: Cast
) -> None:
    tell(page, fb_comment("Is er ook parkeerplaats?", AT))
    contact = Contact.objects.get()
    question = contact.questions.get()
    assert (contact.remarks, contact.quoted_text) == (["public_message"], "De markt is weer open.")
    service.by_path = {"/v23.0/100_7/comments": (200, {"id": "100_8"}), f"/v23.0/{PAGE}": (200, {"message_id": "m_9"})}
    reply(cast, question, "Ja, achter de kerk.", "openbaar")
    reply(cast, question, "Bel ons gerust.", "facebook:24860000000001")
    public, private = OutboundMessage.objects.order_by("id")
    assert service.asked[0].data == {"message": "Ja, achter de kerk."}
    assert service.asked[1].data == {"recipient": {"comment_id": "100_7"}, "message": {"text": "Bel ons gerust."}}
    assert (public.contact.remarks, private.contact.remarks) == (["public_answer"], [])
    tell(page, fb_message("Dank u!", AT + timedelta(hours=1), "m_10"), AT + timedelta(hours=1))
    tell(page, fb_comment("En fietsen?", AT + timedelta(hours=2), "100_9", parent_id="100_8"), AT + timedelta(hours=2))
    assert Question.objects.get().contact_count == 5


def test_a_comment_that_is_changed_or_taken_away_says_so_on_its_question(page: MessageSource) -> None:
    tell(page, fb_comment("Is er parkeerplats?", AT))
    tell(page, fb_comment("Is er parkeerplaats?", AT, verb="edited"), AT + timedelta(minutes=1))
    tell(page, fb_comment("", AT, verb="remove"), AT + timedelta(minutes=2))
    tell(page, fb_comment("", AT, verb="remove"), AT + timedelta(minutes=3))
    rows = Contact.objects.order_by("id").values_list("remarks", "is_automatic")
    assert list(rows) == [
        (["public_message"], False),
        (["edited_message", "public_message"], False),
        (["deleted_message", "public_message"], True),
    ]
    assert Question.objects.count() == 1


def test_instagram_below_a_picture_is_answered_there(page: MessageSource, service: FakeService, cast: Cast) -> None:
    tell(page, ig_comment("Mooi! Tot hoe laat?"))
    question = Question.objects.get()
    assert Contact.objects.get().address == "instagram:232323232"
    service.usual = (200, {"id": "17900"})
    reply(cast, question, "Tot vijf uur.", "openbaar")
    assert service.asked[0].path == "/v23.0/17865799348089039/replies"


@pytest.mark.parametrize(
    "body",
    [
        fb_comment("", AT, item="reaction", reaction_type="like"),
        fb_comment("Een bericht", AT, item="status"),
        meta({"sender": {"id": "1"}, "timestamp": 1, "optin": {"ref": "x"}}),
        meta(change={"field": "mention", "value": {}}),
        meta({"sender": "x", "message": []}),
        meta({"sender": {"id": "1"}, "message": {"mid": None, "attachments": "x"}}),
        json.dumps({"object": "user", "entry": [{"changes": []}]}).encode(),
        json.dumps({"object": "page", "entry": {"a": 1}}).encode(),
    ],
)
def test_what_nobody_asked_becomes_no_question(page: MessageSource, body: bytes) -> None:
    tell(page, body)
    assert not Contact.objects.exists()
    assert InboundMessage.objects.get().outcome == "split"


def test_mastodon_is_asked_from_where_we_were_and_answered_to_the_same_people(
    mastodon: MessageSource, service: FakeService, cast: Cast
) -> None:
    public = toot("Is de markt open?<br>En het <a href='https://x.example'>plein</a>?", AT, 1)
    service.answers = [(200, [toot("Psst", AT, 2, "direct"), public], 0), (200, [], 0)]  # type: ignore[list-item]
    assert listen(at=AT) == 2
    mastodon.refresh_from_db()
    assert (mastodon.cursor, mastodon.last_error, mastodon.last_heard_at) == ("9002", "", AT)
    assert "min_id=9000" in service.asked[0].path
    work(AT)
    contact = Contact.objects.get(inbound__external_key="115001")
    assert contact.text.startswith("Is de markt open?\nEn het plein")
    assert (contact.address, contact.remarks) == ("anna@mastodon.example", ["public_message"])
    service.answers = [(200, {"id": "115900"}, 0)]
    reply(cast, contact.questions.get(), "Ja.", "openbaar")
    sent = service.asked[-1]
    assert sent.path == "/api/v1/statuses"
    assert sent.headers["idempotency-key"] == OutboundMessage.objects.get().message_id
    assert b"status=%40anna%40mastodon.example+Ja.&visibility=public&in_reply_to_id=115001" in sent.body
    service.answers = [(200, {"id": "115901"}, 0)]
    reply(cast, contact.questions.get(), "Bel ons.", "anna@mastodon.example")
    assert b"visibility=direct" in service.asked[-1].body


def test_the_first_visit_takes_in_nothing_of_before(mastodon: MessageSource, service: FakeService) -> None:
    MessageSource.objects.update(cursor="")
    service.usual = (200, [toot("Van vorige week", AT - timedelta(days=7), 5)])  # type: ignore[assignment]
    assert listen(at=AT) == 0
    mastodon.refresh_from_db()
    assert mastodon.cursor == "9005"


@pytest.mark.parametrize(
    "answer", [(500, b"<html>"), (0, b""), (200, b"nothing"), (401, {"error": "revoked"}), (429, {}), (302, b"")]
)
def test_a_server_in_trouble_is_an_alarm_and_moves_nothing(
    mastodon: MessageSource, service: FakeService, cast: Cast, answer: tuple[int, Any]
) -> None:
    service.usual = answer
    assert listen(at=AT) == 0
    mastodon.refresh_from_db()
    assert (mastodon.cursor, bool(mastodon.last_error)) == ("9000", True)
    client = Client()
    client.force_login(cast.sanne)
    assert "Het account @gemeente werkt niet." in client.get("/kanalen/").content.decode()
    service.usual = (200, [])  # type: ignore[assignment]
    listen(at=AT + timedelta(minutes=1))
    mastodon.refresh_from_db()
    assert mastodon.last_error == ""


def test_no_reaction_needed_ends_the_clock_with_its_reason_and_counts_nowhere(page: MessageSource, cast: Cast) -> None:
    tell(page, fb_comment("Topmarkt!", AT))
    question = Question.objects.get()
    client = Client()
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        client.force_login(cast.fatima)
        address = f"/vragen/{question.number}/geen-reactie/"
        assert "Geen reactie nodig" in client.get(f"/vragen/{question.number}/").content.decode()
        form = {"reason": "other", "text": " ", "version": question.version}
        assert client.post(address, form).status_code == 422
        assert client.post(address, {**form, "reason": "thanks"}).status_code == 302
        shown = client.get("/webcare/?lijst=alles").content.decode()
    question.refresh_from_db()
    assert (question.status, question.close_reason) == ("closed", "no_reaction_needed")
    assert NormClock.objects.get().state == "cancelled"
    assert "Een bedankje of een compliment." in shown


def test_the_list_shows_per_post_what_was_said_in_public_and_in_private(
    page: MessageSource, service: FakeService, cast: Cast
) -> None:
    tell(page, fb_comment("Is er parkeerplaats?", AT))
    tell(page, fb_comment("En fietsen?", AT, "100_20", **{"from": {"id": "9", "name": "Bas"}}))
    tell(page, fb_message("Mijn nummer is 06 12345678", AT))
    service.usual = (200, {"id": "100_8", "message_id": "m_9"})
    reply(cast, Question.objects.get(title="Is er parkeerplaats?"), "Ja, achter de kerk.", "openbaar")
    reply(cast, Question.objects.get(title="Is er parkeerplaats?"), "Bel ons gerust.", "facebook:24860000000001")
    client = Client()
    client.force_login(cast.fatima)
    shown = client.get("/webcare/").content.decode()
    assert (shown.count("De markt is weer open."), shown.count("Openbaar en privé beantwoord")) == (1, 1)
    assert shown.count("Nog geen antwoord") == 2
    client.force_login(cast.bas)
    assert "parkeerplaats" not in client.get("/webcare/").content.decode()


def test_the_list_marks_what_was_changed_or_taken_away(page: MessageSource, cast: Cast) -> None:
    tell(page, fb_comment("Is er parkeerplaats?", AT))
    tell(page, fb_comment("Is er plek voor fietsen?", AT, verb="edited"))
    tell(page, fb_comment("", AT, verb="remove"))
    client = Client()
    client.force_login(cast.fatima)
    shown = client.get("/webcare/").content.decode()
    assert "Is er plek voor fietsen?" in shown
    for words in ("De klant heeft een eerder bericht veranderd.", "De klant heeft een eerder bericht weggehaald."):
        assert shown.count(words) == 1
    assert "Bericht zonder tekst" not in shown


def test_the_list_costs_the_same_queries_for_many_rows(
    page: MessageSource, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(cast.fatima)
    client.get("/webcare/")
    for n in range(12):
        tell(page, fb_comment(f"Vraag {n}", AT, f"100_{n}", **{"from": {"id": f"{n}1", "name": f"N {n}"}}))
    with django_assert_max_num_queries(14):
        assert client.get("/webcare/").content.decode().count("<article") == 12


def test_the_next_page_begins_after_the_last_row_also_when_that_became_confidential(
    page: MessageSource, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.pages.webcare.SIZE", 1)
    for n in range(3):
        at = AT + timedelta(minutes=n)
        tell(page, fb_comment(f"Vraag {n}", at, f"100_{n}", **{"from": {"id": f"{n}1", "name": f"N {n}"}}), at)
    last = Question.objects.get(title="Vraag 1")
    client = Client()
    client.force_login(cast.fatima)
    for is_confidential in (False, True):
        Question.objects.filter(pk=last.pk).update(is_confidential=is_confidential)
        shown = client.get(f"/webcare/?before={last.pk}").content.decode()
        assert [f"Vraag {n}" in shown for n in range(3)] == [True, False, False]


def echo(words: str, at: datetime, mid: str) -> bytes:
    """What was sent with Meta's own screens (or by us), as the page hears it."""
    message = {"is_echo": True, "app_id": 1, "mid": mid, "text": words}
    body = json.loads(meta({"sender": {"id": PAGE}, "timestamp": int(at.timestamp() * 1000), "message": message}))
    body["entry"][0]["messaging"][0]["recipient"] = {"id": "24860000000001"}
    return json.dumps(body).encode()


def test_an_answer_given_with_the_screens_of_the_service_stops_the_norm_and_stands_on_the_question(
    page: MessageSource, service: FakeService, cast: Cast
) -> None:
    tell(page, fb_message("Wanneer is de markt?", AT))
    tell(page, fb_comment("En tot hoe laat?", AT))
    hour = AT + timedelta(hours=1)
    tell(page, echo("Op woensdag.", hour, "m_suite"), hour)
    ours = {"from": {"id": PAGE, "name": "Gemeente"}, "parent_id": "100_7"}
    tell(page, fb_comment("Tot vijf uur.", hour, "100_9", **ours), hour)
    rows = Contact.objects.filter(direction="out").order_by("id").values_list("text", "remarks", "is_answer")
    assert list(rows) == [
        ("Op woensdag.", ["answered_at_service"], False),
        ("Tot vijf uur.", ["answered_at_service", "public_answer"], False),
    ]
    assert set(NormClock.objects.values_list("state", flat=True)) == {"met"}
    assert set(Question.objects.values_list("status", flat=True)) == {"in_progress"}


def test_an_answer_below_a_comment_of_a_merged_question_counts_for_the_one_that_stays(
    page: MessageSource, cast: Cast
) -> None:
    for number, words in ((6, "Wanneer is de markt?"), (7, "En tot hoe laat?")):
        tell(page, fb_comment(words, AT, f"100_{number}", **{"from": {"id": f"2486{number}", "name": "Anna"}}))
    keep, gone = Question.objects.order_by("pk")
    Question.objects.filter(pk=gone.pk).update(customer=keep.customer)
    gone.refresh_from_db()
    merge_questions(keep=keep, merge=gone, by=cast.sanne, at=AT)
    hour = AT + timedelta(hours=1)
    ours = {"from": {"id": PAGE, "name": "Gemeente"}, "parent_id": "100_7"}
    tell(page, fb_comment("Tot vijf uur.", hour, "100_9", **ours), hour)
    assert keep.contacts.filter(direction="out").exists() and not keep.clocks.filter(state="running").exists()


def test_our_own_answer_that_comes_back_is_no_second_one(page: MessageSource, service: FakeService, cast: Cast) -> None:
    tell(page, fb_message("Wanneer is de markt?", AT))
    service.usual = (200, {"message_id": "m_out"})
    reply(cast, Question.objects.get(), "Op woensdag.", "facebook:24860000000001")
    tell(page, echo("Op woensdag.", AT, "m_out"))
    OutboundMessage.objects.update(remote_id="")  # it came back before the service told us its id
    tell(page, echo("Op woensdag.", AT, "m_out2"))
    tell(page, echo("Zonder vraag.", AT, "m_other").replace(b"24860000000001", b"24860000000009"))
    assert Contact.objects.count() == 2
    assert not InboundMessage.objects.filter(outcome="ignored").exists()
