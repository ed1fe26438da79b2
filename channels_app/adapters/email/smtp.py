"""Conversations with mail servers that send for us: one is open at a time, with a password or a token."""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from channels_app.adapters.email.refusals import Stage, is_of_us
from channels_app.adapters.email.smtp_line import Line, open_line
from channels_app.adapters.email.tokens import xoauth2
from channels_app.adapters.email.writing import WITH_LETTERS
from channels_app.adapters.messages import Later, Never
from channels_app.reasons import OF_US, in_words, kept
from organisation.failpoints import failpoint

PATIENCE_FOR_COPIES = 20
"""Seconds: some servers answer ever slower the more recipients they hear."""
TIME_FOR_DATA = 2
PATIENCE_BEFORE_TEXT = 25
"""Seconds for everything until the server wants the text: later the end could fall after the time of the task, with the mail taken and no note of it."""
PATIENCE_FOR_TEXT = 35
"""By then it has the whole text."""
PATIENCE_FOR_ALL = 55
"""Seconds for one message. What is left of them the last answer may take: a server that looks into large files first has the mail by then, and
whoever hangs up on it sends it again, at every try. RFC 5321 wants ten minutes; but a worker of which one process is in a long job and the other
waits for a mail server gives no sign of life meanwhile, and after 90 seconds it is taken for dead."""
TIME_TO_PART = 5
LETTERS = "SMTPUTF8"
"""What a server offers that takes addresses with every letter (RFC 6531)."""
_ADDRESS = re.compile(r"[^\s<>()]+@[^\s<>()]+")
TAKEN = (250, 251, 354)
WANTS_SIGN_IN = (530, 534, 535, 538)


class RefusesUs(Later):
    """The mail server takes nothing that we bring, whatever it is, until a person has mended that."""


class TokenRefused(RefusesUs):
    """The mail server does not take our token."""


class _Refused(smtplib.SMTPResponseException):
    """An answer that is no yes, and where in the conversation it was given."""

    def __init__(self, stage: Stage, code: int, said: bytes | str) -> None:
        super().__init__(code, said)
        self.stage = stage


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
    """Keeps the conversation of the last route open for the next message; opened anew after trouble.

    `patience`: seconds until the server wants a text.
    """

    def __init__(self, patience: float = PATIENCE_BEFORE_TEXT) -> None:
        self._smtp: Line | None = None
        self._route: Route | None = None
        self._patience = patience

    def __enter__(self) -> MailServers:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._smtp is not None:
            try:
                self._smtp.until = time.monotonic() + TIME_TO_PART
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
        except (smtplib.SMTPException, OSError, EOFError) as error:
            self._drop()
            raise _in_words(error, route, sender) from error

    def check(self, route: Route, sender: str) -> None:
        """Signs in, asks whether we may send as this address, and sends nothing. Raises `Later` with what is wrong."""
        try:
            smtp = self._at(route, time.monotonic() + self._patience)
            _taken(smtp.mail(sender), Stage.SENDER)
            smtp.rset()
        except (smtplib.SMTPException, OSError, EOFError) as error:
            self._drop()
            raise _in_words(error, route, sender) from error

    def _transfer(
        self, mail: EmailMessage, sender: str, recipient: str, route: Route, copies: Sequence[str], waits: bool
    ) -> list[str]:
        begun = time.monotonic()
        smtp = self._at(route, begun + self._patience)
        has_letters = not recipient.isascii()
        if has_letters and not smtp.has_extn(LETTERS):
            raise Never(
                kept(
                    "Our mail server cannot send to an address with other letters than a to z before the @. Ask for another address, or answer in another way."
                )
            )
        data = mail.as_bytes(policy=WITH_LETTERS) if has_letters else mail.as_bytes()
        _check_size(len(data), smtp.esmtp_features.get("size", ""))
        _taken(smtp.mail(sender, (LETTERS,) if has_letters else ()), Stage.SENDER)
        _taken(smtp.rcpt(recipient), Stage.RECIPIENT)
        refused = []
        until = min(time.monotonic() + PATIENCE_FOR_COPIES, begun + self._patience - TIME_FOR_DATA)
        for one in copies:
            if time.monotonic() > until:
                if waits:
                    self._drop()
                    raise Later(kept("The mail server takes too long over the copies."))
                refused.append(one)
                continue
            code, said = smtp.rcpt(one)
            if waits and 400 <= code < 500:
                raise _Refused(Stage.RECIPIENT, code, said)
            refused += [] if code in TAKEN else [one]
        _taken(smtp.docmd("DATA"), Stage.TEXT)
        smtp.until = begun + PATIENCE_FOR_TEXT
        smtp.send_text(re.sub(rb"(?m)^\.", b"..", data.rstrip(b"\r\n")) + b"\r\n.\r\n")
        failpoint("after_smtp_data")
        smtp.until = begun + PATIENCE_FOR_ALL
        _taken(smtp.getreply(), Stage.TEXT)
        return refused

    def _at(self, route: Route, until: float) -> Line:
        if self._smtp is not None and self._route == route:
            self._smtp.until = until
            return self._smtp
        self.__exit__()
        self._smtp = None
        smtp = _signed_in(route, until)
        self._smtp, self._route = smtp, route
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _signed_in(route: Route, until: float) -> Line:
    line = open_line(route.host, route.port, route.security, until=until)
    line.ehlo_or_helo_if_needed()
    if route.token:
        said = iter([xoauth2(route.user, route.token)])
        line.auth("XOAUTH2", lambda _challenge=None: next(said, ""))
    elif route.user:
        line.login(route.user, route.password)
    return line


