"""Citizen service numbers and bank accounts are noticed where somebody types them, and covered in every list; nothing is refused."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from channels_app.adapters.email.sensitive import masked, noticed
from contacts.actions.customers import create_customer
from contacts.actions.edit_question import edit_question
from contacts.actions.register import Asked, register
from contacts.models import Note, Question
from organisation.clock import AMSTERDAM
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
BSN, IBAN = "111222333", "NL91ABNA0417164300"
TYPED = f"Mijn BSN is {BSN} en rekening {IBAN}"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("111222333", ("bsn",)), ("1112.22.333", ("bsn",)), ("111 222 333", ("bsn",)), ("111222334", ()), ("1112223330", ()),
        ("06-111222333", ()), ("NL91 ABNA 0417 1643 00", ("iban",)), ("nl91abna0417164300", ("iban",)), ("NL92ABNA0417164300", ()),
        (TYPED, ("bsn", "iban")), ("zaak 2026-111222", ()), ("", ()),
    ],
)  # fmt: skip
def test_only_real_numbers_are_noticed_and_covered(text: str, codes: tuple[str, ...]) -> None:
    assert noticed(text) == codes
    assert (masked(text) != text) is bool(codes)


def asked(cast: Cast) -> Question:
    customer = create_customer(by=cast.fatima, at=MONDAY, name="J. de Wit", email="wit@gesprek.nl")
    made = register(
        by=cast.fatima, at=MONDAY, channel="phone", received_at=MONDAY, customer=customer, text=TYPED,
        asked=[Asked(title=TYPED, text=TYPED, subject_id=cast.grofvuil.pk)],
    )  # fmt: skip
    return Question.objects.get(pk=made.questions[0].pk)


def test_lists_search_export_and_notices_show_no_number(cast: Cast) -> None:
    question = asked(cast)
    assert BSN not in question.title + question.summary and IBAN not in question.title + question.summary
    assert question.contacts.get().text == TYPED  # who answers it needs it
    client = Client()
    client.force_login(cast.ria)
    pages = [
        client.get("/werkvoorraad/").content,
        client.get("/zoeken/", {"q": "rekening"}).content,
        client.get("/meldingen/").content,
        client.get(f"/klanten/{question.customer_id}/").content,
        client.post("/werkvoorraad/bestand/", {"reason": "Overleg met het team"}).content,
    ]
    assert question.number.encode() in pages[0] and question.number.encode() in pages[3]
    assert not [page for page in pages if BSN.encode() in page or IBAN.encode() in page]
    edit_question(
        question=question,
        by=cast.ria,
        at=MONDAY,
        title=TYPED,
        subject_id=cast.grofvuil.pk,
        kind="question",
        version=question.version,
    )
    assert BSN not in Question.objects.get(pk=question.pk).title


def test_who_types_one_reads_a_remark_and_the_text_stays(cast: Cast) -> None:
    question = asked(cast)
    client = Client()
    client.force_login(cast.henk)
    page = client.post(f"/vragen/{question.number}/notitie/", {"note": TYPED}, follow=True).content.decode()
    assert Note.objects.get(question=question).text == TYPED
    assert "Er staan een BSN en een rekeningnummer in deze tekst" in page
    assert page.count("Bevat een burgerservicenummer") == 2  # the contact and the note, on the timeline
    assert page.count("Bevat een rekeningnummer") == 2


def test_numbers_of_before_are_covered_by_the_migration(cast: Cast) -> None:
    made = import_module("contacts.migrations.0021_numbers_of_before_are_covered")
    before = [("Paspoort 111222333", "Rekening NL91ABNA0417164300"), ("Zaak 2026 000 001", "Bel 0226363333")]
    for title, summary in before:
        Question.objects.filter(pk=asked(cast).pk).update(title=title, summary=summary)
    for _twice in range(2):
        made.cover(apps, SimpleNamespace(connection=connection))
    first, second = Question.objects.order_by("pk").values_list("title", "summary")
    assert first == ("Paspoort •••••••33", "Rekening ••••••••••••••••00")
    assert second == before[1]
