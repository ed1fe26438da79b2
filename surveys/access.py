"""Fetches an invitation for whoever has its link; every link that does not work looks the same and takes the same way (quality rule 43)."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from channels_app.accounts import accounts
from contacts.models import ContactAddress, Customer, Question, QuestionContact
from organisation.kept import Kept
from organisation.models import User
from organisation.prepared import rows_prepared
from organisation.roles import Right
from surveys.choices import asking_choices
from surveys.links import address_hash, is_token, phone_of, revise_hash, token_hash
from surveys.models import Invitation, OptOut, Response, SurveyQuestion

NOTHING = "0" * 22
_QUESTIONS: Kept[tuple[SurveyQuestion, ...]] = Kept(64, fits=bool)
_NAMES: Kept[tuple[str, ...]] = Kept(2)


def invitations_of(token: str, at: datetime) -> QuerySet[Invitation]:
    """The invitation of this link while it may be answered: until it expires, or after an answer as long as that may be replaced."""
    known = token if is_token(token) else NOTHING
    open_answer = Response.objects.filter(revise_hash=Value(revise_hash(known)), closes_at__gt=at)
    return by_link(known).filter(Q(is_answered=False, expires_at__gt=at) | Q(Exists(open_answer), is_answered=True))


def questions_of(version_id: int) -> tuple[SurveyQuestion, ...]:
    """The questions of a published version, in their order. They never change, so they are read once in each process."""
    return _QUESTIONS.get(
        version_id,
        lambda: tuple(SurveyQuestion.objects.filter(version_id=version_id, version__published_at__isnull=False)),
    )


def names_to_mask() -> tuple[str, ...]:
    """Of all employees; read at most once a minute."""
    key = int(time.monotonic() // 60)
    return _NAMES.get(key, lambda: tuple(User.objects.filter(is_active=True).values_list("name", flat=True)))


def by_link(token: str) -> QuerySet[Invitation]:
    """The invitation of this link, whether it came with the first mail or with the reminder."""
    known = token_hash(token)
    return Invitation.objects.filter(Q(token_hash=known) | Q(reminder_hash=known))


def with_subject(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Each with its version, and its subject; `hides_subject` when a question of the contact is confidential by now."""
    confidential = QuestionContact.objects.filter(contact_id=OuterRef("contact_id"), question__is_confidential=True)
    return invitations.select_related("survey_version", "subject", "round").annotate(hides_subject=Exists(confidential))


def confidential_of(contact_id: int) -> list[int]:
    """The questions of the contact that were made confidential after the customer was asked."""
    rows = Question.objects.filter(question_contacts__contact_id=contact_id, is_confidential=True)
    return list(rows.values_list("pk", flat=True))


def invitation_of_any_age(token: str) -> Invitation | None:
    """For who wants no more of them: that link works also when the survey is over."""
    known = token if is_token(token) else NOTHING
    return by_link(known).exclude(address_hash="").first()


def hashes_of(customer: Customer, *, also_unused: bool = False) -> set[str]:
    """Of all e-mail addresses and numbers at which a customer can be asked, and where he or she was, as an opt-out knows them.

    `also_unused`: of every telephone too, also when no account asks by text message (yet): a wish holds for what comes later.
    """
    salt, reached = asking_choices().salt, _reached(also_unused=also_unused)
    known = {
        address_hash(salt, reached[one.kind](one.normalized)) for one in customer.addresses.all() if one.kind in reached
    }
    asked = rows_prepared(
        "where a customer was asked",
        lambda marks: (
            Invitation.objects.filter(contact__customer=marks["customer"])
            .exclude(address_hash="")
            .values("address_hash")
        ),
        {"customer": customer.pk},
    )
    return known | {row["address_hash"] for row in asked}


def who_refused(customer_ids: Iterable[int]) -> set[int]:
    """Of these customers those who want no surveys: said at one address or number, also one of before, it holds for the person. Three queries."""
    ids, salt, reached = list(customer_ids), asking_choices().salt, _reached()
    known: dict[str, set[int]] = defaultdict(set)
    addresses = ContactAddress.objects.filter(customer__in=ids, kind__in=list(reached))
    for customer_id, kind, normalized in addresses.values_list("customer_id", "kind", "normalized"):
        known[address_hash(salt, reached[kind](normalized))].add(customer_id)
    asked = Invitation.objects.filter(contact__customer__in=ids).exclude(address_hash="")
    for customer_id, where in asked.values_list("contact__customer_id", "address_hash"):
        known[where].add(customer_id)
    refused = OptOut.objects.filter(address_hash__in=list(known)).values_list("address_hash", flat=True)
    return {customer_id for one in refused for customer_id in known[one]}


def _reached(*, also_unused: bool = False) -> dict[str, Callable[[str], str]]:
    """By which kinds of addresses somebody is asked, and how each is written to be recognised."""
    reached: dict[str, Callable[[str], str]] = {
        ContactAddress.Kind.EMAIL: str,
        ContactAddress.Kind.WHATSAPP: phone_of,
    }
    if also_unused or any(one.sends_surveys for one in accounts()):
        reached[ContactAddress.Kind.PHONE] = phone_of
    return reached


def may_write_outside(user: User) -> bool:
    """Results that others measured: who keeps the surveys, and who keeps the programme that is judged by them."""
    return user.may(Right.SURVEYS_WRITE) or user.may(Right.PROGRAMME_WRITE)
