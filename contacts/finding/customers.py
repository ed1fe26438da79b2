"""Finds customers by whatever was typed: any part of the name, phone, e-mail, postcode and number, question number.

Every way in uses an index and stops early; ranking happens in Python over a handful of rows, so a million customers cost the
same as a thousand. Reach: `visible_to(user)`, and, for a team, anybody by the exact number, address or question (quality §4 note 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from contacts import normalize
from contacts.finding.recognise import Typed, recognise
from contacts.merged import where_merged
from contacts.models import ContactAddress, Customer, Question
from organisation.built_once import rows_built_once
from organisation.clock import today
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation

if TYPE_CHECKING:
    from organisation.models import User

LIMIT = 8
POOL = 80
"""Rows that are ranked; enough for a good first eight, few enough to cost nothing."""
TEAM_POOL = 3_000
"""Name matches that a team's reach is looked up in."""
_SHORT_HOUSE_NUMBER = re.compile(r"[0-9][0-9a-z]?")
_PHONES = (ContactAddress.Kind.PHONE, ContactAddress.Kind.WHATSAPP)


def recognised(text: str, house: Organisation | None = None) -> Typed:
    """What the text looks like, with this municipality's letters and this year."""
    return recognise(text, (house or organisation()).municipality.number_prefix, today().year)


def find_customers(user: User, text: str, limit: int = LIMIT, house: Organisation | None = None) -> list[Customer]:
    """The customers this person may pick, best first; merged ones are never among them."""
    typed = recognised(text, house)
    if typed.kind == "nothing" or not user.may(Right.CUSTOMERS_READ):
        return []
    if typed.kind == "number":
        return _by_question(user, typed.value)
    if typed.kind == "phone":
        return _by_phone(user, typed.value, limit)
    if typed.kind == "email":
        return _by_email(user, typed.value, limit)
    if typed.kind == "postcode":
        return _by_postcode(user, typed.value, typed.rest, limit)
    return _by_name(user, typed.value, limit)


def customers_with_number(user: User, digits: str, limit: int = LIMIT) -> list[Customer]:
    """Those with exactly this number (E.164 without the plus)."""
    if not digits or not user.may(Right.CUSTOMERS_READ):
        return []
    return _of_addresses(user, Q(normalized=digits, kind__in=_PHONES), limit, exact=True)


def customers_reached_by(user: User, *, phone: str = "", email: str = "", limit: int = LIMIT) -> list[Customer]:
    """Those with exactly this number or exactly this e-mail address; nobody when neither is given."""
    match = Q()
    if digits := normalize.phone(phone):
        match |= Q(normalized=digits, kind__in=_PHONES)
    if address := normalize.email(email):
        match |= Q(normalized=address, kind=ContactAddress.Kind.EMAIL)
    if not match or not user.may(Right.CUSTOMERS_READ):
        return []
    return _of_addresses(user, match, limit, exact=True)


def customer_for(user: User, pk: int, text: str = "") -> Customer | None:
    """The customer with this id, when in reach, or when the text names their exact number, address or question; who was merged is who it became."""
    if not user.may(Right.CUSTOMERS_READ):
        return None
    found = _current(user, pk, text)
    if found is None and (gone := Customer.objects.filter(pk=pk, merged_into__isnull=False).first()) is not None:
        return _current(user, where_merged(gone).pk, text)
    return found


def _current(user: User, pk: int, text: str) -> Customer | None:
    in_reach = rows_prepared(
        ("customer", user_shape(user)),
        lambda marks: Customer.objects.current().visible_to(marked_user(user, marks)).filter(pk=marks["customer"]),
        {"customer": pk, **user_values(user)},
    )
    found = next(iter(in_reach), None)
    if found is None and text:
        typed = recognised(text)
        if typed.kind in ("phone", "email"):
            found = Customer.objects.current().filter(pk=pk, addresses__normalized=typed.value).first()
    return found


def _by_question(user: User, number: str) -> list[Customer]:
    question = Question.objects.visible_to(user).select_related("customer").filter(number=number).first()
    if question is None or question.customer is None:
        return []
    customer = question.customer
    if customer.merged_into_id:
        customer = Customer.objects.filter(pk=customer.merged_into_id, merged_into__isnull=True).first()
    return [customer] if customer and customer.restricted_at is None else []


def _of_addresses(user: User, match: Q, limit: int, *, exact: bool) -> list[Customer]:
    ids = list(
        ContactAddress.objects.filter(match)
        .order_by()
        .values_list("customer_id", flat=True)[: POOL if exact else TEAM_POOL]
    )
    if not ids:
        return []
    people = Customer.objects.current()
    if not exact:
        people = people.visible_to(user)
    found = list(people.filter(pk__in=ids).order_by()[:POOL])
    return sorted(found, key=lambda c: (c.name.lower(), c.pk))[:limit]


def _by_phone(user: User, digits: str, limit: int) -> list[Customer]:
    exact = customers_with_number(user, digits, limit)
    if exact or len(digits) < 6:
        return exact
    beyond = Q(normalized__gte=digits, normalized__lt=digits[:-1] + chr(ord(digits[-1]) + 1), kind__in=_PHONES)
    found = _of_addresses(user, beyond, limit, exact=False)
    if found:
        return found
    part = digits.removeprefix("31")
    return _of_addresses(user, Q(normalized__contains=part, kind__in=_PHONES), limit, exact=False)


