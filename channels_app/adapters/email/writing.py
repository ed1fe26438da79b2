"""Writes mail: Python's own message, without what it does with every header again, which takes longer than sending it.

Python takes each header apart when it is set and puts it together when it is written. A header of ours with nothing in it to encode is
kept as the text that it is, and a body becomes quoted-printable in one go.
"""

from __future__ import annotations

from binascii import b2a_qp
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any
from unicodedata import normalize

READ_BY_PYTHON = frozenset({"from", "to", "cc", "subject"})
"""What people typed stands in these."""
LONGEST = 900
"""A line of a mail has at most 998 signs. What is shorter is not folded: the id of a long thread would become an encoded word, which is no id."""

LONGEST_LABEL = 63
_OTHER_SINCE_2008 = frozenset("ß\u03c2")
"""Letters that are letters of their own since IDNA 2008, and were written as others before."""

BETWEEN = "=_text_or_markup"
"""Between the two bodies: in what is quoted-printable no `=_` can stand."""


class _Written(EmailPolicy):
    """Keeps a plain header as it is; it is taken apart only for who asks what stands in it."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        is_plain = type(value) is str and value.isascii() and value.isprintable() and len(value) <= LONGEST
        if not is_plain or name.lower() in READ_BY_PYTHON:
            return super().header_store_parse(name, value)
        return name, _of_every_mail(name, value) if name.lower().startswith("content-") else value

    def fold_binary(self, name: str, value: Any) -> bytes:
        if type(value) is str and len(value) <= LONGEST:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


@lru_cache(100)
def _of_every_mail(name: str, value: str) -> Any:
    """What a body is: Python looks at that again and again, and it is the same in every mail."""
    return POLICY.header_factory(name, value)


POLICY = _Written(linesep="\r\n", max_line_length=200)
WITH_LETTERS = POLICY.clone(utf8=True)
"""For a server that takes headers with every letter as it is (SMTPUTF8)."""


def new_mail() -> EmailMessage:
    """To be filled with headers, then bodies, then files."""
    return EmailMessage(POLICY)


def ascii_domain(domain: str) -> str:
    """As mail servers know it (`xn--…`). Raises `UnicodeError` for what is none."""
    return ".".join(_ascii_label(label) for label in domain.split(".")) if not domain.isascii() else domain


def _ascii_label(label: str) -> str:
    """Python's own rules are of 2003, and would send what is for `straße.example` to `strasse.example`."""
    if _OTHER_SINCE_2008.isdisjoint(label):
        return label.encode("idna").decode("ascii")
    written = f"xn--{normalize('NFC', label.lower()).encode('punycode').decode('ascii')}"
    if len(written) > LONGEST_LABEL:
        raise UnicodeError("a label of a domain that is too long")
    return written


def set_bodies(mail: EmailMessage, text: str, html: str) -> None:
    """The same twice, for a reader to choose from; files are added afterwards."""
    mail["MIME-Version"] = "1.0"
    mail["Content-Type"] = f'multipart/alternative; boundary="{BETWEEN}"'
    mail.attach(_body(text, "plain"))
    mail.attach(_body(html, "html"))


def _body(text: str, kind: str) -> MIMEPart:
    part = MIMEPart(POLICY)
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = text.encode("utf-8", "surrogateescape").splitlines()
    part.set_payload(b2a_qp(b"\n".join(lines) + b"\n", istext=True).decode("ascii"))
    return part
