"""A person who left something everywhere, and a look at every column of the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from channels_app.models import (
    Call,
    DeadAddress,
    InboundMessage,
    InboundRaw,
    LiveCall,
    OutboundMessage,
    PhoneEvent,
    StoppedNumber,
)
from contacts.actions.answer import answer
from contacts.actions.callback import attempt, request_callback
from contacts.actions.close import close
from contacts.actions.confidential import set_confidential
from contacts.actions.customers import change_customer, create_customer
from contacts.actions.forward import forward
from contacts.actions.note import add_note
from contacts.actions.register import Asked, register
from contacts.forms.uploads import read_uploads, stored
from contacts.models import Contact, Customer, Draft, IdempotencyKey, MergeProposal, Question, QuestionPlace, SavedView
from organisation import audit
from organisation.clock import AMSTERDAM
from organisation.models import AccessEntry
from privacy.columns import Column, text_columns
from tests.cast import Cast
from tests.kept import Once

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
NAME, OLD_NAME, EMAIL = "K. Kanariestra", "K. Vogelaar-Oud", "kanariestra@kooi.example"
PHONE, STREET, SECRET = "06 1877 2635", "Kanariepietlaan 77", "GEHEIMWOORDKANARIE"
CANARIES = ("kanariestra", "vogelaar-oud", "kooi.example", "18772635", "1877 2635", "kanariepietlaan", SECRET.lower())
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def canary(cast: Cast) -> Customer:
    """In every table that people or machines write something about a person in."""
    made = create_customer(
        by=cast.fatima, at=MONDAY, name=OLD_NAME, phone=PHONE, email=EMAIL, street="Kanariepietlaan", house_number="77"
    )
    change_customer(customer=made, by=cast.fatima, at=MONDAY, name=NAME, remark=SECRET)
    raw = f"From: {NAME} <{EMAIL}>\r\nSubject: {SECRET}\r\n\r\n{SECRET}".encode()
    inbound = InboundMessage.objects.create(
        source="test", external_key="1", received_at=MONDAY, taken_in_at=MONDAY, sha256="0" * 64, size=9, state="done",
        outcome="registered", sender=EMAIL, subject=SECRET, parsed={"from": NAME, "text": SECRET}, done_at=MONDAY,
    )  # fmt: skip
    InboundRaw.objects.create(message=inbound, data=raw)
    first = asked(cast, made, SECRET, inbound=inbound, subject_line=SECRET, address=EMAIL, address_name=NAME)
    QuestionPlace.objects.create(question=first, address=STREET)
    add_note(question=first, by=cast.henk, at=MONDAY, text=f"{NAME} belde, {SECRET}")
    callback = request_callback(question=first, by=cast.henk, at=MONDAY, phone=PHONE, name=NAME, moment=SECRET)
    attempt(callback=callback, by=cast.henk, at=MONDAY, outcome="no_answer", note=SECRET)
    attempt(callback=callback, by=cast.henk, at=MONDAY + timedelta(hours=1), outcome="reached", note=SECRET)
    forward(question=first, by=cast.henk, at=MONDAY, team_id=cast.burgerzaken.pk, reason=SECRET)
    files = stored(read_uploads([SimpleUploadedFile(f"{SECRET}.png", PNG)], channel="email"), MONDAY)
    first.refresh_from_db()
    answer(question=first, by=cast.sanne, at=MONDAY, text=f"Beste {NAME}, {SECRET} woensdag komen wij bij u langs.",
           to_address=EMAIL, then="close", files=files)  # fmt: skip
    call = Call.objects.create(
        source="t", external_key="1", caller="+31618772635", entered_at=MONDAY, answered_at=MONDAY, outcome="answered",
        wait_seconds=7, entered_on=MONDAY.date(),
    )  # fmt: skip
    PhoneEvent.objects.create(
        source="t",
        event_key="1",
        call_key="1",
        kind="entered",
        happened_at=MONDAY,
        received_at=MONDAY,
        caller="+31618772635",
    )
    LiveCall.objects.create(
        source="t", external_key="1", caller="+31618772635", entered_at=MONDAY, last_event_at=MONDAY, call=call
    )
    second = asked(cast, made, f"{SECRET} twee", channel="phone")
    Contact.objects.filter(questions=second).update(call=call)
    set_confidential(question=asked(cast, made, f"{SECRET} drie"), by=cast.sanne, at=MONDAY, is_confidential=True)
    digits = "31618772635"
    OutboundMessage.objects.create(
        purpose="survey", object_key="invitation:77", channel="sms", to_address=digits, conversation=f"7:{digits}", to_name=NAME, body=SECRET,
        created_at=MONDAY, next_try_at=MONDAY,
    )  # fmt: skip
    StoppedNumber.objects.create(number=digits, since_at=MONDAY)
    OutboundMessage.objects.update(state="sent", sent_at=MONDAY, error=f"250 {EMAIL} ok")
    DeadAddress.objects.create(address=EMAIL, since_at=MONDAY, detail=f"no such user {EMAIL}")
    AccessEntry.objects.create(at=MONDAY, user=cast.sanne, customer_id=made.pk, page="customer", reason=f"{NAME} belt")
    audit.record(by=cast.sanne, action="customer.exported", obj=made, reason=SECRET, kind="pdf")
    _elsewhere(cast, made)
    return Customer.objects.get(pk=made.pk)


def _elsewhere(cast: Cast, made: Customer) -> None:
    """What others wrote: only the words of the person go there."""
    other = create_customer(by=cast.fatima, at=MONDAY, name="Iemand Anders", email="ander@voorbeeld.nl")
    MergeProposal.objects.create(keep=other, merge=made, proposed_by=cast.fatima, proposed_at=MONDAY)
    theirs = asked(cast, other, f"Mijn buurvrouw {NAME} van {STREET} heeft een blaffende hond", channel="email")
    add_note(
        question=theirs,
        by=cast.henk,
        at=MONDAY,
        text=f"Belde ook {PHONE}, 0031 6-18772635 en {EMAIL.upper()}. Blijft staan.",
    )
    raw = InboundMessage.objects.create(
        source="test", external_key="2", received_at=MONDAY, taken_in_at=MONDAY, sha256="1" * 64, size=9, state="done",
        outcome="ignored", sender="ander@voorbeeld.nl", parsed={"text": f"cc {EMAIL}"}, subject="Hond",
    )  # fmt: skip
    InboundRaw.objects.create(message=raw, data=f"Cc: {EMAIL}\r\n\r\nHond".encode())
    parked = InboundMessage.objects.create(
        source="test", external_key="3", received_at=MONDAY, taken_in_at=MONDAY, sha256="2" * 64, size=9, state="parked"
    )
    InboundRaw.objects.create(message=parked, data=f"From: {EMAIL.title()}\r\n\r\n\xff".encode("latin-1"))
    Draft.objects.create(user=cast.fatima, data={"name": NAME}, created_at=MONDAY, updated_at=MONDAY)
    IdempotencyKey.objects.create(owner="x", key="1", request_sha256="0", answer={"name": NAME}, created_at=MONDAY)
    SavedView.objects.create(user=cast.fatima, name=f"Van {NAME}"[:60], query=f"q={EMAIL}")
    for name, sought in (("Gezocht", NAME), ("Post van", EMAIL)):
        SavedView.objects.create(user=cast.fatima, name=name, query=urlencode({"lijst": "alles", "zoek": sought}))
    audit.record(by=cast.sanne, action="export.list", reason=f"Voor {NAME}, {EMAIL}", list=urlencode({"zoek": NAME}))


def asked(
    cast: Cast, customer: Customer, text: str, *, end: str = "open", channel: str = "email", **more: object
) -> Question:
    made = register(
        by=cast.fatima if channel == "phone" else None, at=MONDAY, channel=channel, received_at=MONDAY, customer=customer,
        text=text, asked=[Asked(title=text[:190], subject_id=cast.grofvuil.pk, end=end)], **more,
    )  # type: ignore[arg-type]  # fmt: skip
    return Question.objects.get(pk=made.questions[0].pk)


@Once
def left_everywhere(cast: Cast) -> Customer:
    """The person of `canary`, about whom nothing is open."""
    made = canary(cast)
    close_all(cast)
    return made


@cache
def _columns() -> list[tuple[str, list[Column]]]:
    """By table; they stay the same as long as the tests run."""
    return [(table, list(columns)) for table, columns in groupby(text_columns(), lambda one: one.table)]


def hits(words: tuple[str, ...] = CANARIES) -> dict[str, int]:
    """Where one of the words occurs: every column of every table that can hold text, also as bytes."""
    found: dict[str, int] = {}
    looked_for = [f"%{one}%" for one in words]
    with connection.cursor() as cursor:
        for table, columns in _columns():
            counts = ", ".join(f"count(*) FILTER (WHERE lower({_as_text(one)}) LIKE ANY(%s))" for one in columns)
            cursor.execute(f'SELECT {counts} FROM "{table}"', [looked_for] * len(columns))
            told = zip(columns, cursor.fetchone(), strict=True)
            found |= {f"{table}.{one.name}": count for one, count in told if count}
    return found


def _as_text(column: Column) -> str:
    return f"encode(\"{column.name}\", 'escape')" if column.kind == "bytea" else f'"{column.name}"::text'


def close_all(cast: Cast) -> None:
    OutboundMessage.objects.update(state="sent", sent_at=MONDAY)
    for question in Question.objects.open():
        close(question=question, by=cast.sanne, at=MONDAY, reason="no_reaction_needed")
