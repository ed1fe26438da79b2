"""Random bytes and what takes too long: the child process ends, or says why it cannot, and the next message is read.

Shapes that are made to cost time or memory stand in tests/corpus/mail_bombs.py, and go through the child there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.adapters.email import limits
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.email.parse import parse
from channels_app.adapters.email.sandbox import Sandbox
from tests.channels_app.corpus import mail

PART = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


def test_a_message_that_takes_too_long_or_too_much_ends_only_its_child(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.2)
    with pytest.raises(Unreadable) as caught:
        sandbox.parse(PART + (b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<td>" * 120_000 + b"\r\n") * 20)
    assert (caught.value.code, caught.value.is_final) == ("too_slow", True)
    monkeypatch.undo()
    assert sandbox.parse(mail()).subject == "Container"


def test_what_was_asked_when_the_time_of_the_task_ended_is_no_answer_to_the_next_question(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class TimeIsUp(Exception):
        pass

    def interrupted(pipe: object) -> bytes:
        raise TimeIsUp

    with monkeypatch.context() as patch:
        patch.setattr("channels_app.adapters.email.sandbox.read_frame", interrupted)
        with pytest.raises(TimeIsUp):
            sandbox.parse(mail(subject="Geheim van een ander"))
    assert sandbox.parse(mail()).subject == "Container"


def test_attachments_come_out_of_the_child_byte_for_byte(sandbox: Sandbox) -> None:
    from email.mime.text import MIMEText

    from tests.channels_app.corpus import attached, parts

    data = bytes(range(256)) * 400
    (file,) = sandbox.parse(parts(MIMEText("x"), attached("a.bin", data, "octet-stream"))).attachments
    assert (file.data, file.size) == (data, len(data))


_PIECE = st.sampled_from(
    [
        b"From: ",
        b"To: a@b.nl",
        b"Subject: =?utf-8?q?",
        b"?=",
        b"\r\n",
        b"\n\n",
        b"\r\n\r\n",
        b"--b",
        b"--b--",
        b"Content-Type: ",
        b"multipart/mixed; boundary=b",
        b"text/html; charset=",
        b"utf-7",
        b"base64",
        b"Content-Transfer-Encoding: ",
        b"message/rfc822",
        b"<",
        b">",
        b'"',
        b"@",
        b"begin 644 x",
        b"end",
        b"In-Reply-To: <o1.",
        b"References: ",
        b"Auto-Submitted: ",
        b"filename*=",
        b"''%E9",
        b"\x00",
        b"\xff\xfe",
        b"<!--",
        b"&#xD800;",
        b"Van: ",
        b"> ",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(_PIECE, st.binary(max_size=20)), max_size=40))
def test_no_bytes_bring_about_anything_but_a_message_or_a_reason(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    try:
        read = parse(raw)
    except Unreadable:
        return
    facts = read.to_dict()
    assert ParsedMail.from_dict(facts).to_dict() == facts
    assert "\x00" not in repr(facts).replace("\\x00", "")
    assert read.message_id
    json.dumps(facts, ensure_ascii=False).encode("utf-8")  # no half letters: the database takes none
