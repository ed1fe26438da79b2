"""The world in which the messages of the corpus arrive: Anna asked by mail and was answered by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels_app import reference
from channels_app.actions.deliver import deliver
from channels_app.adapters.email import limits
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.email.parse import parse
from channels_app.adapters.email.sandbox import Sandbox
from channels_app.models import Mailbox, OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.take_in_mail import take_in_mail
from contacts.models import Question
from tests.cast import Cast
from tests.channels_app.corpus import MAILBOX, mail

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = START + timedelta(hours=2)


class Reader(Sandbox):
    """Reads in this very process: for the many messages whose limits are not what is tried."""

    def parse(self, raw: bytes, own_addresses: frozenset[str] = frozenset()) -> ParsedMail:
        limits.check(raw)
        read = parse(raw, own_addresses)
        return ParsedMail.from_dict(read.to_dict(), tuple(file.data for file in read.attachments))


@dataclass
class Known:
    """A question that Anna asked by mail and that was answered by mail; `other` is a question of somebody else."""

    question: Question
    reply: OutboundMessage
    mailbox: Mailbox
    second: Mailbox
    other: Question


def begin(cast: Cast, sandbox: Sandbox) -> Known:
    mailbox = Mailbox.objects.create(name="Servicecentrum", address=MAILBOX)
    second = Mailbox.objects.create(name="Info", address="info@opmeer.example")

    def asked(raw: bytes) -> Question:
        taken = take_in_mail(raw=raw, source="test", at=START, mailbox=mailbox, sandbox=sandbox)
        return Question.objects.get(number=taken.question)

    question = asked(mail(mid="<First@burger.example>"))
    other = asked(mail("Mijn paspoort", sender="Cor <cor@burger.example>", mid="<cor@burger.example>"))
    answer(
        question=question,
        by=cast.fatima,
        at=START + timedelta(minutes=30),
        text="Welke straat?",
        to_address="anna@burger.example",
        then="stay",
    )
    deliver(at=START + timedelta(hours=1))
    return Known(question, OutboundMessage.objects.get(purpose="reply"), mailbox, second, other)


def filled(raw: bytes, known: Known) -> bytes:
    """The marks of `tests.channels_app.corpus` replaced by what they stand for."""
    if b"{" not in raw[:200_000]:
        return raw
    marks = {
        b"{id}": known.reply.message_id,
        b"{ID}": known.reply.message_id.upper(),
        b"{ref}": reference.signed_reference(known.question.number),
        b"{number}": known.question.number,
        b"{other}": known.other.number,
        b"{other_ref}": reference.signed_reference(known.other.number),
        b"{earlier}": "<First@burger.example>",
        b"{gone}": reference.message_id(987654),
    }
    for mark, value in marks.items():
        raw = raw.replace(mark, value.encode())
    return raw


def bring_into(state: str, known: Known) -> None:
    """The earlier question in another state."""
    rows = Question.objects.filter(pk=known.question.pk)
    if state == "closed":
        rows.update(status="closed", close_reason="answered", closed_at=START + timedelta(hours=1))
    elif state == "long_closed":
        rows.update(status="closed", close_reason="answered", closed_at=START - timedelta(days=430))
    elif state == "cancelled":
        rows.update(status="cancelled", close_reason="spam", closed_at=START)
    elif state == "waiting":
        rows.update(status="waiting")
    elif state == "merged":
        other = Question.objects.get(pk=known.question.pk)
        other.pk, other.number = None, "OPM-2026-900001"
        other._state.adding = True
        other.save()
        rows.update(status="closed", close_reason="merged", closed_at=START, merged_into=other)
