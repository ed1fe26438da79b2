"""Mailboxes that sign in with tokens: asked within limits, kept sealed until they end, and a sentence when they are refused."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from django.test import Client
from django.urls import reverse

from channels_app import sealing
from channels_app.actions.deliver import deliver
from channels_app.actions.fetch import fetch
from channels_app.actions.send import compose_message, queue_message
from channels_app.actions.sign_in import sign_in_of
from channels_app.adapters.email.tokens import SignInRefused
from channels_app.models import Mailbox, OutboundMessage
from organisation.clock import now
from tests.cast import Cast
from tests.channels_app.dovecot import PASSWORD, USER, Dovecot, free_port, needs_dovecot, numbered

pytestmark = pytest.mark.django_db


class Tokens:
    """A token endpoint: `answers` one by one, then a token; `asked` is what came."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, bytes]] = []
        tokens = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                tokens.asked.append({name: values[0] for name, values in parse_qs(body).items()})
                status, said = tokens.answers.pop(0) if tokens.answers else (200, good())
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://169.254.169.254/")
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.place = f"127.0.0.1:{self.server.server_port}"


def good(**more: object) -> bytes:
    return json.dumps({"access_token": PASSWORD, "expires_in": 3600, "token_type": "Bearer", **more}).encode()


@pytest.fixture
def tokens(settings: Any) -> Iterator[Tokens]:
    tokens = Tokens()
    settings.MESSAGE_HOSTS_INSIDE = [tokens.place]
    yield tokens
    tokens.server.shutdown()


@pytest.fixture
def box(tokens: Tokens) -> Mailbox:
    return Mailbox.objects.create(
        name="Servicecentrum",
        address=USER,
        host="127.0.0.1",
        port=1,
        security="none",
        sign_in="oauth",
        token_url=f"http://{tokens.place}/token",
        client_id="client-1",
        client_secret_encrypted=sealing.seal("geheim"),
        scope="https://outlook.office365.com/.default",
    )


def test_a_token_is_asked_once_and_kept_sealed_until_it_ends(box: Mailbox, tokens: Tokens) -> None:
    for _twice in range(2):
        assert sign_in_of(Mailbox.objects.get(pk=box.pk)).token == PASSWORD
    assert tokens.asked == [
        {
            "client_id": "client-1",
            "client_secret": "geheim",
            "grant_type": "client_credentials",
            "scope": "https://outlook.office365.com/.default",
        }
    ]
    box.refresh_from_db()
    assert PASSWORD not in box.access_token_encrypted
    assert sealing.unseal(box.access_token_encrypted) == PASSWORD
    Mailbox.objects.filter(pk=box.pk).update(token_until=now() + timedelta(seconds=90))
    sign_in_of(Mailbox.objects.get(pk=box.pk))
    assert len(tokens.asked) == 2, "in time, before it ends"


def test_a_refresh_token_that_is_replaced_is_kept(box: Mailbox, tokens: Tokens) -> None:
    Mailbox.objects.filter(pk=box.pk).update(grant="refresh_token", refresh_token_encrypted=sealing.seal("oud"))
    tokens.answers = [(200, good(refresh_token="nieuw"))]
    sign_in_of(Mailbox.objects.get(pk=box.pk))
    box.refresh_from_db()
    assert (tokens.asked[0]["refresh_token"], sealing.unseal(box.refresh_token_encrypted)) == ("oud", "nieuw")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, b'{"error": "invalid_client", "error_description": "AADSTS7000215: x <script>"}'), "(AADSTS7000215)"),
        ((400, b'{"error": "invalid_grant"}'), "refresh token werkt niet meer"),
        ((400, b'{"error": "invalid_scope"}'), "scope klopt niet"),
        ((500, b"<html>" + b"x" * 400), "geen token: 500"),
        ((400, b'{"error": "<b>iets</b>"}'), "geen token: 400"),
        ((200, b"geen json"), "iets dat geen token is"),
        ((200, b'{"access_token": "a\\r\\nb"}'), "iets dat geen token is"),
        ((200, b'{"access_token": ["a"]}'), "iets dat geen token is"),
        ((200, b" " * 300_000), "niet bereikbaar"),
        ((302, b""), "niet bereikbaar"),
    ],
)
def test_a_refusal_is_a_sentence(box: Mailbox, tokens: Tokens, answer: tuple[int, bytes], words: str) -> None:
    tokens.answers = [answer]
    with pytest.raises(SignInRefused) as refused:
        sign_in_of(box)
    assert words in refused.value.words
    assert "<" not in refused.value.words


@pytest.mark.parametrize("url", ["https://10.0.0.5/token", "https://localhost/token", "http://voorbeeld.nl/token"])
def test_a_token_is_not_asked_inside_our_own_network(box: Mailbox, url: str, cast: Cast) -> None:
    Mailbox.objects.filter(pk=box.pk).update(token_url=url)
    with pytest.raises(SignInRefused, match="niet bereikbaar"):
        sign_in_of(box)
    client = Client()
    client.force_login(cast.beheer)
    page = client.post(reverse("channels_app:mailbox", args=[box.pk]), {**filled(box), "token_url": url})
    assert page.status_code == 422
    assert "begint met https://" in page.content.decode()


def filled(box: Mailbox, **more: Any) -> dict[str, Any]:
    names = ("name", "address", "host", "port", "security", "username", "folder", "sign_in", "token_url", "client_id")
    return {name: getattr(box, name) for name in (*names, "grant", "scope", "version")} | {"is_active": "on", **more}


