"""Takes a citizen's form in: kept as it came, registered in the same transaction, so that the number is there at once (architecture §2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.arrive import arrive
from channels_app.exchanges import FORM, heard
from channels_app.models import Channel, InboundMessage, InboundRaw
from contacts.actions.asked import Asked, CallbackAsked
from contacts.actions.register import register
from contacts.actions.sender_of_form import sender_of_form
from contacts.models import Question
from contacts.where import NOWHERE, Where
from organisation.origin import NO_ORIGIN, Origin
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from channels_app.models import StoredFile

SOURCE = "form"


@dataclass(frozen=True)
class FormAsked:
    """What the citizen filled in, checked. `once` is of the page on which it was typed: the same sent twice is received once."""

    once: str
    subject_id: int | None
    text: str
    postcode: str = ""
    house_number: str = ""
    place: str = ""
    point: Where = NOWHERE
    """Of the customer's device."""
    name: str = ""
    email: str = ""
    phone: str = ""
    wants_call: bool = False
    files: tuple[str, ...] = ()
    """SHA-256 of what came with it."""


@one_transaction
def send_form(
    *, form: FormAsked, at: datetime, files: Iterable[StoredFile] = (), origin: Origin = NO_ORIGIN
) -> Question:
    """The question that it became; of a form that came before, the question of that time. Raises `Crowded`.

    Who goes back, changes something and sends again has told something new: that is never lost, so it is a question of its own.
    """
    raw = json.dumps(asdict(form), ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(raw).hexdigest()
    key = f"{form.once}:{sha256}"
    with connection.cursor() as cursor:  # two of the same at one moment wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 27))", [form.once])
    known = InboundMessage.objects.filter(source=SOURCE, external_key=key).values_list("pk", flat=True).order_by()
    for pk in known:  # at most one; asked first, so that no scan of contacts looks for it
        return Question.objects.filter(contacts__inbound=pk).order_by("pk")[0]
    arrive(kind=SOURCE, origin=origin, at=at)
    row = InboundMessage.objects.create(
        source=SOURCE,
        external_key=key,
        channel=Channel.FORM,
        received_at=at,
        taken_in_at=at,
        sha256=sha256,
        size=len(raw),
        sender=form.email,
        state=InboundMessage.State.DONE,
        outcome=InboundMessage.Outcome.REGISTERED,
        done_at=at,
    )
    InboundRaw.objects.create(message=row, data=raw)
    customer, remarks = sender_of_form(name=form.name, email=form.email, phone=form.phone)
    callback = CallbackAsked(phone=form.phone, name=form.name) if form.wants_call else None
    made = register(
        by=None,
        at=at,
        channel=Channel.FORM,
        received_at=at,
        asked=[
            Asked(
                subject_id=form.subject_id,
                text=_told(form),
                end="callback" if callback else "open",
                callback=callback,
                where=replace(form.point, address=_address(form)),
            )
        ],
        customer=customer,
        text=_told(form),
        address=form.email,
        address_name=form.name,
        inbound=row,
        remarks=remarks,
        acknowledge=bool(form.email),
        origin=origin,
    )
    heard(FORM, "", at)
    for file in files:
        file.inbound = row
        file.save()
    return made.questions[0]


def _address(form: FormAsked) -> str:
    address = " ".join(part for part in (form.postcode[:4], form.postcode[4:], form.house_number) if part)
    return ", ".join(part for part in (address, form.place) if part)


def _told(form: FormAsked) -> str:
    """The text with place and number below it, as the desk reads it: in Dutch, whatever the language of the page."""
    where = replace(form.point, address=_address(form)).words
    with translation.override("nl"):
        more = [_("Where: %(place)s") % {"place": where}] if where else []
        if form.phone and not form.wants_call:
            more.append(_("Phone: %(phone)s") % {"phone": form.phone})
    return "\n".join([form.text, "", *more]) if more else form.text
