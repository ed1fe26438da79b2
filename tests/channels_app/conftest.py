"""A real Dovecot with one mailbox, for the tests that ask for it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from channels_app import sealing
from channels_app.models import Mailbox
from tests.channels_app.dovecot import PASSWORD, USER, Dovecot


@pytest.fixture(scope="module")
def _server() -> Iterator[Dovecot]:
    with tempfile.TemporaryDirectory(
        prefix="dovecot-"
    ) as folder:  # not pytest's: as root, Dovecot reads it as somebody else
        server = Dovecot(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def server(_server: Dovecot) -> Dovecot:
    with _server.client() as client:
        for folder in ("INBOX", "Gedaan"):
            if int(client.select(folder)[1][0] or 0):
                client.store("1:*", "+FLAGS", "\\Deleted")
                client.expunge()
    return _server


@pytest.fixture
def mailbox(server: Dovecot, settings: Any) -> Mailbox:
    return Mailbox.objects.create(
        name="Servicecentrum",
        address=USER,
        host="127.0.0.1",
        port=server.port,
        security="none",
        username=USER,
        password_encrypted=sealing.seal(PASSWORD),
    )
