"""Outgoing mail against a real SMTP sink that takes it, refuses it, asks to wait, or hangs up."""

from __future__ import annotations

import asyncio
import email
import importlib
import mmap
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from celery.signals import worker_shutting_down
from django.db import InterfaceError, OperationalError, connection, connections

from channels_app import files
from channels_app.actions.deliver import LEASE, deliver
from channels_app.actions.resend import resend
from channels_app.actions.send import compose_message, queue_message
from channels_app.broken_off import give_up
from channels_app.holding import lock_key
from channels_app.lines import Lines
from channels_app.models import DeadAddress, OutboundMessage
from channels_app.reference import find_reference
from channels_app.signals import outbound_settled
from organisation import leaving
from organisation.models import Municipality, User
from tests.channels_app.dovecot import free_port

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Sink:
    """`answers`: what it says after DATA, one by one, then 250. `cut` hangs up instead of answering, having kept the message."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answers: list[str] = []
        self.rcpt_answers: list[str] = []
        self.peers: set[object] = set()
        self.waits_at = -1
        """With so many mails it takes none until somebody else comes as well."""

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.rcpt_answers.pop(0) if self.rcpt_answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.peers.add(session.peer)
        while len(self.mails) == self.waits_at and len(self.peers) == 1:
            await asyncio.sleep(0.01)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") or answer == "cut":
            self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        if answer == "cut":
            server.transport.abort()
            return "451 gone"
        return answer


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.SMTP = {"host": "127.0.0.1", "port": controller.port, "user": "", "password": "", "tls": "none"}
    settings.DEMO_MODE = False
    yield handler
    controller.stop()


@pytest.fixture(autouse=True)
def _house(request: pytest.FixtureRequest) -> None:
    if "transactional_db" not in request.fixturenames:
        Municipality.objects.get_or_create(pk=1)


def queued(key: str = "contact:1", **values: Any) -> OutboundMessage:
    given: dict[str, Any] = {
        "purpose": "reply",
        "object_key": key,
        "to_address": "anna@burger.example",
        "to_name": "Anna de Wit",
        "subject": "Uw vraag [OPM-2026-000123]",
        "body": "Beste mevrouw De Wit,\n\nDinsdag legen wij uw container.\n",
        "at": AT,
        "reference_number": "OPM-2026-000123",
    }
    message = queue_message(compose_message(**{**given, **values}))
    assert message is not None
    return message


def test_a_message_leaves_once_in_the_house_style_with_its_reference(sink: Sink) -> None:
    message = queued(in_reply_to="<vraag@burger.example>")
    assert deliver(at=AT).sent == 1
    assert deliver(at=AT).sent == 0
    message.refresh_from_db()
    (mail,) = sink.mails
    assert (message.state, message.sent_at, mail["Message-ID"]) == ("sent", AT, message.message_id)
    assert (mail["In-Reply-To"], mail["References"]) == ("<vraag@burger.example>", "<vraag@burger.example>")
    assert mail["Auto-Submitted"] is None
    text, html = (mail.get_body((kind,)).get_content().replace("\r", "") for kind in ("plain", "html"))
    assert find_reference(text) == find_reference(html) == "OPM-2026-000123"
    assert "Dinsdag legen wij uw container." in text
    assert "<p>Dinsdag legen wij uw container.</p>" in html.replace("\n</p>", "</p>").replace("\n", "")


def test_automatic_mail_says_that_a_machine_wrote_it(sink: Sink) -> None:
    queued(purpose="acknowledgement", is_automatic=True)
    deliver(at=AT)
    (mail,) = sink.mails
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"], mail["Precedence"]) == (
        "auto-replied",
        "All",
        "bulk",
    )


def test_a_file_travels_along(sink: Sink, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    files.store_file(
        data=b"%PDF-1.4 brief", name="brief.pdf", at=AT, declared_type="application/pdf", outbound=queued()
    )
    deliver(at=AT)
    (attached,) = sink.mails[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type(), attached.get_content()) == (
        "brief.pdf",
        "application/pdf",
        b"%PDF-1.4 brief",
    )


def test_text_of_customers_cannot_become_markup_or_headers(sink: Sink) -> None:
    queued(
        body="<script>alert(1)</script>",
        subject="Regel 1\r\nBcc: iedereen@x.example",
        to_name='Anna\r\nX: "y" <b@c.example>',
    )
    deliver(at=AT)
    (mail,) = sink.mails
    assert (mail["Bcc"], mail["X"], "<script>" in mail.get_body(("html",)).get_content()) == (None, None, False)
    row = queued("contact:2")
    OutboundMessage.objects.filter(pk=row.pk).update(subject="Regel 1\nBcc: x@y.example")
    assert deliver(at=AT).failed == 1


def test_an_encoded_word_hides_no_header(sink: Sink) -> None:
    hidden = "=?utf-8?q?a=0D=0ABcc:_x@y.example?="
    queued(subject=hidden, to_name=hidden, in_reply_to=f"<{hidden}@y.example>")
    deliver(at=AT)
    (mail,) = sink.mails
    assert mail["Bcc"] is None
    assert mail["In-Reply-To"] is None
    assert mail["To"].addresses[0].addr_spec == "anna@burger.example"


@pytest.mark.parametrize(
    "address",
    [
        "geen adres",
        "a@",
        "jörg@burger.example",
        "a b@c.example",
        "a@b.example>",
        "a..b@burger.example",
        "(a)@burger.example",
        "a@burger.example.",
        "a@[1",
    ],
)
def test_what_is_no_address_fails_at_once_with_words(sink: Sink, address: str) -> None:
    message = queued(to_address=address)
    assert deliver(at=AT).failed == 1
    message.refresh_from_db()
    assert message.error
    assert not sink.mails


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_for_seven_days(sink: Sink) -> None:
    message = queued()
    sink.answers = ["421 busy", "450 later", "451 later"] + ["450 later"] * 100
    moments, at = [], AT
    while at - AT < timedelta(days=8):
        deliver(at=at)
        message.refresh_from_db()
        if message.state == "failed":
            break
        moments.append(message.next_try_at - at)
        at = message.next_try_at
    assert message.state == "failed"
    assert timedelta(days=7) <= at - AT < timedelta(days=7, hours=7)
    assert moments[0] == timedelta(minutes=1)
    assert moments == sorted(moments)
    assert moments[-1] == timedelta(hours=6)
    assert not sink.mails


def test_a_refusal_for_good_is_told_at_once(sink: Sink) -> None:
    message = queued()
    sink.rcpt_answers = ["550 5.1.1 unknown user"]
    told: list[str] = []

    def hear(sender: object, message: OutboundMessage, **kwargs: Any) -> None:
        told.append(message.state)

    outbound_settled.connect(hear)
    try:
        assert deliver(at=AT).failed == 1
    finally:
        outbound_settled.disconnect(hear)
    message.refresh_from_db()
    assert (message.state, told) == ("failed", ["failed"])
    assert "550" in message.error


def test_a_cut_after_the_data_repeats_the_same_message_id(sink: Sink) -> None:
    queued()
    sink.answers = ["cut"]
    assert deliver(at=AT).later == 1
    assert deliver(at=AT + timedelta(minutes=2)).sent == 1
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_worker_that_was_asked_to_stop_ends_after_the_message_at_hand(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever replaces the version kills it in the middle of one, which then goes twice."""
    for number in range(3):
        queued(f"contact:{number}")
    monkeypatch.setattr("channels_app.actions.deliver.is_leaving", lambda: bool(sink.mails))
    assert deliver(at=AT).sent == 1
    monkeypatch.undo()
    assert deliver(at=AT).sent == 2


