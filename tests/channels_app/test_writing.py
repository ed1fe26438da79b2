"""Mail as it is written: what was put in comes out again, and every line of it may stand in a mail."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from channels_app.adapters.email.writing import new_mail, set_bodies

HTML = "<p>Zie de bijlage: één bestand.</p>"


def written(text: str, **headers: str) -> tuple[bytes, EmailMessage]:
    mail = new_mail()
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    set_bodies(mail, text, HTML)
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bréf\u20ac.pdf")
    raw = mail.as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return raw, read


def body_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        "Beste Klént,\n\nDank u wel.\n",
        "woord " * 200 + "\n",
        ".\n.punt\n..\nFrom hier\n-- \n=3D =_text_or_markup\n--=_text_or_markup--\n",
        "  voor en achter \t\n\n\n",
        "\u20ac\U0001f600\u00a0\x0b\x1f\n",
    ],
)
def test_a_text_is_read_as_it_was_written(text: str) -> None:
    raw, read = written(text)
    assert [body_of(read, kind) for kind in ("plain", "html")] == [text, HTML + "\n"]
    assert [file.get_filename() for file in read.iter_attachments()] == ["bréf\u20ac.pdf"]
    assert raw.replace(b"\r\n", b"").isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


def test_windows_line_ends_are_line_ends() -> None:
    assert body_of(written("een\r\ntwee\rdrie\n")[1], "plain") == "een\ntwee\ndrie\n"


def test_the_id_of_a_long_thread_is_not_folded_and_a_name_is_encoded() -> None:
    """An id in an encoded word is no id: the mail program of the customer would begin a new conversation."""
    thread = f"<{'a' * 400}@burger.example>"
    raw, read = written("x\n", From="Gemeente Opmeër <post@opmeer.example>", In_Reply_To=thread)
    assert f"\r\nIn-Reply-To: {thread}\r\n".encode() in raw
    assert "Opmeër" in read["From"]
    assert b"=?utf-8?" in raw.split(b"\r\n", 1)[0]


@pytest.mark.parametrize("header", ["X-Opmeer-Message", "Date", "Subject", "Content-Type"])
def test_no_header_takes_a_line_break(header: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        new_mail()[header] = "een\r\nBcc: x@y.nl"
