"""A signed-in connection with a mailbox's folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from imap_tools import BaseMailBox

from channels_app.actions.sign_in import SignIn, forget_token, sign_in_of
from channels_app.adapters.email.imap import TIMEOUT, cut_after, open_imap, sign_in_with_token
from channels_app.adapters.email.tokens import SignInRefused
from channels_app.models import Mailbox


@contextmanager
def connect(mailbox: Mailbox, timeout: float = TIMEOUT, *, at_most: float | None = None) -> Iterator[BaseMailBox]:
    """With the folder chosen; every wait has a limit, and all together `at_most` so many seconds. Raises one of `NETWORK_ERRORS` or `Sealed`."""
    until = time.monotonic() + (at_most or 0.0)
    known = sign_in_of(mailbox)
    server = open_imap(mailbox.host, mailbox.port, mailbox.security, timeout)
    with cut_after(server, until - time.monotonic()) if at_most else nullcontext():
        yield from _signed_in(server, mailbox, known)


def _signed_in(server: BaseMailBox, mailbox: Mailbox, known: SignIn) -> Iterator[BaseMailBox]:
    try:
        if known.token:
            try:
                sign_in_with_token(server, known.user, known.token)
            except SignInRefused:
                forget_token(mailbox)
                raise
        else:
            server.login(known.user, known.password, initial_folder=None)
        server.folder.set(mailbox.folder)
        yield server
    finally:
        try:
            server.client.shutdown()
        except OSError:
            pass
