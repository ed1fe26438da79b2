"""What the reader of e-mail makes of headers, names, kinds and pages."""

from __future__ import annotations

import pytest

from channels_app.adapters.email.addresses import read_addresses
from channels_app.adapters.email.files import clean_name, content_type
from channels_app.adapters.email.headers import normal_id
from channels_app.adapters.email.html_text import html_to_text
from channels_app.adapters.email.parse import parse
from channels_app.adapters.email.sensitive import is_bsn, is_iban, masked
from channels_app.adapters.email.words import header_text
from tests.channels_app.corpus import mail


@pytest.mark.parametrize(
    ("given_header", "shown"),
    [
        ("=?utf-8?q?Caf=C3=A9?=", "Café"),
        ("=?iso-8859-1?Q?Verg=FCtung?= =?utf-8?B?4oKs?=", "Vergütung€"),
        ("=?utf-8?B?SGFsbG8", "=?utf-8?B?SGFsbG8"),
        ("Regel\r\n twee", "Regel twee"),
        ("=?onbekend?q?Caf=C3=A9?=", "Café"),
        ("", ""),
    ],
)
def test_header_words_are_read_as_a_person_would(given_header: str, shown: str) -> None:
    assert header_text(given_header) == shown


@pytest.mark.parametrize(
    ("header", "addresses"),
    [
        ("Anna <Anna@Burger.example>", ["anna@burger.example"]),
        ('"Wit, Anna de" <a@b.nl>, c@d.nl', ["a@b.nl", "c@d.nl"]),
        ("a@b.nl (Anna), Groep: c@d.nl, e@f.nl;", ["a@b.nl", "c@d.nl", "e@f.nl"]),
        ("undisclosed-recipients:;", []),
        ('"kapot <a@b.nl>, c@d.nl', ["a@b.nl", "c@d.nl"]),
        ("alice@example.org]<bob@evil.example>", ["bob@evil.example"]),
        ("((((((", []),
        ("a@b@c.nl", []),
    ],
)
def test_addresses_are_read_in_one_pass(header: str, addresses: list[str]) -> None:
    assert [one.address for one in read_addresses([header]) if one.address] == addresses


def test_message_ids_are_compared_without_white_space_and_case() -> None:
    assert normal_id(" <A.B @C.nl>\r\n ") == normal_id("a.b@c.NL") == "<a.b@c.nl>"
    assert normal_id("<<<") == ""
    assert len(normal_id("<" + "x" * 5000 + "@y>")) < 100


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("", "bijlage-1.pdf"),
        (" . ", "bijlage-1.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_file_names_are_input_too(name: str, cleaned: str) -> None:
    assert clean_name(name, "bijlage-1.pdf") == cleaned


@pytest.mark.parametrize(
    ("data", "declared", "kind"),
    [
        (b"%PDF-1.7 x", "image/png", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20, "application/pdf", "image/png"),
        (b"<html><script>alert(1)</script>", "image/jpeg", "text/html"),
        (b"<svg onload=x>", "image/svg+xml", "text/xml"),
        (b"gewone tekst", "application/pdf", "text/plain"),
        (b"", "application/pdf", "application/octet-stream"),
    ],
)
def test_the_kind_of_a_file_comes_from_its_content(data: bytes, declared: str, kind: str) -> None:
    assert content_type(data, declared, "bestand") == kind


def test_html_becomes_words_and_nothing_else() -> None:
    html = "<style>p{}</style><p>Eerste &amp; <b>tweede</b></p><div hidden>x</div><ul><li>een<li>twee</ul><a href='https://x.nl/a'>hier</a><img src='https://spoor.nl'><blockquote>oud</blockquote><span style='display:none'>weg</span>"
    text = html_to_text(html)
    assert "Eerste & tweede" in text
    assert "- een\n- twee" in text
    assert "hier (https://x.nl/a)" in text
    assert "> oud" in text
    assert "spoor" not in text
    assert "weg" not in text
    assert "p{}" not in text


@pytest.mark.parametrize(
    ("style", "is_seen"),
    [
        ("font-size:0.9em", True),
        ("font-size: 0.875rem; color:#333", True),
        ("font-size:.8em", True),
        ("mso-font-size:0", True),
        ("font-size:auto", True),
        ("font-size:0", False),
        ("color:red;font-size: 0px !important", False),
        ("font-size:0.0em", False),
        ("display: none", False),
    ],
)
def test_only_letters_without_a_size_are_unseen(style: str, is_seen: bool) -> None:
    assert (
        html_to_text(f"<p style='{style}'>Mijn container <a href='https://x.nl'>staat</a> er nog</p>na").startswith(
            "Mijn container"
        )
        == is_seen
    )
    assert html_to_text(f"<body style='{style}'><div>een</div><p>twee</p></body>").startswith("een") == is_seen


@pytest.mark.parametrize(
    ("kind", "text"), [("text/markdown", "Waar blijft mijn *container*?"), ("text/calendar", ""), ("text/csv", "")]
)
def test_words_in_another_kind_of_text_are_read_where_there_are_no_others(kind: str, text: str) -> None:
    raw = mail("Waar blijft mijn *container*?", kind=f"{kind}; charset=utf-8")
    found = parse(raw)
    assert (found.text, len(found.attachments)) == (text, 1)


def test_what_gets_a_size_within_a_part_without_one_is_seen() -> None:
    """As programs that make mail for many readers write every part (MJML)."""
    html = (
        '<table><tr><td style="direction:ltr;font-size:0px;padding:20px 0"><div style="font-size:0px;display:inline-block">verborgen'
        '<table><tr><td style="font-size:0px"><div style="font-family:x;font-size:13px"><p>Mijn <b>container</b> staat er nog.<br>Anna</p></div>'
        "weg</td></tr></table></div></td></tr></table><p>Groet</p>"
    )
    assert html_to_text(html).split() == ["Mijn", "container", "staat", "er", "nog.", "Anna", "Groet"]


def test_numbers_of_citizens_and_accounts_are_recognised_and_masked() -> None:
    assert is_bsn("111222333")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")
    assert is_iban("NL91 ABNA 0417 1643 00")
    assert not is_iban("NL91 ABNA 0417 1643 01")
    assert (
        masked("BSN 111222333, tel 0226363333, NL91ABNA0417164300")
        == "BSN •••••••33, tel 0226363333, ••••••••••••••••00"
    )
