"""A real SMTP server that takes mail, refuses it, asks to wait, or hangs up; and a message to send."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from channels_app.actions.send import compose_message, queue_message
from channels_app.models import OutboundMessage
from organisation.models import Municipality
from tests.channels_app.dovecot import free_port

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Sink:
    """`answers`: what it says after DATA, one by one, then 250. `cut` hangs up instead of answering, having kept the message."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answers: list[str] = []
        self.mail_answers: list[str] = []
        self.rcpt_answers: list[str] = []
        self.peers: set[object] = set()
        self.step_seconds = 0.0
        """So long before it answers to MAIL, and to each RCPT."""
        self.thinks_seconds = 0.0
        """So long before it answers after DATA."""
        self.waits_at = -1
        """With so many mails it takes none until somebody else comes as well."""

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        await asyncio.sleep(self.step_seconds)
        answer = self.mail_answers.pop(0) if self.mail_answers else "250 OK"
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        await asyncio.sleep(self.step_seconds)
        answer = self.rcpt_answers.pop(0) if self.rcpt_answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.peers.add(session.peer)
        while len(self.mails) == self.waits_at and len(self.peers) == 1:
            await asyncio.sleep(0.01)
        await asyncio.sleep(self.thinks_seconds)
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
def house(request: pytest.FixtureRequest) -> None:
    """A municipality, for tests without a cast."""
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
