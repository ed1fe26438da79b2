"""What belongs to one person, by id, and by which words the person is recognised elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from channels_app.models import InboundMessage, OutboundMessage
from contacts import normalize
from contacts.models import CallbackRequest, Contact, ContactAddress, Customer, Question
from contacts.person.file import same_person
from organisation.models import User
from privacy.words import GONE, Words, names_of, spaced


@dataclass(frozen=True)
class Scope:
    people: tuple[int, ...]
    questions: tuple[int, ...]
    contacts: tuple[int, ...]
    inbound: tuple[int, ...]
    outbound: tuple[int, ...]


def scope_of(customer: Customer, words: Words) -> Scope:
    """The customer and those merged into it, their questions, what they wrote and what was written to them.

    A contact of somebody else on one of these questions stays; the words are looked for in it.
    """
    people = tuple(one.pk for one in same_person(customer))
    questions = tuple(Question.objects.filter(customer__in=people).order_by("pk").values_list("pk", flat=True))
    nobodys = Q(customer__isnull=True, questions__in=questions)
    contacts = tuple(
        Contact.objects.filter(Q(customer__in=people) | nobodys).order_by("pk").values_list("pk", flat=True).distinct()
    )
    mine = Q(contact__in=contacts)
    inbound = InboundMessage.objects.filter(mine | Q(sender__in=words.emails, contact=None))
    calls = InboundMessage.objects.filter(items__in=inbound)  # of a service: one call can bring several messages
    keys = [f"contact:{pk}" for pk in contacts]
    reached = [*words.emails, *words.phones]
    outbound = OutboundMessage.objects.filter(mine | Q(object_key__in=keys) | Q(to_address__in=reached))
    return Scope(
        people,
        questions,
        contacts,
        tuple(sorted({*inbound.values_list("pk", flat=True), *calls.values_list("pk", flat=True)})),
        tuple(outbound.order_by("pk").values_list("pk", flat=True).distinct()),
    )


def words_of(customer: Customer) -> Words:
    """From now and from before: history counts too. What somebody else has as well points at nobody."""
    people = [one.pk for one in same_person(customer)]
    names: set[str] = set()
    streets: set[str] = set()
    past = Customer.history.filter(id__in=people).values_list("name", "street", "house_number")
    for name, street, number in [
        *Customer.objects.filter(pk__in=people).values_list("name", "street", "house_number"),
        *past,
    ]:
        names.add(name)
        if street and number:
            streets.add(f"{street} {number}")
    own = Contact.objects.filter(customer__in=people, direction="in")
    names |= set(own.values_list("address_name", flat=True).distinct())
    names |= set(
        CallbackRequest.objects.filter(question__customer__in=people).values_list("name", flat=True).distinct()
    )
    found = {
        (kind, value)
        for kind, value in [
            *ContactAddress.objects.filter(customer__in=people).values_list("kind", "normalized"),
            *ContactAddress.history.filter(customer_id__in=people).values_list("kind", "normalized"),
        ]
    }
    written = own.filter(channel__in=["email", "form"]).values_list("address", flat=True).distinct()
    found |= {("email", one.strip().lower()) for one in written if "@" in one}
    all_words = Words(
        names=names_of(names - {"", GONE}),
        emails=_of(found, ("email",)),
        phones=_of(found, ("phone", "whatsapp")),
        handles=_of(found, ("social",)),
        streets=tuple(sorted(streets)),
    )
    return only_theirs(all_words, customer)


def only_theirs(words: Words, customer: Customer) -> Words:
    """Without what another customer or a colleague has as well: that points at nobody. Which kinds are left because of it stands in `left`.

    Who works here and asks as a citizen stays known as who signed.
    """
    people = [one.pk for one in same_person(customer)]
    others = Customer.objects.filter(merged_into__isnull=True).exclude(pk__in=people)
    colleagues, mails = _colleagues()
    names = {one for one in words.names if one.casefold() in colleagues or _is_shared(one, others)}
    addresses = ContactAddress.objects.filter(normalized__in=[*words.emails, *words.phones, *words.handles])
    shared = set(addresses.filter(customer__in=others).values_list("normalized", flat=True)) | mails
    is_left = {
        "name": names,
        "email": shared.intersection(words.emails),
        "phone": shared.intersection([*words.phones, *words.handles]),
    }
    return replace(
        words,
        names=tuple(one for one in words.names if one not in names),
        emails=tuple(one for one in words.emails if one not in shared),
        phones=tuple(one for one in words.phones if one not in shared),
        handles=tuple(one for one in words.handles if one not in shared),
        left=tuple(kind for kind, found in is_left.items() if found or kind in words.left),
    )


def _colleagues() -> tuple[set[str], set[str]]:
    """How the people here are called, and their e-mail addresses; also of who left: the name stands below letters."""
    people = list(User.objects.values_list("name", "email"))
    return {one.casefold() for one in names_of(name for name, _mail in people)}, {
        mail.lower() for _name, mail in people
    }


def _is_shared(name: str, others: QuerySet[Customer]) -> bool:
    """Whether one of these has this name too: in capitals or with a salutation typed in it, it is the same name in a text."""
    alike = others.filter(search_text__contains=normalize.plain(name), name__iregex=f"{spaced(name)}\\s*$")
    written = alike.values_list("name", flat=True).distinct()
    return any(one.casefold() == name.casefold() for one in names_of(written))


def _of(found: Iterable[tuple[str, str]], kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({value for kind, value in found if kind in kinds and value}))