def test_a_worker_tells_its_pool_that_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("opmeer_kcc.celery")  # as a worker does; it listens to the signal
    monkeypatch.setattr(leaving, "_flag", mmap.mmap(-1, 1))
    assert not leaving.is_leaving()
    worker_shutting_down.send(sender="worker", sig="SIGTERM", how="Warm", exitcode=0)
    assert leaving.is_leaving()


def test_one_message_that_is_refused_does_not_stop_the_next(sink: Sink) -> None:
    queued("contact:1")
    queued("contact:2")
    queued("contact:3")
    sink.rcpt_answers = ["550 no"]
    done = deliver(at=AT)
    assert (done.failed, done.sent) == (1, 2)


@pytest.mark.parametrize("later", ["250 OK", "451 greylisted", "550 no"])
def test_an_answer_waits_a_quarter_of_an_hour_for_a_copy_that_is_to_come_back_and_then_goes_once(
    sink: Sink, later: str
) -> None:
    message = queued(copies=["buur@voorbeeld.nl"])
    sink.rcpt_answers = ["250 OK", "451 greylisted, come back"]
    assert (deliver(at=AT).later, len(sink.mails)) == (1, 0)
    sink.rcpt_answers = ["250 OK", later]
    assert deliver(at=AT + timedelta(minutes=15)).sent == 1
    assert deliver(at=AT + timedelta(minutes=30)).sent == 0
    message.refresh_from_db()
    went = later.startswith("250")
    assert (len(sink.mails), message.state, "buur@voorbeeld.nl" in message.error) == (1, "sent", not went)


