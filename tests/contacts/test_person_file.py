"""Who asks what we know gets all of it, and nothing of somebody else; only with a reason, and it stands in the log."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from channels_app.models import Call, OutboundMessage, StoppedNumber, StoredFile
from contacts.actions.answer import answer
from contacts.actions.assign import take
from contacts.actions.callback import request_callback
from contacts.actions.customers import change_customer, create_customer
from contacts.actions.forward import forward
from contacts.actions.make_letter import make_letter
from contacts.actions.merge import merge_customers
from contacts.actions.note import add_note
from contacts.actions.plan_reply import plan_reply
from contacts.actions.register import Asked, register
from contacts.actions.remind import remind
from contacts.forms.uploads import read_uploads, stored
from contacts.models import Customer, Question, QuestionPlace
from contacts.person.file import person_file
from contacts.person.words import paper_row
from organisation.clock import AMSTERDAM
from organisation.models import AccessEntry, AuditEntry
from tests.cast import Cast
from tests.kept import Once

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
TOLD = (
    "J. de Wit", "0226 35 12 44", "Hoort slecht", "MIJN VRAAG", "ONS ANTWOORD", "EEN NOTITIE", "Burgerzaken", "WAAROM HIER",
    "foto.png", "na vijf uur", "Oude Naam", "MIJN OUDE VRAAG", "gesprek.nl", "DE BRIEF DIE WACHT", "Dorp 1, 1716 KA",
    "EEN ANTWOORD DAT WACHT", "mee@gesprek.nl", "Kerkweg 9", "DE UITNODIGING PER SMS", "Geen sms meer (STOP)",
)  # fmt: skip


def asked(cast: Cast, customer: Customer, text: str, **more: object) -> Question:
    made = register(
        by=None, at=MONDAY, channel="email", received_at=MONDAY, customer=customer, text=text, address="wit@gesprek.nl",
        asked=[Asked(title=text, subject_id=cast.grofvuil.pk, **more)],
    )  # type: ignore[arg-type]  # fmt: skip
    return Question.objects.get(pk=made.questions[0].pk)


@Once
def known(cast: Cast) -> Customer:
    """Somebody of whom something is known everywhere, beside somebody else."""
    made = create_customer(by=cast.fatima, at=MONDAY, name="J. de Wit", phone="0226 35 12 44", email="wit@gesprek.nl")
    Customer.objects.filter(pk=made.pk).update(remark="Hoort slecht")
    question = asked(cast, made, "MIJN VRAAG")
    add_note(question=question, by=cast.henk, at=MONDAY, text="EEN NOTITIE")
    request_callback(question=question, by=cast.henk, at=MONDAY, phone="0226 35 12 44", name="", moment="na vijf uur")
    forward(question=question, by=cast.henk, at=MONDAY, team_id=cast.burgerzaken.pk, reason="WAAROM HIER")
    files = stored(read_uploads([SimpleUploadedFile("foto.png", PNG)], channel="email"), MONDAY)
    answer(
        question=question, by=cast.sanne, at=MONDAY, text="ONS ANTWOORD", to_address="wit@gesprek.nl", then="stay", files=files
    )  # fmt: skip
    make_letter(
        question=question, by=cast.sanne, at=MONDAY, text="DE BRIEF DIE WACHT", recipient="J. de Wit\nDorp 1\n1716 KA Opmeer", greeting="", then="stay"
    )  # fmt: skip
    plan_reply(
        question=question, by=cast.sanne, at=MONDAY, send_at=MONDAY + timedelta(days=1), text="EEN ANTWOORD DAT WACHT", channel="email",
        to_address="wit@gesprek.nl", subject_line="Uw vraag", then="stay", is_answer=False, version=None, key=None, copies=["mee@gesprek.nl"],
    )  # fmt: skip
    for purpose, number, words in (
        ("survey", "31226351244", "DE UITNODIGING PER SMS"),
        ("survey", "31612345678", "VAN EEN ANDER"),
    ):
        OutboundMessage.objects.create(
            purpose=purpose, object_key=f"invitation:{number}", channel="sms", to_address=number, body=words, created_at=MONDAY, next_try_at=MONDAY
        )  # fmt: skip
    StoppedNumber.objects.create(number="31226351244", since_at=MONDAY)
    QuestionPlace.objects.create(question=question, address="Kerkweg 9")
    old = create_customer(by=cast.fatima, at=MONDAY, name="Oude Naam", email="oud@gesprek.nl")
    asked(cast, old, "MIJN OUDE VRAAG")
    merge_customers(keep=made, merge=old, by=cast.sanne, at=MONDAY)
    Call.objects.create(
        source="t", external_key="1", caller="+31226351244", entered_at=MONDAY, outcome="abandoned", wait_seconds=77, entered_on=MONDAY.date()
    )  # fmt: skip
    other = create_customer(by=cast.fatima, at=MONDAY, name="Iemand Anders", email="ander@voorbeeld.nl")
    asked_other = register(
        by=None, at=MONDAY, channel="email", received_at=MONDAY, customer=other, text="VAN EEN ANDER", asked=[Asked(title="VAN EEN ANDER")]
    )  # fmt: skip
    add_note(question=asked_other.questions[0], by=cast.sanne, at=MONDAY, text="NOTITIE BIJ EEN ANDER")
    return Customer.objects.get(pk=made.pk)


@pytest.fixture
def wit(cast: Cast, settings: object, tmp_path: Path) -> Customer:
    settings.FILES_DIR = tmp_path  # type: ignore[attr-defined]
    return known(cast, files=tmp_path)


def desk(cast: Cast, name: str = "sanne") -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def given(cast: Cast, customer: Customer, kind: str) -> bytes:
    answer_ = desk(cast).post(f"/klanten/{customer.pk}/inzage/", {"reason": "verzoek van 2 maart", "kind": kind})
    assert answer_.status_code == 200 and answer_["Content-Disposition"].endswith(f'.{kind}"')
    return b"".join(answer_.streaming_content)


def test_everything_about_the_person_and_nothing_of_another(cast: Cast, wit: Customer) -> None:
    assert "Inzageverzoek" in desk(cast).get(f"/klanten/{wit.pk}/").content.decode()
    text = given(cast, wit, "json").decode()
    told = json.loads(text)
    assert told["persoon"] == "J. de Wit"
    for part in TOLD:
        assert part in text, part
    for part in ("Iemand Anders", "VAN EEN ANDER", "NOTITIE BIJ EEN ANDER", "ander@"):
        assert part not in text, part
    titles = [one["titel"] for one in told["onderdelen"]]
    assert "Gesprekken vanaf uw nummer" in titles and "Wanneer medewerkers uw gegevens bekeken" in titles


def test_the_pdf_reads_the_same(cast: Cast, wit: Customer) -> None:
    pages = PdfReader(io.BytesIO(given(cast, wit, "pdf"))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for part in TOLD:
        assert part in text, part


def test_on_paper_a_row_is_text_and_no_table() -> None:
    """Of a thousand tables no PDF comes in a minute."""
    told = paper_row({"Moment": "2 maart", "Kanaal": "e-mail", "Over": "x" * 70, "Team": "KCC", "Tekst": "een\ntwee"})
    assert told.first == "Moment: 2 maart"
    assert told.rest == f"\nKanaal: e-mail · Team: KCC\nOver:\n{'x' * 70}\nTekst:\neen\ntwee"
    assert paper_row({}).rest == ""


def test_of_a_confidential_question_only_that_it_is_there(cast: Cast, wit: Customer) -> None:
    hidden = asked(cast, wit, "HEEL GEHEIM", is_confidential=True)
    for about, words in ((hidden.number, "HET GEHEIME ANTWOORD"), ("OPM-2026-999999", "OVER EEN ANDER OP DIT ADRES")):
        OutboundMessage.objects.create(
            purpose="reply", object_key=about, to_address="wit@gesprek.nl", reference_number=about, body=words, created_at=MONDAY, next_try_at=MONDAY
        )  # fmt: skip
    text = given(cast, wit, "json").decode()
    assert hidden.number in text and "vertrouwelijke vraag" in text and "HEEL GEHEIM" not in text
    assert "HET GEHEIME ANTWOORD" not in text and "OVER EEN ANDER OP DIT ADRES" not in text


def test_the_files_come_along_and_what_is_withheld_is_named(cast: Cast, wit: Customer) -> None:
    photo = StoredFile.objects.get()
    virus = StoredFile.objects.create(
        outbound_id=photo.outbound_id, name="../fout.pdf", size=4, sha256="0" * 64, created_at=MONDAY, check_state="infected", virus="Eicar"
    )  # fmt: skip
    StoredFile.objects.create(outbound_id=photo.outbound_id, name="weg.pdf", size=4, sha256="1" * 64, created_at=MONDAY)
    with ZipFile(io.BytesIO(given(cast, wit, "zip"))) as pack:
        assert set(pack.namelist()) == {"inzage.pdf", "inzage.json", "bestanden/001 foto.png", "ontbreekt.txt"}
        assert pack.read("bestanden/001 foto.png") == PNG
        missing = pack.read("ontbreekt.txt").decode()
    assert virus.virus in missing and "weg.pdf" in missing


def test_a_file_that_is_still_looked_at_for_viruses_is_waited_for(cast: Cast, wit: Customer) -> None:
    StoredFile.objects.filter(name="foto.png").update(check_state=StoredFile.Check.WAITING)
    response = desk(cast).post(
        f"/klanten/{wit.pk}/inzage/", {"reason": "verzoek van 2 maart", "kind": "zip"}, follow=True
    )
    assert "foto.png’ wordt op virussen gecontroleerd" in response.content.decode()
    assert not AuditEntry.objects.filter(action="customer.exported").exists()


def test_it_says_why_and_how_long_and_names_no_employee_who_had_it(cast: Cast, wit: Customer) -> None:
    held = take(question=asked(cast, wit, "NOG EEN"), by=cast.henk, at=MONDAY)
    remind(question=held, by=cast.sanne, at=MONDAY)
    told = {one["titel"]: one for one in json.loads(given(cast, wit, "json"))["onderdelen"]}
    why = told["Waarom wij dit bewaren, en hoe lang"]
    assert "Autoriteit Persoonsgegevens" in why["toelichting"] and len(why["regels"]) >= 5
    assert all(one["Hoe lang"] for one in why["regels"])
    notes = json.dumps(told["Notities van medewerkers"], ensure_ascii=False)
    assert "een medewerker" in notes and cast.henk.name not in notes
    teams = json.dumps(told["Welke teams uw vragen hadden"], ensure_ascii=False)
    assert "WAAROM HIER" in teams and "een medewerker" in teams and cast.henk.name not in teams


def test_no_reason_no_file_and_both_stand_in_the_logs(cast: Cast, wit: Customer) -> None:
    for reason in ("", "    ", "ja"):
        answer_ = desk(cast).post(f"/klanten/{wit.pk}/inzage/", {"reason": reason, "kind": "json"})
        assert answer_.status_code == 422
    assert not AuditEntry.objects.filter(action="customer.exported").exists()
    given(cast, wit, "json")
    assert AuditEntry.objects.get(action="customer.exported").detail["reason"] == "verzoek van 2 maart"
    assert AccessEntry.objects.filter(page="person-file", customer_id=wit.pk, reason="verzoek van 2 maart").count() == 1


@pytest.mark.parametrize("name", ["fatima", "henk", "ria", "joost", "beheer", "receptie"])
def test_only_the_coordinator_gives_it(cast: Cast, wit: Customer, name: str) -> None:
    assert desk(cast, name).get(f"/klanten/{wit.pk}/inzage/").status_code == 403
    assert (
        desk(cast, name).post(f"/klanten/{wit.pk}/inzage/", {"reason": "zomaar even", "kind": "json"}).status_code
        == 403
    )


def test_twice_the_questions_cost_the_same_statements(cast: Cast, wit: Customer) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            person_file(wit, cast.sanne)
        return len(queries)

    cost()  # what a process keeps is made by the first
    few = cost()
    for n in range(5):
        question = asked(cast, wit, f"Nog een {n}")
        add_note(question=question, by=cast.sanne, at=MONDAY + timedelta(minutes=n), text="x")
    assert cost() == few


def test_a_change_of_name_stands_in_it(cast: Cast, wit: Customer) -> None:
    values = {"name": "J. de Wit-Jansen", "version": wit.version}
    change_customer(customer=wit, by=cast.fatima, at=MONDAY, **values)
    text = given(cast, wit, "json").decode()
    assert "J. de Wit-Jansen" in text and "gewijzigd" in text