def test_secrets_are_written_and_never_read(box: Mailbox, cast: Cast, tokens: Tokens) -> None:
    client, path = Client(), reverse("channels_app:mailbox", args=[box.pk])
    client.force_login(cast.beheer)
    sign_in_of(box)
    saved = client.post(path, filled(box, client_secret="ander geheim", refresh_token="r" * 1500), follow=True)
    assert saved.status_code == 200
    assert "ander geheim" not in saved.content.decode()
    assert "rrrr" not in saved.content.decode()
    box.refresh_from_db()
    assert sealing.unseal(box.client_secret_encrypted) == "ander geheim"
    assert box.access_token_encrypted == "", "the token of the old client is not used any more"
    client.post(path, filled(box, name="Andere naam"))
    box.refresh_from_db()
    assert (box.name, sealing.unseal(box.client_secret_encrypted)) == ("Andere naam", "ander geheim")
    assert "_encrypted" not in str(box.history.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("field", ["host", "smtp_host"])
def test_a_kept_password_goes_to_no_other_server(field: str, cast: Cast) -> None:
    """Who may manage mailboxes may not read their passwords: not by a server of one's own either."""
    client = Client()
    client.force_login(cast.beheer)
    form = {
        "name": "Post", "address": "post@opmeer.example", "host": "imap.voorbeeld.nl", "port": "993", "security": "tls",
        "folder": "INBOX", "password": "geheim-woord", "is_active": "on",
    }  # fmt: skip
    assert client.post(reverse("channels_app:new_mailbox"), form).status_code == 302
    row = Mailbox.objects.get(address="post@opmeer.example")
    address, form = (
        reverse("channels_app:mailbox", args=[row.pk]),
        {**form, "password": "", "version": str(row.version)},
    )
    answer = client.post(address, {**form, field: "elders.example"})
    assert answer.status_code == 422 and "het gaat naar een andere server" in answer.content.decode()
    row.refresh_from_db()
    assert sealing.unseal(row.password_encrypted) == "geheim-woord"
    client.post(address, {**form, field: "elders.example", "sign_in": "oauth", "token_url": "https://elders.example/t",
                          "client_id": "x", "client_secret": "van-mij"})  # fmt: skip
    row.refresh_from_db()
    assert row.host != "imap.voorbeeld.nl" or field == "smtp_host"
    assert row.password_encrypted == "", "what is not used does not go along for later"


def test_a_form_for_tokens_says_what_is_missing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.beheer)
    values = {"name": "x", "address": "x@opmeer.nl", "port": 993, "security": "tls", "folder": "INBOX"}
    page = client.post(reverse("channels_app:new_mailbox"), {**values, "sign_in": "oauth"}).content.decode()
    for words in ("het adres in dat tokens geeft", "Vul de client-id in", "Vul het clientgeheim in"):
        assert words in page


@needs_dovecot
def test_mail_is_read_with_a_token(server: Dovecot, box: Mailbox, tokens: Tokens) -> None:
    Mailbox.objects.filter(pk=box.pk).update(port=server.port)
    server.put(*numbered(2))
    assert fetch(mailbox=box, at=now()).new == 2
    Mailbox.objects.filter(pk=box.pk).update(access_token_encrypted=sealing.seal("ingetrokken"))
    box.refresh_from_db()
    assert "neemt dit token niet aan" in fetch(mailbox=box, at=now()).error
    assert fetch(mailbox=box, at=now()).error == "", "a token that is not taken is not tried again"
    assert len(tokens.asked) == 2


class Door:
    """Takes XOAUTH2 with the right token, and nothing else."""

    def __init__(self) -> None:
        self.users: list[str] = []
        self.froms: list[str] = []

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        given = base64.b64decode(args[1]).decode()
        if given != f"user={USER}\x01auth=Bearer {PASSWORD}\x01\x01":
            await server.challenge_auth('{"status":"401"}')
            return AuthResult(success=False, handled=False)
        self.users.append(USER)
        return AuthResult(success=True)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.froms.append(envelope.mail_from)
        return "250 OK"


def test_mail_is_sent_with_a_token_and_waits_when_it_is_refused(box: Mailbox, tokens: Tokens, settings: Any) -> None:
    door = Door()
    more = {"auth_require_tls": False}
    controller = Controller(door, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        settings.SMTP, settings.DEMO_MODE = {"host": "", "port": 0, "user": "", "password": "", "tls": "none"}, False
        Mailbox.objects.filter(pk=box.pk).update(smtp_host="127.0.0.1", smtp_port=controller.port, smtp_security="none")
        values = {"purpose": "reply", "to_address": "anna@burger.example", "subject": "x", "body": "x", "at": now()}
        first = queue_message(compose_message(object_key="contact:1", mailbox=Mailbox.objects.get(pk=box.pk), **values))
        tokens.answers = [(200, good(access_token="verkeerd"))]
        deliver(at=now())
        first = OutboundMessage.objects.get()
        assert (first.state, "Mag deze client mail sturen" in first.error) == ("sending", True)
        OutboundMessage.objects.update(next_try_at=now())
        deliver(at=now())
        first.refresh_from_db()
        assert (first.state, door.users, door.froms) == ("sent", [USER], [USER])
    finally:
        controller.stop()


def test_a_mailbox_whose_server_hangs_holds_up_no_other(box: Mailbox, tokens: Tokens, settings: Any) -> None:
    settings.SMTP, settings.DEMO_MODE = {"host": "", "port": 0, "user": "", "password": "", "tls": "none"}, False
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    Mailbox.objects.filter(pk=box.pk).update(smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
    box.refresh_from_db()
    values = {"purpose": "reply", "to_address": "anna@burger.example", "subject": "x", "body": "x", "at": now()}
    for number in range(3):
        queue_message(compose_message(object_key=f"contact:{number}", mailbox=box, **values))
    assert (deliver(at=now()).later, OutboundMessage.objects.filter(tries=1).count()) == (1, 1)
