"""The line to a mail server that is read: opened with a limit on every wait, signed in with a password or a token."""

from __future__ import annotations

import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError

from channels_app.adapters.email.tokens import SignInRefused, xoauth2
from channels_app.reasons import kept

TIMEOUT = 30
NETWORK_ERRORS = (OSError, imaplib.IMAP4.error, ImapToolsError, ssl.SSLError, EOFError, SignInRefused)


def open_imap(host: str, port: int, security: str, timeout: float = TIMEOUT) -> BaseMailBox:
    if security == "tls":
        return MailBox(host, port, timeout=timeout, ssl_context=ssl.create_default_context())
    if security == "starttls":
        return MailBoxStartTls(host, port, timeout=timeout, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(host, port, timeout=timeout)


@contextmanager
def cut_after(server: BaseMailBox, seconds: float) -> Iterator[None]:
    """Ends the line then, with one of `NETWORK_ERRORS` for who waits on it: from a server that sends a letter now and then no wait is ever too long."""
    timer = threading.Timer(max(seconds, 0.0), _cut, [server.client.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def sign_in_with_token(server: BaseMailBox, user: str, token: str) -> None:
    """XOAUTH2. A server that refuses says why in a challenge, which is answered with nothing."""
    answers = iter([xoauth2(user, token).encode()])
    try:
        server.client.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        words = kept("The mail server does not accept this token. May this client read this mailbox?")
        raise SignInRefused(words) from error


_FOR_NOW = ("[UNAVAILABLE]", "[LIMIT]", "[INUSE]", "[SERVERBUG]")


def is_refused(error: BaseException) -> bool:
    """Whether the server does not take our user name and password; not while it can ask nobody, or has too many visitors (RFC 5530)."""
    said = str(error).upper()
    if any(code in said for code in _FOR_NOW):
        return False
    return isinstance(error, MailboxLoginError) or "AUTHENTICATIONFAILED" in said


def error_in_words(error: BaseException) -> str:
    """What a person can do about it; never the password, never a stack."""
    if isinstance(error, SignInRefused):
        return error.words
    if is_refused(error):
        return kept("The mail server does not accept this user name and password.")
    if isinstance(error, TimeoutError):
        return kept("The mail server does not answer in time.")
    if isinstance(error, ssl.SSLError):
        return kept("The certificate of the mail server is not trusted, or the kind of security does not fit.")
    if isinstance(error, ConnectionRefusedError):
        return kept("Nobody listens at this server and port.")
    if isinstance(error, MailboxFolderSelectError):
        return kept("The folder does not exist on the mail server.")
    if isinstance(error, OSError) and not isinstance(error, imaplib.IMAP4.error):
        return kept("The mail server cannot be reached: %(error)s", error=type(error).__name__)
    return kept("The connection with the mail server broke: %(error)s", error=type(error).__name__)