def test_a_listener_that_fails_never_makes_a_message_go_twice(sink: Sink) -> None:
    message = queued()

    def fails(sender: object, **kwargs: Any) -> None:
        raise ValueError("a bug in whoever listens")

    outbound_settled.connect(fails)
    try:
        assert deliver(at=AT).later == 1
    finally:
        outbound_settled.disconnect(fails)
    assert deliver(at=AT + timedelta(minutes=2)).sent == 1
    message.refresh_from_db()
    assert (len(sink.mails), message.state, message.sent_at) == (1, "sent", AT)


def test_without_a_server_the_demo_says_so_and_elsewhere_the_message_waits(settings: Any) -> None:
    settings.SMTP = {"host": ""}
    settings.DEMO_MODE = True
    shown = queued("contact:1")
    deliver(at=AT)
    shown.refresh_from_db()
    assert (shown.state, shown.error) == ("sent", "In de demo gaat er geen post de deur uit.")
    settings.DEMO_MODE = False
    waits = queued("contact:2")
    deliver(at=AT)
    waits.refresh_from_db()
    assert waits.state == "sending"
    assert waits.next_try_at > AT
    assert "SMTP_URL" in waits.error


def test_automatic_mail_stops_at_the_ceiling_per_address_until_a_person_lets_it_go(sink: Sink, cast: Any) -> None:
    for number in range(6):
        queued(f"contact:{number}", purpose="acknowledgement", is_automatic=True)
    queued("contact:99")
    done = deliver(at=AT)
    assert (done.sent, done.held) == (4, 3)
    held = OutboundMessage.objects.filter(state="held").first()
    assert held is not None
    assert "Te veel" in held.error
    assert resend(message=held, by=cast.sanne, at=AT)
    assert deliver(at=AT).sent == 1
    later = queued("contact:7", purpose="acknowledgement", is_automatic=True, at=AT + timedelta(hours=2))
    deliver(at=AT + timedelta(hours=2))
    later.refresh_from_db()
    assert later.state == "sent"


