"""Which question a message speaks of, and how sure that is. Finding is not believing: the sender is judged apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from channels_app import reference
from channels_app.adapters.email.mail import ParsedMail
from channels_app.models import OutboundMessage
from contacts.actions.wipe import GONE
from contacts.merged import where_merged
from contacts.models import Contact, ContactAddress, Question
from contacts.numbering import find_number
from organisation.snapshot import organisation

_NOT_ABOUT_A_QUESTION = (
    OutboundMessage.Purpose.NOTICE,
    OutboundMessage.Purpose.REFUSAL,
    OutboundMessage.Purpose.SURVEY,
)

_QUESTIONS = Question.objects.select_related("customer")  # of each the customer is asked for


@dataclass(frozen=True)
class Thread:
    """`by`: message (an id of ours) | reference (signed) | earlier (an id of the customer's) | number | nothing.

    `question` None with `by` message or reference: it was ours, and is no longer there.
    """

    by: str = "nothing"
    question: Question | None = None
    outbound: OutboundMessage | None = None

    @property
    def is_signed(self) -> bool:
        """Whoever wrote this had a message of ours in hand."""
        return self.by in ("message", "reference")


def find_thread(mail: ParsedMail) -> Thread:
    """The strongest lead first: our own message's id, our signed reference, an id we took in, a number in the subject.

    Nothing leads to a question whose data may only be kept, where nobody would see that something came, nor to one that was wiped.
    """
    found = _strongest(mail)
    return found if found.question is None or not is_only_kept(found.question) else Thread()


def is_only_kept(question: Question) -> bool:
    """Whether its customer asked that the data are not used (AVG article 18), or no more is left of it than what is counted.

    Of one that was merged: the question that stands for it, where everything goes that comes in.
    """
    question = where_merged(question)
    is_restricted = question.customer is not None and question.customer.restricted_at is not None
    return is_restricted or question.title == GONE


def _strongest(mail: ParsedMail) -> Thread:
    ids = list(mail.thread)
    outbound = (
        OutboundMessage.objects.filter(message_id__in=ids).exclude(message_id="").order_by("-id").first()
        if ids
        else None
    )
    if outbound is not None and outbound.purpose not in _NOT_ABOUT_A_QUESTION:
        return Thread("message", question_of(outbound), outbound)
    number = reference.find_reference(f"{mail.subject}\n{mail.text}\n{mail.quoted}")
    if number is not None:
        return Thread("reference", _numbered(number))
    if outbound is None and any(map(reference.is_our_id, ids)):
        return Thread("message")
    earlier = _QUESTIONS.filter(contacts__inbound__message_id__in=ids).order_by("-id").first() if ids else None
    if earlier is not None:
        return Thread("earlier", earlier)
    named = find_number(mail.subject, organisation().municipality.number_prefix)
    question = _numbered(named) if named else None
    return Thread("number", question) if question is not None else Thread()


def question_of(outbound: OutboundMessage) -> Question | None:
    """The question a message of ours was about."""
    if outbound.reference_number:
        return _numbered(outbound.reference_number)
    contact_id = outbound.object_key.removeprefix("contact:")
    if not contact_id.isdigit():
        return None
    return _QUESTIONS.filter(contacts=int(contact_id)).order_by("id").first()


def addresses_of_customer(question: Question) -> frozenset[str]:
    """E-mail addresses of the question's customer, in lower case."""
    customers = {pk for pk in (question.customer_id, where_merged(question).customer_id) if pk}
    rows = ContactAddress.objects.filter(customer_id__in=customers, kind=ContactAddress.Kind.EMAIL)
    return frozenset(rows.values_list("normalized", flat=True))


def known_addresses(question: Question, outbound: OutboundMessage | None = None) -> frozenset[str]:
    """Those of its customer, of who wrote in it, and to whom the message of ours went that is answered."""
    found = set(addresses_of_customer(question))
    wrote = Contact.objects.filter(
        questions=question, channel="email", is_automatic=False, direction=Contact.Direction.IN
    )
    found.update(_lower(wrote.values_list("address", flat=True)))
    if outbound is not None:
        found.add(outbound.to_address.lower())
        found.update(_lower(outbound.copies))
    return frozenset(found - {""})


def _lower(addresses: Iterable[str]) -> set[str]:
    return {address.lower() for address in addresses}


def _numbered(number: str) -> Question | None:
    return _QUESTIONS.filter(number=number).first()
