"""Every message of the corpus through intake, reading and registration: what became of it, and what the desk reads."""

from __future__ import annotations

import pytest

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.files import open_file
from channels_app.models import InboundMessage, OutboundMessage
from channels_app.reasons import AUTOMATIC, UNREADABLE, in_words
from contacts.actions.register_mail import register_mail
from contacts.mail_result import result_of
from contacts.models import Contact, QuestionLink
from tests.corpus import mail_charsets, mail_files, mail_headers, mail_machines, mail_replies, mail_shapes
from tests.corpus.case import Mail
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
    assert contact.address == case.sender
    if case.name_of_sender is not None:
        assert contact.address_name == case.name_of_sender
    if case.files is not None:
        assert tuple(row.files.order_by("id").values_list("name", flat=True)) == case.files
    if "holds" in case.more:
        with open_file(row.files.get()) as file:
            assert case.more["holds"] in file.read()
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
