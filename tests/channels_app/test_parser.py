"""What the reader of e-mail makes of real styles, hostile shapes and random bytes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.adapters.email import limits
from channels_app.adapters.email.addresses import read_addresses
from channels_app.adapters.email.files import clean_name, content_type
from channels_app.adapters.email.forward import forwarded_from
from channels_app.adapters.email.headers import normal_id
from channels_app.adapters.email.html_text import html_to_text
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.email.parse import parse
from channels_app.adapters.email.quote import cut_quotes
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.adapters.email.sensitive import is_bsn, is_iban, masked
from channels_app.adapters.email.words import header_text
from tests.channels_app.corpus import mail

ANSWER = "Dinsdag is goed.\n\nGroet, Anna"
STYLES = {
    "Outlook": "\n\nVan: Gemeente Opmeer <s@opmeer.example>\nVerzonden: woensdag 18 november 2026 16:22\nAan: Anna de Wit <anna@burger.example>\nOnderwerp: Container\n\nWanneer schikt het u?",
    "Outlook with a line": "\n________________________________\nVan: Gemeente Opmeer <s@opmeer.example>\nVerzonden: woensdag 18 november 2026 16:22\nAan: Anna\nOnderwerp: Container\n\nWanneer?",
    "Outlook in bold": "\n*Van:* Gemeente Opmeer\n*Verzonden:* woensdag 18 november 2026 16:22\n*Aan:* Anna\n*Onderwerp:* Container\n\nWanneer?",
    "Outlook Express": "\n-----Oorspronkelijk bericht-----\nVan: Gemeente\nWanneer?",
    "Gmail": "\n\nOp wo 18 nov 2026 om 16:22 schreef Gemeente Opmeer <s@opmeer.example>:\n\n> Wanneer schikt het u?\n> Groet",
    "Gmail over two lines": "\n\nOp wo 18 nov 2026 om 16:22 schreef Gemeente Opmeer met een lange naam <\ns@opmeer.example>:\n\n> Wanneer?",
    "Gmail without marks": "\n\nOp wo 18 nov 2026 om 16:22 schreef Gemeente Opmeer <s@opmeer.example>:\n\nWanneer schikt het u?",
    "Apple Mail": "\n\n> Op 18 nov 2026 om 16:22 heeft Gemeente Opmeer <s@opmeer.example> het volgende geschreven:\n> \n> Wanneer?",
    "Apple Mail without marks": "\n\nOp 18 nov 2026 om 16:22 heeft Gemeente Opmeer <s@opmeer.example> het volgende geschreven:\n\nWanneer?",
    "Thunderbird": "\n\nGemeente Opmeer schreef op 18-11-2026 om 16:22:\n> Wanneer?",
    "Thunderbird, older": "\n\nOp 18-11-2026 om 16:22 schreef Gemeente Opmeer:\n> Wanneer?",
    "iPhone": "\n\nVerstuurd vanaf mijn iPhone\n\nOp 18 nov. 2026 om 16:22 heeft Gemeente <s@opmeer.example> het volgende geschreven:\n\n\ufeff> Wanneer?",
    "Outlook for Android": "\n\nOutlook voor Android downloaden\n________________________________\nFrom: Gemeente <s@opmeer.example>\nSent: Wednesday, November 18, 2026 4:22 PM\nTo: Anna\nSubject: Container\n\nWanneer?",
    "Outlook for Android, fetched": "\n\nVerkrijg Outlook voor Android<https://aka.ms/AAb9ysg>\n________________________________\nVan: Gemeente\nVerzonden: woensdag 18 november 2026 16:22\nAan: Anna\nOnderwerp: Container\n\nWanneer?",
    "Mail of Windows": "\n\nVerzonden vanuit Mail<https://go.microsoft.com/fwlink/?LinkId=550986> voor Windows\n\nVan: Gemeente<mailto:s@opmeer.example>\nVerzonden: woensdag 18 november 2026 16:22\nAan: Anna\nOnderwerp: Container\n\nWanneer?",
    "Samsung": "\n\nVerzonden vanaf mijn Galaxy\n\n\n-------- Oorspronkelijk bericht --------\nVan: Gemeente <s@opmeer.example>\nDatum: 18-11-2026 16:22 (GMT+01:00)\nAan: anna@burger.example\nOnderwerp: Container\n\nWanneer?",
    "Yahoo": "\n\n    Op woensdag 18 november 2026 om 16:22:03 CET schreef Gemeente <s@opmeer.example>:  \n\n Wanneer?",
    "English": "\n\nOn Wed, Nov 18, 2026 at 4:22 PM Gemeente <s@opmeer.example> wrote:\n> Wanneer?",
    "German": "\n\nAm 18.11.2026 um 16:22 schrieb Gemeente <s@opmeer.example>:\n> Wanneer?",
    "bare marks": "\n\n> Wanneer schikt het u?\n> Groet",
}


@pytest.mark.parametrize("style", STYLES)
def test_the_earlier_message_is_cut_off_in_every_style(style: str) -> None:
    cut = cut_quotes(ANSWER + STYLES[style])
    if style == "Outlook for Android":
        assert cut.text.startswith(ANSWER)
        assert "Wanneer?" not in cut.text
    else:
        assert cut.text == ANSWER
    assert "Wanneer" in cut.quoted


PRINT = "Dit bericht is uitsluitend bestemd voor de geadresseerde en kan vertrouwelijke\ninformatie bevatten."


@pytest.mark.parametrize(
    ("below", "is_folded"),
    [
        ("-- \nM. de Boer\nDirecteur\n06 12 34 56 78", True),
        (PRINT, True),
        ("--\nM. de Boer\n\n" + PRINT, True),
        ("Think before you print!", True),
        ("--\nMijn andere vraag: wanneer komt het oud papier?", False),
        (PRINT + "\n\nOf mag dat niet?", False),
        ("--" + "\nNog een regel over de straat." * 40, False),
        ("Deze brief is bestemd voor de burgemeester.", False),
    ],
    ids=["signature", "print", "both", "planet", "question", "question-below", "long", "destined"],
)
@pytest.mark.parametrize("style", ["", STYLES["Outlook"], STYLES["Gmail"]], ids=["new", "Outlook", "Gmail"])
def test_a_signature_and_the_small_print_are_folded_and_a_question_never_is(
    below: str, is_folded: bool, style: str
) -> None:
    cut = cut_quotes(f"{ANSWER}\n\n{below}{style}")
    assert (cut.text == ANSWER, cut.text.endswith(below.strip())) == (is_folded, not is_folded)
    assert is_folded == (below.split("\n")[-1] in cut.quoted)
    assert cut_quotes(below).text == below.strip()


def test_an_answer_below_the_quote_is_kept() -> None:
    cut = cut_quotes("Op wo 18 nov 2026 schreef Gemeente <s@x.nl>:\n> Wanneer schikt het?\n\nDinsdag is goed.")
    assert (cut.text, "Wanneer" in cut.quoted) == ("Dinsdag is goed.", True)


def test_answers_between_the_lines_are_kept_whole() -> None:
    text = "Op wo 18 nov 2026 schreef Gemeente <s@x.nl>:\n> Welke dag?\nDinsdag\n> Hoe laat?\nTien uur"
    assert cut_quotes(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Beste gemeente,\n\nOp dinsdag schreef ik u al een brief: daar kwam geen antwoord op.",
        "Van mijn buurman hoorde ik dat de container kapot is.\nAan wie meld ik dat?",
        "Op de Dorpsstraat ligt afval. Mijn man heeft dat al eens geschreven.",
        "> alleen een citaat",
    ],
)
def test_ordinary_sentences_are_never_cut(text: str) -> None:
    assert cut_quotes(text).text == text


def test_a_passed_on_message_keeps_its_text_and_names_the_citizen() -> None:
    text = "Graag oppakken.\n\nBegin doorgestuurd bericht:\n\nVan: Piet Bakker <piet@burger.example>\nOnderwerp: Paal\nDatum: 24 november 2026\nAan: henk@opmeer.example\n\nDe paal is kapot."
    cut = cut_quotes(text)
    found = forwarded_from(text)
    assert cut.is_forward
    assert "De paal is kapot." in cut.text
    assert found is not None
    assert (found.address, found.name) == ("piet@burger.example", "Piet Bakker")


_HEAD_NL = "Van: Piet Bakker <piet@burger.example>\nVerzonden: dinsdag 24 november 2026 10:00\nAan: Henk <henk@opmeer.example>\nOnderwerp: Paal\n\nKapot."
_HEAD_EN = "From: Piet Bakker [mailto:piet@burger.example]\nSent: Tuesday, November 24, 2026 10:00 AM\nTo: Henk\nSubject: Paal\n\nKapot."
_GMAIL = "---------- Forwarded message ---------\nVan: *Piet Bakker* <piet@burger.example>\nDate: di 24 nov 2026\nSubject: Paal\nTo: <henk@opmeer.example>\n\nKapot."
_APPLE = "> Begin doorgestuurd bericht:\n>\n> Van: Piet Bakker <piet@burger.example>\n> Onderwerp: Paal\n> Datum: 24 november 2026\n>\n> Kapot."
_THUNDERBIRD = "-------- Doorgestuurd bericht --------\nOnderwerp: \tPaal\nDatum: \tTue, 24 Nov 2026\nVan: \tPiet Bakker <piet@burger.example>\nAan: \tHenk\n\nKapot."
_INSIDE = "Van: {who}\nVerzonden: dinsdag 24 november 2026 11:00\nAan: Henk\nOnderwerp: FW: Paal\n\nVoor jou?\n\n"
_ANSWERED = (
    f"{_HEAD_NL}\n\nVan: Henk <henk@opmeer.example>\nVerzonden: maandag\nAan: Piet\nOnderwerp: Paal\n\nNog kapot?"
)


@pytest.mark.parametrize("note", ["", "Kun jij dit oppakken?\nVan: de balie\n\nGroet, Henk\n\n"])
@pytest.mark.parametrize(
    ("subject", "body", "named"),
    [
        ("FW: Paal", _HEAD_NL, True),
        ("Doorgestuurd: Paal", _HEAD_NL, True),
        ("[EXTERN] FW: Paal", _HEAD_NL, True),
        ("Paal", _HEAD_NL, True),
        ("Paal", f"-----Oorspronkelijk bericht-----\n{_HEAD_NL}", True),
        ("FW: Paal", _HEAD_EN, True),
        ("Paal", _HEAD_EN, True),
        ("Fwd: Paal", _GMAIL, True),
        ("Paal", _GMAIL, True),
        ("Fwd: Paal", _APPLE, True),
        ("Paal", _THUNDERBIRD, True),
        ("FW: FW: Paal", _INSIDE.format(who="Kees") + _HEAD_NL, True),
        ("FW: FW: Paal", _INSIDE.format(who="Kees <kees@opmeer.example>") + _HEAD_NL, True),
        ("Paal", _INSIDE.format(who="Kees <kees@opmeer.example>") * 2 + _HEAD_NL, True),
        ("FW: Paal", _ANSWERED, True),
        ("RE: Paal", _HEAD_NL, False),
        ("Antw: Paal", f"-----Oorspronkelijk bericht-----\n{_HEAD_NL}", False),
        ("Paal", "Mijn adres:\nVan: piet@burger.example", False),
    ],
)
def test_whoever_wrote_first_is_named_however_a_colleague_passed_it_on(
    subject: str, body: str, named: bool, note: str
) -> None:
    found = parse(mail(note + body, sender="Henk <henk@opmeer.example>", subject=subject)).forwarded_from
    assert (found and (found.address, found.name)) == (("piet@burger.example", "Piet Bakker") if named else None)


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


PART = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
BOMBS = {
    "nested 5,000": (
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(5000)),
        "too_deep",
    ),
    "20,000 parts": (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 20_000,
        "too_many_parts",
    ),
    "100 kB of commas": (b"From: " + b"," * 100_000 + b"\r\n\r\nx", "too_many_addresses"),
    "20,000 addresses": (
        b"To: " + b", ".join(b"a%d@b.nl" % i for i in range(10_000)) + b"\r\n\r\nx",
        "too_many_addresses",
    ),
    "20,000 encoded words": (b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx", "header_too_big"),
    "100,000 headers": (b"X: y\r\n" * 100_000 + b"\r\nx", "header_too_big"),
    "nothing": (b" \r\n ", "empty"),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_turned_down_with_its_reason_and_the_next_message_is_read(bomb: str, sandbox: Sandbox) -> None:
    raw, code = BOMBS[bomb]
    with pytest.raises(Unreadable) as caught:
        sandbox.parse(raw)
    assert caught.value.code == code  # and not that it was too slow
    assert sandbox.parse(mail()).subject == "Container"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"(" * 5000 + b"\r\n\r\nx",
        b"Message-ID: <<<\r\nFrom: a@b.nl\r\n\r\nx",
        b"Content-Type: text/plain; " + b"; ".join(b"a%d=b" % i for i in range(5000)) + b"\r\n\r\nx",
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000 + b"x",
        b"From: a@b.nl\r\n\r\n" + b"\n" * 2_000_000 + b"x",
    ],
    ids=["brackets", "id", "parameters", "divs", "newlines"],
)
def test_what_breaks_the_standard_parser_is_simply_read(raw: bytes, sandbox: Sandbox) -> None:
    assert isinstance(sandbox.parse(raw), ParsedMail)


def test_a_message_that_takes_too_long_or_too_much_ends_only_its_child(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 1)
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


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
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


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_cutting_never_loses_words(text: str) -> None:
    cut = cut_quotes(text)
    kept = set((cut.text + " " + cut.quoted).split())
    assert cut.text or not text.strip()
    assert {word for word in text.split() if len(word) > 40} <= kept | {
        w for w in text.split() if len(w) > 40 and w in cut.text + cut.quoted
    }


@pytest.mark.parametrize("line", ["\n", ">\n", " \n", "Van:\n", "Van: "])
def test_who_wrote_what_was_passed_on_is_found_in_time_that_grows_with_the_text(line: str) -> None:
    began = time.process_time()
    assert forwarded_from(line * (50_000 // len(line))) is None
    assert time.process_time() - began < 1
