"""Whose fault it is that a mail server refuses: ours, which keeps everything until a person mends it, or that of one message, which is told at once."""

from __future__ import annotations

import socket
import threading
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from channels_app.actions.deliver import deliver
from channels_app.actions.sign_in_rest import note_refused, rests
from channels_app.adapters.email import smtp
from channels_app.adapters.email.refusals import Stage, is_of_us
from channels_app.models import Mailbox, OutboundMessage
from channels_app.pages.overview import overview
from channels_app.pages.refused import refused_senders
from organisation.clock import now
from tests.cast import Cast
from tests.channels_app.sink import AT, Sink, house, queued, sink

__all__ = ["house", "sink"]
pytestmark = pytest.mark.django_db

MAIL_FROM = "servicecentrum@opmeer.example"
RECIPIENT, TEXT = Stage.RECIPIENT, Stage.TEXT
OURS = [
    (Stage.LINE, 554, "5.3.2 no mail here"),
    (Stage.SENDER, 550, "5.7.1 sender not allowed"),
    (Stage.SENDER, 552, "5.2.2 over quota"),
    (Stage.SENDER, 553, "5.1.8 sender domain does not exist"),
    (RECIPIENT, 530, "5.7.0 must issue a STARTTLS command first"),
    (RECIPIENT, 554, "5.7.1 <anna@burger.example>: Relay access denied"),
    (RECIPIENT, 550, "5.7.64 TenantAttribution; Relay Access Denied"),
    (RECIPIENT, 553, "5.7.1 <info@opmeer.example>: Sender address rejected: not owned by user info"),
    (RECIPIENT, 554, "5.7.1 Service unavailable; Client host [1.2.3.4] blocked using zen.spamhaus.org"),
    (RECIPIENT, 550, "5.4.5 Daily user sending limit exceeded"),
    (RECIPIENT, 500, "Line too long."),
    (TEXT, 554, "5.2.252 SendAsDenied; info@opmeer.example not allowed to send as x@opmeer.example"),
    (TEXT, 554, "5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied"),
    (TEXT, 550, "5.7.60 SMTP; Client does not have permissions to send as this sender"),
    (TEXT, 550, "5.7.708 Service unavailable. Access denied, traffic not accepted from this IP"),
    (TEXT, 550, "5.7.26 Unauthenticated email from opmeer.example is not accepted"),
    (TEXT, 550, "The from address does not match a verified Sender Identity"),
    (TEXT, 554, "Message rejected: Email address is not verified."),
]
OF_ONE = [
    (RECIPIENT, 550, "5.1.1 <x@burger.example>: Recipient address rejected: User unknown in relay recipient table"),
    (RECIPIENT, 550, "5.1.10 RESOLVER.ADR.RecipientNotFound"),
    (RECIPIENT, 501, "5.1.3 Bad recipient address syntax"),
    (RECIPIENT, 552, "5.2.2 mailbox full"),
    (RECIPIENT, 550, "5.4.1 Recipient address rejected: Access denied"),
    (RECIPIENT, 550, "5.5.0 Requested action not taken: mailbox unavailable"),
    (RECIPIENT, 550, "5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"),
    (RECIPIENT, 556, "5.1.10 domain does not accept mail"),
    (RECIPIENT, 550, "no such user"),
    (RECIPIENT, 550, "<blacklist@burger.example>: no such user"),
    (RECIPIENT, 550, "5.7.1 <unauthenticated@burger.example>: Access denied"),
    (RECIPIENT, 550, "5.7.1 undeliverable address: host mx.burger.example[192.0.2.1] said: 550 relaying denied"),
    (RECIPIENT, 550, "5.7.13 SenderNotAuthenticatedForPublicFolder"),
    (TEXT, 550, "5.7.703 messages to anna@burger.example are blocked by your organization"),
    (TEXT, 554, "5.7.1 rejected as spam"),
    (TEXT, 554, "5.7.1 blocked using dbl.spamhaus.org: an address in your message"),
    (TEXT, 552, "5.3.4 message size exceeds fixed limit"),
    (TEXT, 550, "5.6.0 virus found"),
]


