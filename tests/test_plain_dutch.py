"""The product's own Dutch passes its own check: sentences of the catalogue, mails and pages for customers as a whole, replies to begin from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import polib
import pytest

from channels_app.models import OutboundMessage
from channels_app.pages.plain_text import reason_of
from channels_app.readability import FEWEST_WORDS, Finding, Reading, read
from contacts.actions.register import Asked, NewCustomer, register
from contacts.demo.templates import TEMPLATES
from organisation.clock import AMSTERDAM
from supervisor.place import ROOT
from supervisor.texts import CATALOGUE, Text, _in_template
from surveys.defaults import DEFAULTS, TITLE
from tests.cast import Cast

HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|\[\w+\]")
LETTERS = re.compile(r"[^\W\d_]+")
MARKUP = re.compile(r"<[^>]+>|&\w+;")
EXCEPTIONS = {
    "Open an app for codes on your phone, for example Microsoft Authenticator, Google Authenticator or FreeOTP.": "names of programs",
}
"""English text → why its Dutch may be harder than B1."""
FOR_CUSTOMERS = re.compile(r'\{% extends "(?:base_customer|base_public|knowledge/base_outside|surveys/ask)\.html" %\}')


@pytest.fixture(scope="module")
def dutch() -> dict[tuple[str, str], list[str]]:
    """Context and English text → its Dutch texts."""
    return {
        (entry.msgctxt or "", entry.msgid): list(entry.msgstr_plural.values()) or [entry.msgstr]
        for entry in polib.pofile(str(CATALOGUE))
        if not entry.obsolete
    }


def plain(text: str) -> str:
    """What is filled in counts as a number; markup is no text."""
    return HOLE.sub("7", MARKUP.sub(" ", text.replace("%%", "%")))


def judged(text: str) -> Reading:
    return read(plain(text))


def why(name: str, text: str) -> list[str]:
    """A line about a text that is harder than B1, with what makes it so; nothing about others."""
    if len(LETTERS.findall(plain(text))) < FEWEST_WORDS:  # as most are, of which no level is told
        return []
    reading = judged(text)
    if reading.level in ("", "A2", "B1"):
        return []
    return [f"{name}: {reading.level} ({reading.score:.0f}) {text!r}: {_reasons(reading.findings)}"]


def _reasons(findings: Iterable[Finding]) -> str:
    said = "; ".join(f"{one.words}: {reason_of(one)}" for one in findings)
    return said or "long words or long sentences: use shorter ones, or make two sentences"


def whole(path_texts: Iterable[Text], dutch: dict[tuple[str, str], list[str]]) -> str:
    """The Dutch of a template from top to bottom, every branch of it."""
    return "\n\n".join(dutch[text.context, text.msgid][0] for text in path_texts if (text.context, text.msgid) in dutch)


def test_every_sentence_of_the_catalogue_is_at_b1_or_easier(dutch: dict[tuple[str, str], list[str]]) -> None:
    hard = [
        line
        for (_context, msgid), texts in dutch.items()
        if msgid not in EXCEPTIONS
        for words in texts
        for line in why(msgid, words)
    ]
    assert hard == [], "\n".join(hard)


def test_an_exception_is_a_text_that_needs_it(dutch: dict[tuple[str, str], list[str]]) -> None:
    assert all(why("", words) for msgid in EXCEPTIONS for words in dutch["", msgid])


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "mail").glob("*.txt")), ids=lambda path: path.stem)
def test_every_mail_is_at_b1_as_a_whole(path: Path, dutch: dict[tuple[str, str], list[str]]) -> None:
    assert why(path.name, whole(_in_template(path), dutch)) == []


def pages() -> list[Path]:
    every = sorted((ROOT / "templates").rglob("*.html"))
    return [path for path in every if FOR_CUSTOMERS.search(path.read_text()[:400])]


def test_every_page_for_customers_is_at_b1_as_a_whole(dutch: dict[tuple[str, str], list[str]]) -> None:
    assert len(pages()) >= 15
    hard = [line for path in pages() for line in why(path.name, whole(_in_template(path), dutch))]
    assert hard == [], "\n".join(hard)


def test_replies_to_begin_from_and_questions_of_surveys_are_at_b1() -> None:
    replies = [line for name, _team, body in TEMPLATES for line in why(name, body)]
    assert replies == [], "\n".join(replies)
    surveys = [why(one.code, "\n\n".join([TITLE[0], *(asked.text[0] for asked in one.questions)])) for one in DEFAULTS]
    assert surveys == [[] for _one in DEFAULTS]


@pytest.mark.django_db
def test_the_acknowledgement_as_it_leaves_is_at_b1(cast: Cast) -> None:
    at = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
    asked, customer = [Asked(subject_id=cast.grofvuil.pk)], NewCustomer(name="De Wit", email="dewit@voorbeeld.nl")
    register(by=None, at=at, channel="email", received_at=at, asked=asked, customer=customer, text="Waar blijft u?")
    body = re.sub(r"https?://\S+", "", OutboundMessage.objects.get(purpose="acknowledgement").body)
    assert judged(body).words >= FEWEST_WORDS
    assert why("acknowledgement", body) == []
