"""Who may have written a question of an unknown customer: by the address it came from, and by what its text says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from channels_app.account_words import account_words
from channels_app.models import Channel
from contacts.finding.customers import find_customers, recognised
from contacts.models import Contact, Customer, Question
from contacts.normalize import MAX_QUERY, clean_line, postcode
from contacts.pages.candidates import Candidate, candidates

if TYPE_CHECKING:
    from organisation.models import User
    from organisation.snapshot import Organisation

MOST_LEADS: Final = 6
MOST_FOUND: Final = 8
READ: Final = 10_000
"""Characters of the text."""
_POSTCODE: Final = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
_LEADS: Final = (
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    re.compile(r"(?<![\d+])(?:\+31|0031|0)[\s(-]*[1-9](?:[\s()-]?\d){8}(?!\d)"),
    _POSTCODE,
)


@dataclass(frozen=True)
class WhoWrote:
    """`query` is what was typed; without it the rows come from the leads."""

    query: str
    rows: tuple[Candidate, ...]
    has_more: bool
    """More fit than are shown."""
    leads: tuple[str, ...]
    name: str
    email: str
    phone: str


def who_wrote(question: Question, user: User, typed: str, at: datetime, house: Organisation) -> WhoWrote:
    """Found by what was typed, else by every lead; the first mail address and number serve a new customer."""
    query = clean_line(typed, MAX_QUERY)
    leads, name, account = _leads(question, house)
    found: dict[int, Customer] = {}
    for text in [query] if query else leads:
        for customer in find_customers(user, text, MOST_FOUND + 1, house=house):
            found.setdefault(customer.pk, customer)
    rows = candidates(user, list(found.values())[:MOST_FOUND], recognised(query, house), at)
    return WhoWrote(
        query=query,
        rows=tuple(rows),
        has_more=len(found) > MOST_FOUND,
        leads=tuple(account_words(lead, name) for lead in leads),
        name=name,
        email=next((lead for lead in leads if "@" in lead and lead != account), ""),
        phone=next((lead for lead in leads if "@" not in lead and lead[:1] in "+0"), ""),
    )


def _leads(question: Question, house: Organisation) -> tuple[list[str], str, str]:
    """What could name the customer, the surest first; the name that came with the message; the account on social media."""
    contacts = Contact.objects.filter(questions=question, direction=Contact.Direction.IN)
    first = contacts.order_by("received_at", "id").first()
    if first is None:
        return [], "", ""
    town = house.municipality
    ours = {town.email.lower(), re.sub(r"\D", "", town.phone)}
    own_postcodes = {postcode(one) for one in _POSTCODE.findall(town.visiting_address)}
    found = [first.address] if first.address else []
    for pattern in _LEADS:
        found += pattern.findall(first.text[:READ])
    leads = [
        lead
        for lead in dict.fromkeys(found)
        if not {lead.lower(), re.sub(r"\D", "", lead) or "-"} & ours and postcode(lead) not in own_postcodes
    ]
    return leads[:MOST_LEADS], first.address_name, first.address if first.channel == Channel.SOCIAL else ""