@pytest.mark.parametrize(
    ("stage", "code", "said", "of_us"), [*((*one, True) for one in OURS), *((*one, False) for one in OF_ONE)]
)
def test_where_the_status_and_the_words_tell_whose_fault_it_is(stage: Stage, code: int, said: str, of_us: bool) -> None:
    assert is_of_us(stage, code, said) is of_us


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("mail_answers", "550 5.7.1 sender not allowed"),
        ("rcpt_answers", "554 5.7.1 <anna@burger.example>: Relay access denied for servicecentrum@opmeer.example"),
        ("answers", "554 5.2.252 SendAsDenied servicecentrum@opmeer.example"),
    ],
)
def test_what_is_our_fault_fails_no_message_and_is_asked_of_one_at_a_time(sink: Sink, place: str, said: str) -> None:
    """At three places in the conversation; nobody's answer is taken for one that did not arrive."""
    messages = [queued(f"contact:{number}") for number in range(3)]
    setattr(sink, place, [said] * 2)
    done = deliver(at=AT)
    assert (done.later, done.failed, len(getattr(sink, place))) == (1, 0, 1)
    for message in messages:
        message.refresh_from_db()
        was_asked = message.tries > 0
        assert message.next_try_at == AT + timedelta(minutes=1, seconds=was_asked)
        assert message.error.startswith("De mailserver laat ons niet verzenden: 55")
        assert "anna@burger.example" not in message.error
        assert (MAIL_FROM in message.error) == (MAIL_FROM in said)
    new = queued("contact:9", at=AT + timedelta(seconds=10))
    assert deliver(at=AT + timedelta(seconds=20)).later == 0
    new.refresh_from_db()
    assert (new.next_try_at, new.tries) == (AT + timedelta(minutes=1), 0)
    assert deliver(at=AT + timedelta(minutes=1)).later == 1
    assert deliver(at=AT + timedelta(minutes=3)).sent == 4


