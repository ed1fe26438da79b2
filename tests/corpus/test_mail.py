"""Every message of the corpus through intake, reading and registration: what became of it, and what the desk reads."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.test import Client

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.files import open_file
from channels_app.models import InboundMessage, OutboundMessage
from channels_app.reasons import AUTOMATIC, UNREADABLE, in_words
from contacts.actions.register_mail import register_mail
from contacts.mail.result import result_of
from contacts.models import Contact, QuestionLink
from organisation.models import User
from tests.channels_app.corpus import mail
from tests.corpus import (
    mail_bombs,
    mail_charsets,
    mail_doubles,
    mail_files,
    mail_forged,
    mail_headers,
    mail_html,
    mail_machines,
    mail_replies,
    mail_shapes,
)
from tests.corpus.case import Mail
from tests.corpus.mail_doubles import Twice
from tests.corpus.score import Note
from tests.corpus.world import LATER, Known, Reader, bring_into, filled

pytestmark = pytest.mark.django_db
READER = Reader()
CLASSES = {
    "shapes": mail_shapes.CASES,
    "charsets": mail_charsets.CASES,
    "headers": mail_headers.CASES,
    "replies": mail_replies.CASES,
    "machines": mail_machines.CASES,
    "files": mail_files.CASES,
    "html": mail_html.CASES,
    "forged": mail_forged.CASES,
}


def answer_of(row: InboundMessage, contact: Contact | None) -> str:
    """A, W, Q or R as the desk sees it."""
    if row.outcome == "parked":
        return "Q"
    if row.outcome == "refused":
        return "R"
    return "W" if contact is not None and contact.remarks else "A"


@pytest.mark.parametrize(
    ("group", "case"),
    [pytest.param(group, case, id=f"{group}-{case}") for group, cases in CLASSES.items() for case in cases],
)
def test_a_message_becomes_what_it_must(known: Known, group: str, case: Mail, note: Note) -> None:
    bring_into(case.before, known)
    row = take_in(
        raw=filled(case.data, known),
        source="mailbox:1",
        external_key="7:99",
        received_at=LATER,
        at=LATER,
        mailbox=known.mailbox,
    ).message
    parse_inbox(at=LATER, sandbox=READER)
    register_mail(at=LATER)
    row.refresh_from_db()
    note.is_a("e-mail", group, answer_of(row, Contact.objects.filter(inbound=row).first()))
    check(case, row, known)


@pytest.mark.parametrize("case", mail_bombs.CASES, ids=str)
def test_a_bomb_costs_its_own_message_and_no_other(known: Known, case: Mail, child: Sandbox, note: Note) -> None:
    """Through the child process with its limits; the message behind it is read at once."""
    rows = [
        take_in(
            raw=raw, source="mailbox:1", external_key=key, received_at=LATER, at=LATER, mailbox=known.mailbox
        ).message
        for key, raw in (("7:1", case.data), ("7:2", mail("De volgende", mid="<volgende@x>")))
    ]
    began = time.process_time()
    parse_inbox(at=LATER, sandbox=child)
    register_mail(at=LATER)
    taken = time.process_time() - began
    for row in rows:
        row.refresh_from_db()
    note.megabytes = memory_of(child)
    note.is_a("e-mail", "bombs", answer_of(rows[0], Contact.objects.filter(inbound=rows[0]).first()))
    check(case, rows[0], known)
    assert rows[1].outcome == "registered"
    assert taken < 10
    assert note.megabytes < 512 + 100  # the interpreter itself stands outside the limit


def memory_of(child: Sandbox) -> float:
    """The highest memory of the child so far, in megabytes."""
    if child._child is None:
        return 0.0
    lines = Path(f"/proc/{child._child.pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@pytest.mark.parametrize("case", mail_doubles.CASES, ids=str)
def test_the_same_message_again_is_one_contact_or_says_so(known: Known, case: Twice, note: Note) -> None:
    before = Contact.objects.count()
    for number, (raw, at) in enumerate(((case.first, LATER), (case.second, LATER + case.later))):
        box = known.second if number and case.is_elsewhere else known.mailbox
        take_in(raw=raw, source=f"mailbox:{box.pk}", external_key=f"7:{number}", received_at=at, at=at, mailbox=box)
        parse_inbox(at=at, sandbox=READER)
        register_mail(at=at)
    rows = list(InboundMessage.objects.order_by("-id")[:2])[::-1]
    contacts = [Contact.objects.filter(inbound=row).first() for row in rows]
    note.is_a("e-mail", "doubles", "W" if any(contact and contact.remarks for contact in contacts) else "A")
    assert Contact.objects.count() - before == case.contacts
    assert note.answers == [case.answer]
    assert [tuple(contact.remarks) if contact else () for contact in contacts] == [case.remarks, case.remarks_of_second]
    assert result_of(rows[1]).outcome == ("known" if case.contacts == 1 else "registered")
    assert OutboundMessage.objects.filter(purpose="acknowledgement", created_at__gte=LATER).count() == case.contacts


def page_of(contact: Contact, known: Known) -> str:
    """The page of the contact's question, as the desk gets it."""
    client = Client()
    client.force_login(User.objects.get(username="fatima"))
    return client.get(f"/vragen/{contact.questions.get().number}/").content.decode()


def check(case: Mail, row: InboundMessage, known: Known) -> None:
    contact = Contact.objects.filter(inbound=row).first()
    assert (row.outcome, answer_of(row, contact)) == (case.outcome, case.answer), (
        row.reason,
        contact and contact.remarks,
    )
    if case.reason:
        words = AUTOMATIC if case.reason in AUTOMATIC else UNREADABLE
        assert row.reason == in_words(words, case.reason)
    if row.outcome != "registered" and row.outcome != "attached":
        assert row.reason
        assert contact is None
        return
    assert contact is not None
    if case.exact is not None:
        assert contact.text == case.exact
    assert case.text in contact.text
    if "escaped" in case.more:
        assert case.more["escaped"] in page_of(contact, known)
    assert contact.address == case.sender
    if case.name_of_sender is not None:
        assert contact.address_name == case.name_of_sender
    if case.files is not None:
        assert tuple(row.files.order_by("id").values_list("name", flat=True)) == case.files
    if "holds" in case.more:
        with open_file(row.files.get()) as file:
            assert case.more["holds"] in file.read()
    if "customer" in case.more:
        assert (contact.customer is not None) == case.more["customer"]
    assert sorted(contact.remarks) == sorted(case.remarks)
    assert contact.received_at == LATER
    question = contact.questions.order_by("id").last()
    assert question is not None
    if case.title is not None:
        assert question.title == case.title
    for words in case.absent:
        assert words not in contact.text + question.title
    if case.same:
        assert result_of(row).question == known.question.number
    elif case.outcome == "registered":
        assert question not in (known.question, known.other)
    assert QuestionLink.objects.filter(kind="suggested", question=question).exists() == case.suggested
    if case.acknowledged is not None:
        sent = OutboundMessage.objects.filter(purpose="acknowledgement", object_key=f"contact:{contact.pk}")
        assert sent.exists() == case.acknowledged
