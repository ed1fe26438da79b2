"""Every numbered case of the e-mail page has the outcome that the page promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import DeadAddress, InboundMessage, OutboundMessage
from contacts.actions.register_mail import register_mail
from contacts.mail.result import result_of
from contacts.models import Contact, ContactAddress, Customer, Note, Question, QuestionLink, TextLevel
from contacts.rulebook import RULEBOOK
from organisation.snapshot import ORGANISATION
from tests.cast import settle_in
from tests.channels_app.corpus import CASES, Case
from tests.corpus.world import LATER, Known, begin, bring_into, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: Any, sandbox: Sandbox) -> Iterator[Known]:
    """Made once for the whole table, inside a transaction that is rolled back; each case rolls back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        ORGANISATION.forget()
        RULEBOOK.forget()
        yield begin(settle_in(), sandbox)
        transaction.set_rollback(True)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_numbered_case_has_its_promised_outcome(known: Known, case: Case, sandbox: Sandbox) -> None:
    extra = case.extra
    bring_into(str(extra.get("before", "")), known)
    before = Question.objects.get(pk=known.question.pk)
    customers = Customer.objects.count()
    taken = take_in(
        raw=filled(case.raw, known),
        source="mailbox:1",
        external_key="7:99",
        received_at=LATER,
        at=LATER,
        mailbox=known.mailbox,
        size=extra.get("size"),  # type: ignore[arg-type]
    )
    parse_inbox(at=LATER, sandbox=sandbox)
    register_mail(at=LATER)

    row = InboundMessage.objects.get(pk=taken.message.pk)
    assert (row.outcome, row.state) == (case.outcome, "parked" if case.outcome == "parked" else "done"), row.reason
    if case.outcome in ("parked", "refused", "ignored"):
        assert row.reason
    contact = Contact.objects.filter(inbound=row).first()
    result = result_of(row)
    if case.same and not extra.get("note"):
        assert result.question == known.question.number
    elif case.outcome == "registered":
        assert result.question not in (None, known.question.number)
    after = Question.objects.get(pk=known.question.pk)
    if case.status:
        assert after.status == case.status
    elif "before" not in extra:
        assert after.status == before.status
    assert QuestionLink.objects.filter(kind="suggested", other=known.question).exists() == case.suggested
    if contact is not None:
        acknowledgements = OutboundMessage.objects.filter(purpose="acknowledgement", object_key=f"contact:{contact.pk}")
        assert acknowledgements.exists() == case.acknowledged
        if "to" in extra:
            assert acknowledgements.get().to_address == extra["to"]
        assert case.text in contact.text
        assert set(case.remarks) <= set(contact.remarks)
        assert (contact.customer is not None) == case.customer
        assert contact.received_at == LATER
        assert TextLevel.objects.filter(contact=contact).exists() == ("answer" in extra)  # a text of ours has a level
    else:
        assert not case.acknowledged
    _look_closer(case, known, row, contact, customers)


def _look_closer(case: Case, known: Known, row: InboundMessage, contact: Contact | None, customers: int) -> None:
    extra = case.extra
    if case.files is not None:
        assert row.files.count() == case.files
    if "file" in extra:
        assert row.files.get().name == extra["file"]
    if "title" in extra:
        assert contact is not None
        assert contact.questions.get().title == extra["title"]
    if "customer" in extra:
        assert contact is not None
        assert contact.customer is not None
        assert contact.customer.name == extra["customer"]
    if "absent" in extra:
        assert contact is not None
        assert str(extra["absent"]) not in contact.text
    if "address" in extra:
        assert contact is not None
        assert contact.address == extra["address"]
    if "customers" in extra:
        assert Customer.objects.count() - customers <= int(str(extra["customers"])) - 1  # Anna was there already
    if "bounced" in extra:
        address = ContactAddress.objects.get(normalized="anna@burger.example")
        assert (address.bounced_at is not None) == extra["bounced"]
        assert DeadAddress.objects.filter(address="anna@burger.example").exists() == extra["bounced"]
    if extra.get("follows"):
        assert contact is not None
        assert contact.questions.get().links.filter(kind="follow_up", other=known.question).exists()
    if extra.get("answer"):
        assert contact is not None
        assert contact.direction == "out"
        assert contact.is_answer
        assert (
            not Question.objects.get(pk=known.question.pk).clocks.filter(state="running", code="email.answer").exists()
        )
    if extra.get("note"):
        assert Note.objects.filter(question=known.question, created_by__username="fatima").exists()
