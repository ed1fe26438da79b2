"""A mailbox of the Servicecentrum, and a mail that comes in by it: taken in, read and registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import InboundMessage, Mailbox
from contacts.actions.register_mail import register_mail
from tests.cast import Cast
from tests.channels_app.corpus import MAILBOX

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READER = Sandbox()


@pytest.fixture(scope="module", autouse=True)
def _one_reader() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture
def mailbox(cast: Cast) -> Mailbox:
    return Mailbox.objects.create(name="Servicecentrum", address=MAILBOX)


def receive(
    raw: bytes, mailbox: Mailbox, key: str, at: datetime = AT, came_at: datetime | None = None, size: int | None = None
) -> InboundMessage:
    """`came_at`: when the mail server had it, if that was earlier."""
    row = take_in(
        raw=raw,
        source=f"mailbox:{mailbox.pk}",
        external_key=key,
        received_at=came_at or at,
        at=at,
        mailbox=mailbox,
        size=size,
    ).message
    parse_inbox(at=at, sandbox=READER)
    register_mail(at=at)
    row.refresh_from_db()
    return row
