"""Conversations with mail servers that send for us: one is open at a time, with a password or a token."""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from channels_app.adapters.email.tokens import xoauth2
from channels_app.adapters.messages import Later, Never
from channels_app.reasons import kept
from organisation.failpoints import failpoint

TIMEOUT = 30
PATIENCE_FOR_COPIES = 90
"""Seconds: some servers answer ever slower the more recipients they hear, and a line has five minutes for a message (`deliver.LEASE`)."""
TAKEN = (250, 251, 354)
WANTS_SIGN_IN = (530, 534, 535, 538)


class TokenRefused(Later):
    """The mail server does not take our token."""


@dataclass(frozen=True)
class Route:
    """Where a message goes out, and as whom."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"Route({self.host}:{self.port})"


class MailServers:
    """Keeps the conversation of the last route open for the next message; opened anew after trouble."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._route: Route | None = None
        self._timeout = timeout

    def __enter__(self) -> MailServers:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()

    def send(
        self,
        mail: EmailMessage,
        sender: str,
        recipient: str,
        route: Route,
        copies: Sequence[str] = (),
        *,
        waits_for_copies: bool = False,
    ) -> list[str]:
        """Gives the copies that the server did not take, or was too slow for: the message itself goes all the same. Raises `Later` or `Never` with what it said.

        With `waits_for_copies` nothing goes yet when the server asks to wait with one of them (4xx) or is too slow for all.
        """
        try:
            return self._transfer(mail, sender, recipient, route, copies, waits_for_copies)
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise self._refused(route) from error
        except smtplib.SMTPResponseException as error:
            self._drop()
            said = f"{error.smtp_code} {_text(error.smtp_error)}"
            if error.smtp_code in WANTS_SIGN_IN:  # says nothing of the message, and would say it of every one
                raise self._refused(route) from error
            if 500 <= error.smtp_code < 600:
                raise Never(kept("The mail server refused the message: %(said)s", said=said)) from error
            raise Later(kept("The mail server asks us to wait: %(said)s", said=said)) from error
        except (smtplib.SMTPException, OSError, EOFError) as error:
            self._drop()
            raise Later(kept("The mail server cannot be reached: %(error)s", error=type(error).__name__)) from error

    def check(self, route: Route) -> None:
        """Signs in and sends nothing. Raises `Later` with what is wrong."""
        try:
            self._at(route)
        except smtplib.SMTPAuthenticationError as error:
            raise self._refused(route) from error
        except (smtplib.SMTPException, OSError, EOFError) as error:
            raise Later(kept("The mail server cannot be reached: %(error)s", error=type(error).__name__)) from error

    def _refused(self, route: Route) -> Later:
        if route.token:
            return TokenRefused(kept("The mail server does not accept this token. May this client send mail?"))
        return Later(kept("The mail server does not accept our user name and password."))

    def _transfer(
        self, mail: EmailMessage, sender: str, recipient: str, route: Route, copies: Sequence[str], waits: bool
    ) -> list[str]:
        smtp = self._at(route)
        data = mail.as_bytes()
        _taken(smtp.mail(sender))
        _taken(smtp.rcpt(recipient))
        refused = []
        until = time.monotonic() + PATIENCE_FOR_COPIES
        for one in copies:
            if time.monotonic() > until:
                if waits:
                    self._drop()
                    raise Later(kept("The mail server takes too long over the copies."))
                refused.append(one)
                continue
            code, said = smtp.rcpt(one)
            if waits and 400 <= code < 500:
                raise smtplib.SMTPResponseException(code, said)
            refused += [] if code in TAKEN else [one]
        _taken(smtp.docmd("DATA"))
        smtp.send(re.sub(rb"(?m)^\.", b"..", data.rstrip(b"\r\n")) + b"\r\n.\r\n")
        failpoint("after_smtp_data")
        _taken(smtp.getreply())
        return refused

    def _at(self, route: Route) -> smtplib.SMTP:
        if self._smtp is not None and self._route == route:
            return self._smtp
        self.__exit__()
        self._smtp = None
        smtp = self._open(route)
        self._smtp, self._route = smtp, route
        return smtp

    def _open(self, route: Route) -> smtplib.SMTP:
        if route.security == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(route.host, route.port, timeout=self._timeout, context=context)
        else:
            smtp = smtplib.SMTP(route.host, route.port, timeout=self._timeout)
            if route.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if route.token:
            said = iter([xoauth2(route.user, route.token)])
            smtp.auth("XOAUTH2", lambda _challenge=None: next(said, ""))
        elif route.user:
            smtp.login(route.user, route.password)
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _taken(answer: tuple[int, bytes]) -> None:
    code, said = answer
    if code not in TAKEN:
        raise smtplib.SMTPResponseException(code, said)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace")[:200] if isinstance(said, bytes) else str(said)[:200]
