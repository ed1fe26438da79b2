"""What a mail says itself, and what it repeats: quotes, signatures, small print, and what somebody passed on."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_app.adapters.email.forward import forwarded_from
from channels_app.adapters.email.parse import parse
from channels_app.adapters.email.quote import cut_quotes
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