def test_a_notice_to_an_employee_waits_for_room_and_is_never_left_behind(sink: Sink) -> None:
    """A coordinator with eight talks on one day gets eight mails, three an hour; nobody has to let them go."""
    for number in range(8):
        queued(f"agreement:{number}:talk:2026-12-08:user:1", purpose="notice", is_automatic=True)
    done = deliver(at=AT)
    assert (done.sent, done.held, done.later) == (3, 0, 5)
    assert (deliver(at=AT).sent, deliver(at=AT + timedelta(minutes=30)).sent) == (0, 0)
    hours = [deliver(at=AT + timedelta(hours=hour, minutes=1)).sent for hour in (1, 2, 3)]
    assert (hours, len(sink.mails)) == ([3, 2, 0], 8)
    assert set(OutboundMessage.objects.values_list("state", "error")) == {("sent", "")}
    DeadAddress.objects.create(address="anna@burger.example", since_at=AT)
    queued("agreement:9:talk:2026-12-08:user:1", purpose="notice", is_automatic=True)
    assert deliver(at=AT).held == 1


def test_automatic_mail_stops_at_the_ceiling_in_total(sink: Sink) -> None:
    Municipality.objects.update(automatic_per_hour=5)
    from organisation.snapshot import settings_changed

    settings_changed()
    for number in range(8):
        queued(
            f"contact:{number}", purpose="acknowledgement", is_automatic=True, to_address=f"p{number}@burger.example"
        )
    done = deliver(at=AT)
    assert (done.sent, done.held, done.later) == (4, 0, 4), "a fifth part stays for forms, chats and notices"
    assert deliver(at=AT + timedelta(minutes=61)).sent == 4


def test_nothing_automatic_goes_to_a_dead_address(sink: Sink) -> None:
    DeadAddress.objects.create(address="anna@burger.example", since_at=AT)
    queued("contact:1", purpose="acknowledgement", is_automatic=True, to_address="Anna@burger.example")
    queued("contact:2")
    done = deliver(at=AT)
    assert (done.held, done.sent) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_racing_workers_send_each_message_once(sink: Sink) -> None:
    for number in range(30):
        queued(f"contact:{number}", to_address=f"p{number}@burger.example")

    def work() -> None:
        deliver(at=AT)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [mail["Message-ID"] for mail in sink.mails]
    assert (len(ids), len(set(ids))) == (30, 30)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_much_mail_goes_over_two_lines_and_each_once(sink: Sink) -> None:
    Municipality.objects.get_or_create(pk=1)
    for number in range(40):
        queued(f"contact:{number}", to_address=f"klant{number}@burger.example")
    lines, sink.waits_at = Lines(), 10
    try:
        assert deliver(at=AT, seconds=60, lines=lines).sent == 40
    finally:
        lines.close()
    assert sorted(mail["To"] for mail in sink.mails) == sorted(
        f"Anna de Wit <klant{n}@burger.example>" for n in range(40)
    )
    assert len(sink.peers) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("place", "answers"),
    [("ready.compose_mail", []), ("deliver.settle", []), ("deliver._postpone", ["451 later"])],
)
def test_the_database_that_goes_away_keeps_no_message_waiting(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, place: str, answers: list[str]
) -> None:
    """Before it left and after the mail server took it or not we know which it was: the next sweep goes on at once, and once."""
    Municipality.objects.get_or_create(pk=1)
    message = queued()
    sink.answers = list(answers)

    def goes_away(*args: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(f"channels_app.actions.{place}", goes_away)
        with pytest.raises((OperationalError, InterfaceError)):
            deliver(at=AT)
    message.refresh_from_db()
    assert (message.state, message.lease_until) == ("sending", None)
    assert deliver(at=AT).sent == 1
    assert len(sink.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_who_gives_up_a_message_takes_it_from_nobody() -> None:
    """Ours was rolled back and another took it, with the same number of tries."""
    message = queued()
    leased = {"state": "sending", "tries": 1, "lease_until": AT + LEASE}
    OutboundMessage.objects.filter(pk=message.pk).update(**leased)
    message.refresh_from_db()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(2515, %s)", [lock_key(message.pk)])
        give_up(message)
        message.refresh_from_db()
        assert message.lease_until == AT + LEASE
        with other.cursor() as cursor:  # a connection that closes lets go when its server process gets to it
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    give_up(message)
    message.refresh_from_db()
    assert message.lease_until is None