def _taken(answer: tuple[int, bytes], stage: Stage) -> None:
    code, said = answer
    if code not in TAKEN:
        raise _Refused(stage, code, said)


def _check_size(size: int, most: str) -> None:
    """What is larger than the server says that it takes (RFC 1870) is not carried there again and again."""
    limit = int(most) if most.isdigit() else 0
    if limit and size > limit:
        told = {"size": _megabytes(size), "most": _megabytes(limit)}
        raise Never(
            kept(
                "The mail is %(size)s MB with its files, and the mail server takes %(most)s MB. Send smaller files.",
                **told,
            )
        )


def _megabytes(size: int) -> str:
    return f"{size / 1_048_576:.1f}".replace(".", ",")


def _in_words(error: Exception, route: Route, sender: str) -> Later | Never:
    """What to raise: for now, until somebody mends it, or for good."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _said_no(error, route, sender)
    if isinstance(error, ssl.SSLCertVerificationError):
        return RefusesUs(in_words(OF_US, "certificate"))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return RefusesUs(in_words(OF_US, "not_offered"))
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib says that it hung up
        return Later(kept("The mail server does not answer in time."))
    return Later(kept("The mail server cannot be reached: %(error)s", error=type(error).__name__))


def _said_no(error: smtplib.SMTPResponseException, route: Route, sender: str) -> Later | Never:
    code, text = error.smtp_code, _text(error.smtp_error)
    said = f"{code} {text}"
    is_about_sign_in = isinstance(error, smtplib.SMTPAuthenticationError) or code in WANTS_SIGN_IN
    if not 500 <= code < 600:
        return Later(kept("The mail server asks us to wait: %(said)s", said=said))
    if is_about_sign_in and route.token:
        return TokenRefused(in_words(OF_US, "token"))
    if is_about_sign_in:
        return RefusesUs(in_words(OF_US, "password"))
    stage = error.stage if isinstance(error, _Refused) else Stage.LINE
    if is_of_us(stage, code, text):
        return RefusesUs(in_words(OF_US, "said") % {"said": _without_others(said, sender)})
    return Never(kept("The mail server refused the message: %(said)s", said=said))


def _without_others(said: str, sender: str) -> str:
    """It stands on pages of who may not know to whom we write; addresses of our own house say what is wrong."""
    ours = sender.rpartition("@")[2].lower()
    return _ADDRESS.sub(lambda found: found[0] if found[0].lower().rpartition("@")[2] == ours else "…", said)


def _text(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).split())[:200]