def test_what_is_our_fault_is_tried_each_quarter_of_an_hour(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels_app.actions.deliver.GIVE_UP", timedelta(hours=2))
    message = queued()
    sink.mail_answers = ["550 5.7.1 sender not allowed"] * 100
    pauses, at = [], AT
    while deliver(at=at).later:
        message.refresh_from_db()
        pauses.append((message.next_try_at - at) // timedelta(minutes=1))
        at = message.next_try_at
    assert pauses[:5] == [1, 2, 4, 8, 15] and set(pauses[5:]) == {15}
    message.refresh_from_db()
    assert message.state == "failed" and at - AT >= timedelta(hours=2)


def test_a_server_that_refuses_at_the_door_fails_no_message(settings: Any, house: None) -> None:
    door = socket.create_server(("127.0.0.1", 0))

    def refuse() -> None:
        line, _peer = door.accept()
        line.sendall(b"554 5.3.2 no mail for you\r\n")
        line.close()

    guard = threading.Thread(target=refuse, daemon=True)
    guard.start()
    settings.SMTP = {"host": "127.0.0.1", "port": door.getsockname()[1], "user": "", "password": "", "tls": "none"}
    settings.DEMO_MODE = False
    message = queued()
    assert deliver(at=AT).later == 1
    guard.join()
    door.close()
    message.refresh_from_db()
    assert message.error.startswith("De mailserver laat ons niet verzenden: 554")


def test_a_mailbox_that_may_not_send_is_red_until_it_goes_again(sink: Sink, cast: Cast, settings: Any) -> None:
    port = settings.SMTP["port"]
    box = Mailbox.objects.create(
        name="Post", address="p@opmeer.example", smtp_host="127.0.0.1", smtp_port=port, smtp_security="none",
        host="imap.x", last_read_at=now(), sign_in="password",
    )  # fmt: skip
    first = queued("contact:1", mailbox=box, at=now())
    queued("contact:2", mailbox=box, at=now())
    OutboundMessage.objects.update(
        state="sending", tries=1, next_try_at=now() + timedelta(minutes=15),
        error="De mailserver laat ons niet verzenden: 550 5.7.1 sender not allowed",
    )  # fmt: skip
    found = overview(now())
    (row,) = found.mailboxes
    assert (row.state, row.state_word) == ("danger", "kan niet verzenden")
    (alarm,) = [one for one in found.alarms if "p@opmeer.example" in one.text]
    assert alarm.kind == "error" and "2 mails" in alarm.detail and "5.7.1" in alarm.detail
    assert not [one for one in found.alarms if "wordt niet gelezen" in one.text]
    client = Client()
    client.force_login(cast.beheer)
    assert "kan niet verzenden" in client.get(reverse("channels_app:mailboxes")).content.decode()
    names = ("name", "address", "host", "port", "security", "folder", "smtp_host", "smtp_port", "smtp_security")
    form = {name: getattr(box, name) for name in names} | {
        "is_active": "on",
        "version": box.version,
        "username": "post",
    }
    assert client.post(reverse("channels_app:mailbox", args=[box.pk]), form).status_code == 302
    first.refresh_from_db()
    assert first.next_try_at <= now(), "it was changed: now it goes, or says again why not"


def test_a_mail_that_is_larger_than_the_server_takes_is_told_at_once(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queued()
    real = smtp.smtplib.SMTP.ehlo

    def ehlo(self: Any, *args: Any) -> Any:
        said = real(self, *args)
        self.esmtp_features["size"] = "500"
        return said

    monkeypatch.setattr(smtp.smtplib.SMTP, "ehlo", ehlo)
    assert deliver(at=AT).failed == 1
    message.refresh_from_db()
    assert "MB" in message.error and not sink.mails


def test_a_server_that_looks_long_into_a_mail_gets_it_once(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the mail when we would hang up: whoever does sends it again, every time."""
    monkeypatch.setattr("channels_app.actions.deliver.MailServers", lambda: smtp.MailServers(patience=0.3))
    sink.thinks_seconds = 0.6
    queued()
    assert deliver(at=AT).sent == 1
    assert len(sink.mails) == 1


def test_a_server_that_is_slow_at_every_step_gets_no_text_for_which_no_time_is_left(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No step takes too long, all together do: then the last answer would come after the end of the task, and the mail go twice."""
    monkeypatch.setattr("channels_app.actions.deliver.MailServers", lambda: smtp.MailServers(patience=0.5))
    sink.step_seconds = 0.3
    message = queued()
    assert deliver(at=AT).later == 1
    message.refresh_from_db()
    assert (message.error, sink.mails) == ("De mailserver antwoordt niet op tijd.", [])


def refused(box: Mailbox, key: str) -> OutboundMessage:
    message = queued(key, mailbox=box)
    error = "De mailserver laat ons niet verzenden: 550 5.7.1 sender not allowed"
    OutboundMessage.objects.filter(pk=message.pk).update(
        error=error, state="sending", next_try_at=now() + timedelta(minutes=15)
    )
    message.refresh_from_db()
    return message


def test_what_waited_goes_at_once_when_a_test_shows_that_it_works_again(
    sink: Sink, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Mailbox.objects.create(name="Post", address="p@opmeer.example", host="imap.x")
    message = refused(box, "contact:1")
    monkeypatch.setattr("channels_app.views.mailboxes.connect", lambda *_args, **_more: nullcontext())
    client = Client()
    client.force_login(cast.beheer)
    assert "Het werkt" in client.post(reverse("channels_app:check_mailbox", args=[box.pk])).content.decode()
    message.refresh_from_db()
    assert message.next_try_at <= now()


def test_every_sender_that_may_not_send_is_told_of_however_much_waits_of_another(house: None) -> None:
    many, one = (Mailbox.objects.create(name=name, address=f"{name}@opmeer.example") for name in ("veel", "een"))
    first = refused(many, "contact:0")
    values = {"error": first.error, "state": "sending", "mailbox": many, "created_at": AT, "next_try_at": AT}
    OutboundMessage.objects.bulk_create(
        OutboundMessage(purpose="reply", object_key=f"contact:x{n}", to_address="a@b.example", **values)
        for n in range(100)
    )
    refused(one, "contact:1")
    assert {(found.address, found.count) for found in refused_senders()} == {
        ("veel@opmeer.example", 100),
        ("een@opmeer.example", 1),
    }


def test_a_server_that_refuses_now_and_then_is_no_wrong_password(house: None) -> None:
    box = Mailbox.objects.create(name="Post", address="p@opmeer.example", host="imap.x")
    for minutes in (-30_000, -29_990, 0):
        note_refused(box, AT + timedelta(minutes=minutes))
    assert not rests(box, AT)
    for minutes in (1, 2):
        note_refused(box, AT + timedelta(minutes=minutes))
    assert rests(box, AT + timedelta(minutes=3))


def test_a_server_with_an_address_that_leads_nowhere_is_reached_at_the_next(
    sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where IPv6 is told and does not work: the silence of one address must not take the time of the conversation."""
    real, port, waited = socket.create_connection, settings.SMTP["port"], []

    def connect(address: tuple[str, int], timeout: float, source: object = None) -> socket.socket:
        waited.append(timeout)
        return real(("127.0.0.1", port), timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    queued()
    assert deliver(at=AT).sent == 1
    assert 3 * waited[0] <= smtp.PATIENCE_BEFORE_TEXT
