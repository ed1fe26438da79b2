"""One message is one contact and one acknowledgement: sent twice, in two mailboxes, by racing workers, killed half-way, in a loop."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from channels_app.actions.deliver import deliver
from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.send import compose_message, queue_message
from channels_app.actions.take_in import take_in
from channels_app.models import DeadAddress, InboundMessage, Mailbox, OutboundMessage
from contacts.actions.adopt_sender import adopt_sender
from contacts.actions.register_mail import register_mail
from contacts.actions.take_in_mail import take_in_mail
from contacts.mail import rules as mail_rules
from contacts.models import Contact, Customer, Notice, Question
from tests.cast import Cast
from tests.channels_app.corpus import mail, report
from tests.channels_app.killing import killed_at
from tests.contacts.mail_scene import AT, READER, _one_reader, mailbox, receive

__all__ = ["_one_reader", "mailbox"]
pytestmark = pytest.mark.django_db


def test_the_same_message_twice_in_one_mailbox_is_one_contact(mailbox: Mailbox) -> None:
    receive(mail(), mailbox, "1:1")
    again = receive(mail(), mailbox, "1:2")
    assert (Contact.objects.count(), again.outcome) == (1, "ignored")
    assert OutboundMessage.objects.filter(purpose="acknowledgement").count() == 1


def test_a_message_to_two_mailboxes_is_one_contact_that_says_so(mailbox: Mailbox) -> None:
    other = Mailbox.objects.create(name="Info", address="info@opmeer.example")
    receive(mail("Vraag", "Received: by mx1"), mailbox, "1:1")
    receive(mail("Vraag", "Received: by mx2", "Delivered-To: info@opmeer.example"), other, "1:1")
    contact = Contact.objects.get()
    assert "several_mailboxes" in contact.remarks


def test_an_id_that_is_used_for_another_text_keeps_both_and_says_so(mailbox: Mailbox) -> None:
    receive(mail("Eerste vraag"), mailbox, "1:1")
    receive(mail("Tweede vraag"), mailbox, "1:2")
    first, second = Contact.objects.order_by("id")
    assert ("id_reused" in first.remarks, "id_reused" in second.remarks) == (False, True)


def test_two_systems_that_acknowledge_each_other_stop_at_the_ceiling(mailbox: Mailbox, settings: Any) -> None:
    at, sent = AT, 0
    for turn in range(10):
        receive(
            mail(f"Wij hebben uw bericht ontvangen, nummer {turn}.", mid=f"<loop{turn}@burger.example>"),
            mailbox,
            f"1:{turn}",
            at,
        )
        sent += deliver(at=at).sent
        at += timedelta(seconds=30)
    assert sent == 3
    assert OutboundMessage.objects.filter(state="held").count() == 7
    assert Question.objects.count() == 10


def test_a_notice_to_a_colleague_that_comes_back_is_never_sent_again(mailbox: Mailbox, cast: Cast) -> None:
    def notice(key: str) -> OutboundMessage | None:
        return queue_message(
            compose_message(
                purpose="notice",
                object_key=key,
                to_address="henk@opmeer.example",
                subject="Bijna te laat",
                body="Kijk.",
                at=AT,
                is_automatic=True,
            )
        )

    first = notice("user:1")
    deliver(at=AT)
    assert first is not None
    first.refresh_from_db()
    raw = report("failed", "5.1.1", to="henk@opmeer.example", original=first.message_id)
    row = receive(raw, mailbox, "1:1")
    assert (row.outcome, Question.objects.count(), Notice.objects.count()) == ("ignored", 0, 0)
    assert DeadAddress.objects.filter(address="henk@opmeer.example").exists()
    notice("user:2")
    assert deliver(at=AT).held == 1


def test_an_answer_that_comes_back_opens_the_question_and_tells_its_owner(mailbox: Mailbox, cast: Cast) -> None:
    from contacts.actions.answer import answer

    receive(mail(), mailbox, "1:1")
    question = Question.objects.get()
    answer(
        question=question,
        by=cast.fatima,
        at=AT + timedelta(hours=1),
        text="Dinsdag.",
        to_address="anna@burger.example",
        then="close",
    )
    deliver(at=AT + timedelta(hours=1))
    reply = OutboundMessage.objects.get(purpose="reply")
    receive(report("failed", "5.1.1", original=reply.message_id), mailbox, "1:2", AT + timedelta(hours=2))
    question.refresh_from_db()
    reply.refresh_from_db()
    assert (question.status, question.answered_at, reply.state) == ("in_progress", None, "failed")
    assert Notice.objects.filter(user=cast.fatima, kind="send_failed").count() == 1


def test_a_citizen_whose_mail_was_passed_on_becomes_the_customer_in_one_act(mailbox: Mailbox, cast: Cast) -> None:
    from tests.channels_app.corpus import CASES

    raw = next(case.raw for case in CASES if case.name == "colleague-passes-on")
    receive(raw, mailbox, "1:1")
    question = Question.objects.get()
    contact = question.contacts.get()
    customer = adopt_sender(question=question, contact_id=contact.pk, by=cast.fatima, at=AT)
    question.refresh_from_db()
    assert (customer.name, question.customer) == ("Piet Bakker", customer)
    assert OutboundMessage.objects.get(purpose="acknowledgement").to_address == "piet@burger.example"


def test_the_acknowledgement_tells_number_and_last_day_and_goes_only_once(mailbox: Mailbox) -> None:
    receive(mail(), mailbox, "1:1")
    message = OutboundMessage.objects.get(purpose="acknowledgement")
    question = Question.objects.get()
    assert question.number in message.body
    assert question.number in message.subject
    assert "vrijdag 27 november" in message.body
    deliver(at=AT)
    assert not question.clocks.filter(code="email.acknowledge", state="running").exists()


def test_a_message_that_cannot_be_registered_is_parked_after_five_tries_and_stops_no_other(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contacts.actions import register_mail as module

    real = module.receive_mail

    def fails_for_one(*, row: InboundMessage, **rest: Any) -> Any:
        if row.external_key == "1:1":
            raise RuntimeError("a bug")
        return real(row=row, **rest)

    monkeypatch.setattr(module, "receive_mail", fails_for_one)
    receive(mail(mid="<a@x>"), mailbox, "1:1")
    receive(mail(mid="<b@x>", body="Andere vraag"), mailbox, "1:2")
    at = AT
    for _try in range(6):
        at += timedelta(minutes=20)
        register_mail(at=at)
    first, second = InboundMessage.objects.order_by("id")
    assert (first.state, first.outcome, second.outcome) == ("parked", "parked", "registered")
    assert "RuntimeError" in first.reason


def test_a_full_disk_parks_nothing_and_is_tried_again(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    from email.mime.text import MIMEText

    from channels_app import files
    from tests.channels_app.corpus import attached, parts

    def full(data: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "store_bytes", full)
    row = receive(parts(MIMEText("x"), attached("a.pdf")), mailbox, "1:1")
    for minute in range(1, 12):
        parse_inbox(at=AT + timedelta(minutes=2 * minute), sandbox=READER)
    row.refresh_from_db()
    assert (row.state, Contact.objects.count()) == ("received", 0)
    assert "schijf" in row.reason


def test_the_command_prints_one_line_a_file_and_knows_a_file_again(cast: Cast, tmp_path: Path) -> None:
    good, news = tmp_path / "a.eml", tmp_path / "b.eml"
    good.write_bytes(mail())
    news.write_bytes(mail("Nieuws", "List-Id: <n.x>", mid="<n@x>"))
    out = StringIO()
    call_command("take_in", str(good), str(news), str(good), stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["outcome"] for line in lines] == ["registered", "ignored", "known"]
    assert set(lines[0]) == {"file", "outcome", "question", "contact", "reason"}
    assert lines[0]["question"] == lines[2]["question"]
    assert lines[0]["reason"] is None
    assert lines[1]["reason"]
    with pytest.raises(SystemExit) as ended:
        call_command("take_in", str(tmp_path / "weg.eml"), stdout=StringIO(), stderr=StringIO())
    assert ended.value.code == 1


def test_the_outcome_of_a_message_that_a_worker_took_first_is_waited_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []

    def taken_by_a_worker(**_asked: Any) -> int:
        rounds.append("read")
        return parse_inbox(at=AT, sandbox=READER) if len(rounds) == 2 else 0

    monkeypatch.setattr("contacts.actions.take_in_mail.parse_inbox", taken_by_a_worker)
    result = take_in_mail(raw=mail(), source="command", at=AT, sandbox=READER)
    assert result.outcome == "registered" and result.question, "a message in work is not parked"
    assert len(rounds) == 2


@pytest.mark.django_db(transaction=True)
def test_racing_workers_register_and_acknowledge_each_message_once(mailbox: Mailbox) -> None:
    for number in range(12):
        raw = mail(f"Vraag {number}", sender="Anna <anna@burger.example>", mid=f"<r{number}@x>")
        take_in(raw=raw, source="mailbox:1", external_key=f"1:{number}", received_at=AT, at=AT, mailbox=mailbox)

    def work() -> None:
        parse_inbox(at=AT)
        register_mail(at=AT)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    register_mail(at=AT)
    assert Contact.objects.filter(inbound__isnull=False).count() == 12
    assert OutboundMessage.objects.filter(purpose="acknowledgement").count() == 12
    assert Customer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "point",
    ["after_raw_saved", "after_parse_claim", "after_parsed", "after_register_claim", "before_commit", "after_commit"],
)
def test_intake_that_is_killed_at_any_point_ends_in_one_contact(mailbox: Mailbox, point: str) -> None:
    assert killed_at(point, lambda: take_in_mail(raw=mail(), source="killed", at=AT))
    later = AT + timedelta(seconds=5)  # long before the leases of the killed one end: nobody works on them any more
    parse_inbox(at=later)
    register_mail(at=later)
    result = take_in_mail(raw=mail(), source="killed", at=later)
    assert (result.outcome, Contact.objects.count(), InboundMessage.objects.count()) == ("known", 1, 1)
    assert OutboundMessage.objects.filter(purpose="acknowledgement").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["after_claim", "after_smtp_ok", "before_sent_commit"])
def test_sending_that_is_killed_at_any_point_ends_in_one_sent_message(mailbox: Mailbox, point: str) -> None:
    receive(mail(), mailbox, "1:1")
    assert killed_at(point, lambda: deliver(at=AT))
    assert deliver(at=AT + timedelta(seconds=2)).sent == 0
    assert deliver(at=AT + timedelta(seconds=5)).sent == 1
    assert OutboundMessage.objects.get().state == "sent"
    assert not Question.objects.get().clocks.filter(code="email.acknowledge", state="running").exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_that_kills_whoever_takes_it_is_left_to_a_person_after_five_times(mailbox: Mailbox) -> None:
    taken = take_in(raw=mail(), source="poison", external_key="1", received_at=AT, at=AT).message
    for number in range(5):
        assert killed_at("after_parse_claim", lambda at=AT + timedelta(seconds=10 * number): parse_inbox(at=at))
    assert parse_inbox(at=AT + timedelta(seconds=60)) == 0
    taken.refresh_from_db()
    assert (taken.state, taken.tries) == ("parked", 5)
    receive(mail(mid="<other@x>"), mailbox, "1:2")
    for number in range(5):
        assert killed_at("after_claim", lambda at=AT + timedelta(seconds=10 * number): deliver(at=at))
    assert deliver(at=AT + timedelta(seconds=60)).failed == 1
    assert OutboundMessage.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("subject", "text", "title"),
    [
        ("RE: FW: Antw: Container kapot [OPM-2026-000123]", "x", "Container kapot"),
        ("Re: OPM-2026-000123", "Beste gemeente,\n\nHoe staat het ermee?", "Hoe staat het ermee?"),
        ("Re: [OPM-2026-000123-ABCDEFGH22]", "Hoe staat het ermee?", "Hoe staat het ermee?"),
        ("", "", ""),
        ("Betreft: mijn BSN 111222333", "x", "Betreft: mijn BSN •••••••33"),
    ],
)
def test_the_title_is_what_a_colleague_wants_to_read(subject: str, text: str, title: str) -> None:
    assert mail_rules.title_of(subject, text) == title


def test_an_address_that_writes_to_us_is_alive_again(mailbox: Mailbox) -> None:
    DeadAddress.objects.create(address="anna@burger.example", since_at=AT)
    receive(mail(), mailbox, "1:1")
    assert (deliver(at=AT).sent, DeadAddress.objects.exists()) == (1, False)
