"""Registers what somebody saw or heard on the street, at a counter or at a customer's home, from a phone that may have been offline.

Under the key that the phone made when it was saved: however often it is sent, it is one question.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.exchanges import STREET, heard
from channels_app.models import Channel, InboundMessage, InboundRaw
from contacts import normalize
from contacts.actions.asked import Asked, NewCustomer
from contacts.actions.register import register
from contacts.actions.warn_visit import warn_of_visitors
from contacts.finding.customers import customers_reached_by
from contacts.finding.duplicates import named_alike
from contacts.models import Customer, Question
from contacts.where import Where
from organisation.errors import Refused
from organisation.numbers import whole
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from channels_app.models import StoredFile
    from organisation.models import User

SOURCE: Final = "snel:"
"""Begins the source of what a person sent from a phone; the person's key behind it."""
CHANNELS: Final = (Channel.STREET, Channel.HOME_VISIT, Channel.COUNTER, Channel.RECEPTION)
SOMEBODY_ELSE: Final = "new"
"""Chosen instead of a customer who is known by the number or address."""
LONGEST_AGO: Final = timedelta(days=30)
"""A phone that was off for longer tells the day of its sending."""


@dataclass(frozen=True)
class QuickAsked:
    """What was filled in, checked. `seconds_ago` is how long it waited on the phone, by the phone's own clock."""

    key: str
    channel: str
    subject_id: int | None
    text: str
    where: Where
    name: str = ""
    phone: str = ""
    email: str = ""
    customer: str = ""
    """Id of the known customer who was chosen, `SOMEBODY_ELSE`, or empty: nobody was offered to choose from."""
    is_solved: bool = False
    seconds_ago: int = 0
    files: tuple[str, ...] = ()
    """SHA-256 of the photos."""


@dataclass(frozen=True)
class QuickDone:
    question: Question
    is_repeat: bool


@one_transaction
def quick_register(*, asked: QuickAsked, by: User, at: datetime, files: Iterable[StoredFile] = ()) -> QuickDone:
    """The question that it became; of a key that came before, the question of that time."""
    if not by.may(Right.QUESTIONS_WRITE):
        raise PermissionDenied
    source = f"{SOURCE}{by.pk}"
    if (earlier := _earlier(source, asked.key)) is not None:
        return QuickDone(earlier, is_repeat=True)
    received_at = at - min(max(timedelta(seconds=asked.seconds_ago), timedelta()), LONGEST_AGO)
    row = _as_it_came(asked, source, received_at=received_at, at=at)
    who = _who(asked, by)
    text = _told(asked, who)
    made = register(
        by=by,
        at=at,
        channel=asked.channel,
        received_at=received_at,
        asked=[
            Asked(
                subject_id=asked.subject_id,
                text=text,
                end="direct" if asked.is_solved else "open",
                where=asked.where,
            )
        ],
        customer=who,
        text=text,
        address=asked.email,
        address_name=asked.name,
        inbound=row,
    )
    warn_of_visitors(made, by=by, at=at)
    heard(STREET, "", at)
    for file in files:
        file.inbound = row
        file.save()
    return QuickDone(made.questions[0], is_repeat=False)


def _earlier(source: str, key: str) -> Question | None:
    """What the same report became when it came before; two of the same at one moment wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 28))", [f"{source} {key}"])
    known = InboundMessage.objects.filter(source=source, external_key=key).values_list("pk", flat=True).first()
    if known is None:
        return None
    question = Question.objects.filter(contacts__inbound=known).order_by("pk").first()
    if question is None:  # destroyed when its term was over
        raise Refused(_("This was registered before, and is no longer kept."))
    return question


def _as_it_came(asked: QuickAsked, source: str, *, received_at: datetime, at: datetime) -> InboundMessage:
    """The report with everything that the phone sent, under its key for good."""
    raw = json.dumps(asdict(asked), ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    row = InboundMessage.objects.create(
        source=source,
        external_key=asked.key,
        channel=asked.channel,
        received_at=received_at,
        taken_in_at=at,
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        sender=asked.email,
        state=InboundMessage.State.DONE,
        outcome=InboundMessage.Outcome.REGISTERED,
        done_at=at,
    )
    InboundRaw.objects.create(message=row, data=raw)
    return row


def _who(asked: QuickAsked, by: User) -> Customer | NewCustomer | None:
    """The known customer who was chosen; else, also of what a phone kept without a connection, who is known by number or address and may be meant."""
    called = asked.name or asked.email or asked.phone
    if not called:
        return None
    if asked.customer != SOMEBODY_ELSE:
        known = customers_reached_by(by, phone=asked.phone, email=asked.email)
        chosen = next((one for one in known if one.pk == whole(asked.customer)), None)
        if found := chosen or named_alike(asked.name, known):
            return found
    return NewCustomer(name=called, phone=asked.phone, email=asked.email)


def _told(asked: QuickAsked, who: Customer | NewCustomer | None) -> str:
    """The text as the desk reads it: below it the place, and a number that the known customer does not have yet."""
    below = []
    with translation.override("nl"):
        if not asked.where.is_empty:
            below.append(_("Where: %(place)s") % {"place": asked.where.words})
        if isinstance(who, Customer) and asked.phone and not _has(who, asked.phone):
            below.append(_("Phone number: %(number)s") % {"number": asked.phone})
    return "\n\n".join([asked.text, "\n".join(below)] if below else [asked.text])


def _has(customer: Customer, phone: str) -> bool:
    return customer.addresses.filter(normalized=normalize.phone(phone)).exists()
