"""Who can be asked in a questionnaire, and who is drawn: the same people for the same seed and the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from channels_app.adapters.email.machine import cannot_be_answered
from channels_app.models import DeadAddress
from contacts.models import Contact, ContactAddress, Question, QuestionContact
from organisation.workdays import day_start
from surveys.access import who_refused
from surveys.actions.ended import ANSWERED, our_own
from surveys.choices import asking_choices
from surveys.links import address_hash
from surveys.models import Invitation, OptOut, SurveyRound
from surveys.models.rounds import MOST_ASKED
from surveys.sampling import ASKED_BEFORE, NO_ADDRESS, OPTED_OUT, SAME_ADDRESS, draw, sample_size

AT_ONCE: Final = 5_000


@dataclass(frozen=True)
class Person:
    """A customer with the last contact in the period that may be asked about."""

    customer_id: int
    contact_id: int
    received_at: datetime
    channel: str
    team_id: int
    subject_id: int | None
    name: str
    address: str = ""
    address_hash: str = ""


@dataclass
class Population:
    """Who can be asked, in the order of the draw, and why others cannot."""

    people: list[Person] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def sample(self, of: SurveyRound) -> list[Person]:
        size = sample_size(len(self.people), is_share=of.size_kind == SurveyRound.SizeKind.SHARE, size=of.size)
        return self.people[: min(size, MOST_ASKED)]


def population(of: SurveyRound, at: datetime) -> Population:
    """In a number of queries that grows with thousands of customers only."""
    choices = asking_choices()
    found, seen = Population(), set()
    asked = _asked_since(at - timedelta(days=choices.days_between))
    refused = set(OptOut.objects.values_list("address_hash", flat=True))
    never = our_own()
    able: list[Person] = []
    for some in _slices(_had_contact(of)):
        emails = emails_of(one.customer_id for one in some)
        dead = set(DeadAddress.objects.filter(address__in=set(emails.values())).values_list("address", flat=True))
        no_more = who_refused(one.customer_id for one in some)
        for one in some:
            address = emails.get(one.customer_id, "")
            known = address_hash(choices.salt, address) if address else ""
            if not address or address in dead or address in never or cannot_be_answered(address):
                found.left_out[NO_ADDRESS] += 1
            elif known in refused or one.customer_id in no_more:
                found.left_out[OPTED_OUT] += 1
            elif one.customer_id in asked or known in asked:
                found.left_out[ASKED_BEFORE] += 1
            else:
                able.append(Person(**{**one.__dict__, "address": address, "address_hash": known}))
    for one in sorted(able, key=lambda one: (draw(f"{of.seed}:{one.customer_id}"), one.customer_id)):
        if one.address_hash in seen:
            found.left_out[SAME_ADDRESS] += 1
        else:
            seen.add(one.address_hash)
            found.people.append(one)
    return found


def _had_contact(of: SurveyRound) -> Iterator[Person]:
    """Per customer the last contact in the period without anything confidential; not spam, wrong numbers and the like."""
    if of.contacts_from is None or of.contacts_until is None:
        return
    confidential = QuestionContact.objects.filter(contact=OuterRef("contact_id"), question__is_confidential=True)
    rows = (
        QuestionContact.objects.filter(
            Q(question__close_reason__in=ANSWERED) | Q(question__status__in=Question.OPEN),
            is_first=True,
            contact__customer__isnull=False,
            contact__direction=Contact.Direction.IN,
            contact__is_automatic=False,
            contact__received_at__gte=day_start(of.contacts_from),
            contact__received_at__lt=day_start(of.contacts_until + timedelta(days=1)),
        )
        .filter(~Exists(confidential))
        .order_by("contact__customer_id", "-contact__received_at", "-contact_id", "question_id")
        .distinct("contact__customer_id")
        .values_list(
            "contact__customer_id",
            "contact_id",
            "contact__received_at",
            "contact__channel",
            "question__team_id",
            "question__subject_id",
            "contact__customer__name",
        )
    )
    yield from (Person(*row) for row in rows.iterator(chunk_size=AT_ONCE))


def _slices(people: Iterable[Person]) -> Iterator[list[Person]]:
    some: list[Person] = []
    for one in people:
        some.append(one)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def emails_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """Per customer the address at which mail arrives."""
    rows: Iterable[Any] = (
        ContactAddress.objects.filter(
            customer_id__in=list(customer_ids), kind=ContactAddress.Kind.EMAIL, bounced_at__isnull=True
        )
        .order_by("is_preferred", "is_verified", "-pk")
        .values_list("customer_id", "normalized")
    )
    return dict(rows)


def _asked_since(since: datetime) -> set[Any]:
    """Customers and hashes of addresses; of merged customers by their contacts too."""
    rows = Invitation.objects.filter(invited_at__gt=since).values_list(
        "customer_id", "contact__customer_id", "address_hash"
    )
    return {one for row in rows for one in row if one}
