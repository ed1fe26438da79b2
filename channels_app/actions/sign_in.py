"""How a mailbox signs in: a password, or a token that is fetched in time and kept sealed until it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from channels_app import sealing
from channels_app.adapters.email.tokens import Client, SignInRefused, ask_token
from channels_app.models import Mailbox
from channels_app.reasons import kept
from organisation.clock import now

EARLY = timedelta(minutes=2)
"""A token that ends within this is not begun with any more."""
WAIT_SECONDS = 20.0


@dataclass(frozen=True)
class SignIn:
    """Who signs in, with one of the two."""

    user: str
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"SignIn({self.user})"


def sign_in_of(mailbox: Mailbox) -> SignIn:
    """Raises `Sealed` or `SignInRefused`; never in a transaction, for a token may have to be fetched."""
    user = mailbox.username or mailbox.address
    if mailbox.sign_in != Mailbox.SignIn.OAUTH:
        return SignIn(user, password=sealing.unseal(mailbox.password_encrypted))
    kept_token = _token_now(mailbox)
    if kept_token:
        return SignIn(user, token=kept_token)
    with _one_at_a_time(mailbox):  # a refresh token may work once: reader and sender must not both use it
        mailbox.refresh_from_db()
        return SignIn(user, token=_token_now(mailbox) or _fetch(mailbox))


def forget_token(mailbox: Mailbox) -> None:
    """The mail server did not take it: the next visit asks a new one."""
    Mailbox.objects.filter(pk=mailbox.pk, access_token_encrypted=mailbox.access_token_encrypted).update(
        access_token_encrypted="", token_until=None
    )


def _token_now(mailbox: Mailbox) -> str:
    if mailbox.token_until is None or mailbox.token_until <= now() + EARLY:
        return ""
    return sealing.unseal(mailbox.access_token_encrypted)


def _fetch(mailbox: Mailbox) -> str:
    refresh = sealing.unseal(mailbox.refresh_token_encrypted) if mailbox.grant == Mailbox.Grant.REFRESH else ""
    asked_at = now()
    token = ask_token(
        Client(
            mailbox.token_url,
            mailbox.client_id,
            sealing.unseal(mailbox.client_secret_encrypted),
            mailbox.scope,
            refresh,
        )
    )
    mailbox.access_token_encrypted = sealing.seal(token.access)
    mailbox.token_until = asked_at + timedelta(seconds=token.seconds)
    changed = {"access_token_encrypted": mailbox.access_token_encrypted, "token_until": mailbox.token_until}
    if refresh and token.refresh:
        changed["refresh_token_encrypted"] = sealing.seal(token.refresh)
    Mailbox.objects.filter(pk=mailbox.pk).update(**changed)
    return token.access


@contextmanager
def _one_at_a_time(mailbox: Mailbox) -> Iterator[None]:
    """A lock that ends with the connection; whoever waits too long says so instead of hanging."""
    until = time.monotonic() + WAIT_SECONDS
    while not _asked("SELECT pg_try_advisory_lock(2513, %s)", mailbox.pk):
        if time.monotonic() > until:
            raise SignInRefused(kept("The address that gives tokens cannot be reached."))
        time.sleep(0.2)
    try:
        yield
    finally:
        _asked("SELECT pg_advisory_unlock(2513, %s)", mailbox.pk)


def _asked(statement: str, pk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])
        return bool(cursor.fetchone()[0])
