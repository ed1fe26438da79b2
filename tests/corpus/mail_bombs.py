"""Class 8: messages that are made to cost time or memory (24): turned down with their reason, or simply read."""

from __future__ import annotations

import io
import zipfile

from tests.channels_app.corpus import attached, mail, nested, parts
from tests.corpus.case import Mail

KILO, MEGA = 1024, 1_048_576
FROM = b"From: anna@burger.example\r\nMessage-ID: <bom@burger.example>\r\n"
PART = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def parked(name: str, reason: str, raw: object) -> Mail:
    return Mail(name, "Q", raw, "parked", reason=reason)  # type: ignore[arg-type]


def read(name: str, raw: object, answer: str = "A", **more: object) -> Mail:
    """It looks dangerous and is simply read."""
    return Mail(name, answer, raw, files=None, acknowledged=None, **more)  # type: ignore[arg-type]


def mails_in_mails(depth: int) -> bytes:
    return FROM + b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: x\r\n\r\nx\r\n"


def zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("nullen.txt", b"\0" * (50 * MEGA))
    return parts(attached("x.txt", b"x"), attached("bom.zip", held.getvalue(), "zip"))


def page(html: str) -> bytes:
    return mail(html, kind="text/html; charset=utf-8")


CASES = [
    parked("levels-200", "too_deep", lambda: nested(200)),
    parked("levels-5000", "too_deep", lambda: nested(5000)),
    parked("mails-in-mails-500", "too_deep", lambda: mails_in_mails(500)),
    parked("parts-201", "too_many_parts", lambda: FROM + PART + b"--b\r\n\r\nx\r\n" * 201),
    parked("parts-20000", "too_many_parts", lambda: FROM + PART + b"--b\r\n\r\nx\r\n" * 20_000),
    parked("commas-100-kB", "too_many_addresses", lambda: b"From: " + b"," * 100_000 + b"\r\n\r\nx"),
    parked("addresses-101", "too_many_addresses", lambda: FROM + b"To: " + b", ".join(b"a%d@b.nl" % i for i in range(101)) + b"\r\n\r\nx"),
    parked("addresses-20000", "header_too_big", lambda: FROM + b"To: " + b", ".join(b"a%d@b.example" % i for i in range(20_000)) + b"\r\n\r\nx"),
    parked("addresses-in-many-headers", "too_many_addresses", lambda: FROM + b"".join(b"To: a%d@b.nl\r\n" % i for i in range(5000)) + b"\r\nx"),
    parked("encoded-words-20000", "header_too_big", lambda: FROM + b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx"),
    parked("headers-100000", "header_too_big", lambda: FROM + b"X: y\r\n" * 100_000 + b"\r\nx"),
    parked("nothing", "empty", b" \r\n "),
    parked("file-of-outlook", "broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40),
    read("quoted-lines-19000", lambda: mail("> x\n" * 19_000 + "y")),
    Mail("mail-of-60-MB", "R", lambda: mail("x" * (60 * MEGA)), "refused", reason="too_big"),
    Mail("mail-of-35-MB-and-1", "R", lambda: FROM + b"\r\n" + b"x" * (35 * MEGA), "refused", reason="too_big"),
    read("brackets-5-kB", lambda: b"From: " + b"(" * 5000 + b" anna@burger.example\r\nMessage-ID: <x@y>\r\n\r\nx", "W", sender="", remarks=("sender_unreadable",)),
    read("parameters-5000", lambda: FROM + b"Content-Type: text/plain; " + b"; ".join(b"a%d=b" % i for i in range(5000)) + b"\r\n\r\nx"),
    read("parameters-continued-5000", lambda: FROM + b"Content-Type: application/pdf; " + b"; ".join(b"name*%d*=b" % i for i in range(5000)) + b"\r\n\r\nx"),
    read("divs-100000", lambda: page("<div>" * 100_000 + "x")),
    read("open-tags-400-kB", lambda: page("<a" * 200_000 + " x"), "W", remarks=("text_cut",)),
    read("one-line-of-8-MB", lambda: mail("x" * (8 * MEGA)), "W", remarks=("text_cut",)),
    read("newlines-2-million", lambda: mail("\n" * 2_000_000 + "x")),
    read("zip-of-50-MB", zip_bomb),
]  # fmt: skip
