"""Messages of the corpus with pieces changed, moved, cut and doubled: never anything but a message or a reason, and in time.

`HYPOTHESIS_EXAMPLES=200000` (script/corpus --nightly) tries that many instead of some hundreds.
"""

from __future__ import annotations

import json
import os
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app import reference
from channels_app.adapters.email import limits
from channels_app.adapters.email.addresses import read_addresses
from channels_app.adapters.email.html_text import html_to_text
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.email.packed import packed_kind
from channels_app.adapters.email.parse import parse
from channels_app.adapters.email.quote import cut_quotes
from channels_app.adapters.email.signed import signed_content
from channels_app.adapters.email.tnef import unpack
from channels_app.adapters.email.words import decode, header_text
from contacts.mail import rules as mail_rules
from contacts.numbering import find_number
from tests.channels_app.corpus import CASES as NUMBERED
from tests.corpus import (
    mail_charsets,
    mail_files,
    mail_forged,
    mail_headers,
    mail_html,
    mail_machines,
    mail_replies,
    mail_shapes,
)
from tests.corpus.score import Note
from tests.corpus.tnef import opaque, winmail

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "0"))
MOST = 60_000
MODULES = (mail_charsets, mail_files, mail_forged, mail_headers, mail_html, mail_machines, mail_replies, mail_shapes)
SEEDS = [
    raw
    for raw in (*(case.raw for case in NUMBERED), *(case.data for module in MODULES for case in module.CASES))
    if 0 < len(raw) < MOST
]
PIECES = [
    b"\r\n", b"\n\n", b"\r", b"\x00", b"\xff", b"\x80", b"=?utf-8?q?", b"?=", b"=?x?b?", b"<", b">", b'"', b"\\", b"(", b")", b",", b";", b":", b"@",
    b"--b", b"--b--", b"boundary=b", b"Content-Type: ", b"Content-Transfer-Encoding: base64", b"multipart/mixed", b"multipart/alternative",
    b"message/rfc822", b"message/delivery-status", b"text/html", b"charset=utf-7", b"charset=idna", b"name*0*=x''%", b"filename=", b"begin 644 x\n",
    b"\nend\n", b"<!--", b"<![CDATA[", b"&#xD800;", b"<style>", b"Van: ", b"Op 1 jan schreef x <a@b.nl>:\n", b"> ", b"In-Reply-To: ", b"References: ",
    b"Message-ID: ", b"Auto-Submitted: auto-replied", b"\x78\x9f\x3e\x22", b"PK\x05\x06", b"\x30\x80", b"=", b"=3D", b"\xe2\x80\xae",
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "double", "flip", "move"]),
        st.integers(0, MOST),
        st.integers(1, 200),
        st.sampled_from(PIECES),
    ),
    min_size=1,
    max_size=12,
)


def effort(some: int) -> settings:
    return settings(
        max_examples=EXAMPLES or some,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not EXAMPLES,
        database=None,
    )


def changed(raw: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    for kind, place, size, piece in changes:
        at = place % (len(raw) + 1)
        if kind == "put":
            raw = raw[:at] + piece + raw[at:]
        elif kind == "cut":
            raw = raw[:at] + raw[at + size :]
        elif kind == "double":
            raw = raw[:at] + raw[at : at + size] * 2 + raw[at + size :]
        elif kind == "flip":
            raw = raw[:at] + bytes(one ^ 0x41 for one in raw[at : at + size % 8 + 1]) + raw[at + size % 8 + 1 :]
        else:
            raw = raw[:at] + raw[at + size :] + raw[at : at + size]
    return raw


@effort(250)
@given(st.sampled_from(SEEDS), CHANGES)
def test_a_changed_message_is_a_message_or_a_reason(
    note: Note, seed: bytes, changes: list[tuple[str, int, int, bytes]]
) -> None:
    raw = changed(seed, changes)
    began = time.process_time()
    try:
        read = parse(raw, frozenset({"servicecentrum@opmeer.example"}))
        note.is_a("mutations", "message", "W" if read.remarks else "A")
    except Unreadable:
        note.is_a("mutations", "message", "Q")
        return
    finally:
        assert time.process_time() - began < limits.CPU_SECONDS
    facts = read.to_dict()
    assert ParsedMail.from_dict(facts).to_dict() == facts
    held = json.dumps(facts, ensure_ascii=False)
    held.encode()  # no half letters
    assert "\\u0000" not in held
    assert read.message_id
    assert len(read.text) <= limits.MAX_TEXT
    assert all(file.name and "/" not in file.name and len(file.name) <= 150 for file in read.attachments)
    title = mail_rules.title_of(read.subject, read.text)
    assert len(title) <= 200
    assert "\n" not in title


@effort(80)
@given(st.text(max_size=200), st.lists(st.sampled_from(['"', "<", ">", ",", "(", ")", ":", ";", "@", "=?utf-8?q?=3Ca?=", "a@b.nl", "\\"]), max_size=20))  # fmt: skip
def test_any_address_line_is_read(note: Note, text: str, signs: list[str]) -> None:
    note.is_a("mutations", "address", "A")
    line = "".join(signs) + text + "".join(reversed(signs))
    for one in read_addresses([line]):
        assert one.address == "" or one.address.count("@") == 1
        assert not set(one.address) & set(' <>,"\n\r')
        assert "\n" not in one.name


@effort(80)
@given(st.text(max_size=300))
def test_any_subject_names_a_number_or_none(note: Note, subject: str) -> None:
    note.is_a("mutations", "subject", "A")
    number = find_number(subject, "OPM")
    assert number is None or number in subject.upper()
    assert reference.find_reference(subject) is None  # nobody guesses a signature
    header_text(subject).encode()


@effort(80)
@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_are_text_in_any_charset(note: Note, data: bytes, charset: str | None) -> None:
    note.is_a("mutations", "charset", "A")
    text, _is_guessed = decode(data, charset)
    assert isinstance(text, str)
    assert text or not data.strip(b"\xef\xbb\xbf\x00\xff\xfe+-=~{} \r\n\t\x1b()BJ$@") or charset


@effort(80)
@given(st.lists(st.sampled_from(["<div>", "</div>", "<a href='", "'>", "<!--", "-->", "<script>", "</script>", "<p", ">", "&#0;", "&amp", "woord ", "<![", "<?", "\x00"]), max_size=60))  # fmt: skip
def test_any_page_becomes_text(note: Note, pieces: list[str]) -> None:
    note.is_a("mutations", "page", "A")
    text = html_to_text("".join(pieces))
    assert "<script>" not in text.lower() or "&lt;" in text or "<script>" in "".join(pieces)
    cut_quotes(text)


PACKED = [winmail("plan.pdf", b"%PDF" * 30, "een lange naam.pdf"), opaque(b"Content-Type: text/plain\r\n\r\nHallo"), opaque(b"x" * 900, in_pieces=True)]  # fmt: skip


@effort(80)
@given(st.sampled_from(PACKED), CHANGES)
def test_damaged_packages_give_something_or_nothing(
    note: Note, seed: bytes, changes: list[tuple[str, int, int, bytes]]
) -> None:
    note.is_a("mutations", "package", "A")
    raw = changed(seed, changes)
    unpack(raw)
    signed_content(raw)
    packed_kind(raw)