def _by_email(user: User, value: str, limit: int) -> list[Customer]:
    exact = _of_addresses(user, Q(normalized=value), limit, exact=True)
    if exact or len(value) < 3:
        return exact
    emails = Q(kind=ContactAddress.Kind.EMAIL)
    found = _of_addresses(user, emails & Q(normalized__startswith=value), limit, exact=False)
    name, at_sign, _host = value.partition("@")
    if found or not at_sign or len(name) < 3:  # a provider alone has half the town
        return found
    return _of_addresses(user, emails & Q(normalized__contains=value), limit, exact=False)


def _by_postcode(user: User, postcode: str, rest: str, limit: int) -> list[Customer]:
    people = Customer.objects.current().visible_to(user).filter(postcode=postcode)
    typed_number = re.match(r"[0-9]+", rest)
    if typed_number:  # also where one postcode has more people than are ranked
        people = people.filter(house_number__startswith=typed_number.group())
    found = list(people.order_by("house_number", "id")[:200])
    if rest:
        number, _space, name = rest.partition(" ")
        exact = [c for c in found if c.house_number.lower().replace(" ", "") == rest.replace(" ", "")]
        starts = [c for c in found if c.house_number.lower().startswith(number) and c not in exact]
        found = exact + starts if number[:1].isdigit() else [c for c in found if normalize.plain(rest) in c.search_text]
        if name and number[:1].isdigit() and not exact:
            found = [c for c in found if normalize.plain(name) in c.search_text] or found
    return found[:limit]


def _by_name(user: User, text: str, limit: int) -> list[Customer]:
    words = [word for word in text.replace(",", " ").split() if word.strip(".-'")][:6]
    if not words or len(text) < 2:
        return []
    long_words = [word for word in words if len(word) >= 3]
    patterns = [f"%{_literal(word)}%" for word in long_words]
    if patterns:  # a street and a house number
        patterns += [f"% {word}%" for word in words[1:] if _SHORT_HOUSE_NUMBER.fullmatch(word)]
    if user.may(Right.QUESTIONS_ALL_TEAMS) and patterns:
        found = rows_built_once(  # who reads the questions of every team reaches every customer
            ("customers by name", len(patterns)),
            lambda marks: _with_words(Customer.objects.current().visible_to(user), marks.values()).order_by()[:POOL],
            {f"word_{place}": pattern for place, pattern in enumerate(patterns)},
        )
    elif patterns:
        found = _in_reach(user, _with_words(Customer.objects.current(), patterns))
    else:
        begins = Q(search_text__startswith=text) | Q(search_text__contains=f" {text}")
        found = _in_reach(user, Customer.objects.current().filter(begins))
    if not found and any(len(word) >= 4 for word in long_words):
        closest = max(long_words, key=len)
        if user.may(Right.QUESTIONS_ALL_TEAMS):
            found = rows_built_once(
                "customers like",
                lambda marks: _like(Customer.objects.current().visible_to(user), marks["word"])[:POOL],
                {"word": closest},
            )
        else:
            found = _in_reach(user, _like(Customer.objects.current(), closest))
    return sorted(found, key=lambda c: _rank(c, text, words))[:limit]


class Like(Func):
    """`a LIKE b` as a condition; the pattern comes whole, so that it can be filled in."""

    arg_joiner = " LIKE "
    template = "%(expressions)s"
    output_field = BooleanField()


def _literal(word: str) -> str:
    """The word in a pattern, where nothing in it stands for another letter."""
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _with_words(people: QuerySet[Customer], patterns: Iterable[str]) -> QuerySet[Customer]:
    for pattern in patterns:
        people = people.filter(Like(F("search_text"), Value(pattern)))
    return people


def _like(people: QuerySet[Customer], word: str) -> QuerySet[Customer]:
    return people.filter(search_text__trigram_word_similar=word).order_by()


def _in_reach(user: User, people: object) -> list[Customer]:
    """At most `POOL` of these; for a team, those of its reach among the first thousands."""
    rows = people.order_by()  # type: ignore[attr-defined]
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        return list(rows.visible_to(user)[:POOL])
    ids = list(rows.values_list("pk", flat=True)[:TEAM_POOL])
    return list(Customer.objects.visible_to(user).filter(pk__in=ids).order_by()[:POOL]) if ids else []


def _rank(customer: Customer, text: str, words: list[str]) -> tuple[int, bool, int, str, int]:
    """Names before addresses, the house number that was typed before others, beginnings of words before middles."""
    name = normalize.plain(customer.name)
    parts = name.replace("-", " ").split()
    begins = sum(any(part.startswith(word) for part in parts) for word in words)
    inside = sum(word in name for word in words)
    first = 0 if name == text else 1 if name.startswith(text) or f" {text}" in f" {name}" else 2
    return (first, customer.house_number.lower() not in words, -(2 * begins + inside), name, customer.pk)
