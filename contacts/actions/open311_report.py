"""Registers a report that another system sent by Open311: once per key of the caller, on the channel of apps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.exchanges import heard
from channels_app.models import Channel, InboundMessage, InboundRaw
from contacts.actions.asked import Asked
from contacts.actions.register import register
from contacts.actions.sender_of_form import sender_of_form
from contacts.models import Question
from organisation.errors import Refused
from organisation.tokens import new_token
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from channels_app.models import StoredFile
    from contacts.forms.open311 import Report
    from contacts.models import ApiClient

SAME_WITHIN: Final = timedelta(minutes=10)
"""Of a caller without keys the same words within this time are one report."""


@dataclass(frozen=True)
class Taken:
    question: Question
    is_repeat: bool


@one_transaction
def open311_report(
    *,
    report: Report,
    subject_id: int,
    client: ApiClient,
    source: str,
    at: datetime,
    key: str = "",
    photos: tuple[str, ...] = (),
    files: Iterable[StoredFile] = (),
) -> Taken:
    """The question that it became; of a report that came before, the question of that time. `photos`: their SHA-256."""
    told = {**asdict(report), "subject": subject_id, "photos": photos}
    raw = json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(raw).hexdigest()
    with connection.cursor() as cursor:  # two of the same at one moment wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 29))", [f"{source} {key or digest}"])
    earlier = InboundMessage.objects.filter(source=source)
    if key:
        earlier = earlier.filter(external_key=f"key:{key}")
    else:
        earlier = earlier.filter(external_key__gte=f"same:{digest}:", external_key__lt=f"same:{digest};")
        earlier = earlier.filter(received_at__gt=at - SAME_WITHIN)
    for pk in earlier.order_by("-pk").values_list("pk", flat=True)[:1]:
        question = Question.objects.filter(contacts__inbound=pk).order_by("pk").first()
        if question is None:  # destroyed when its term was over
            raise Refused(_("This was registered before, and is no longer kept."))
        return Taken(question, is_repeat=True)
    row = InboundMessage.objects.create(
        source=source,
        external_key=f"key:{key}" if key else f"same:{digest}:{new_token()[:12]}",
        channel=Channel.APP,
        received_at=at,
        taken_in_at=at,
        sha256=digest,
        size=len(raw),
        sender=report.email,
        state=InboundMessage.State.DONE,
        outcome=InboundMessage.Outcome.REGISTERED,
        done_at=at,
    )
    InboundRaw.objects.create(message=row, data=raw)
    customer, remarks = sender_of_form(name=report.name, email=report.email, phone=report.phone)
    text = _told(report)
    made = register(
        by=None,
        at=at,
        channel=Channel.APP,
        received_at=at,
        asked=[Asked(subject_id=subject_id, text=text, where=report.where)],
        customer=customer,
        text=text,
        address=report.email,
        address_name=report.name,
        inbound=row,
        remarks=remarks,
        acknowledge=bool(report.email),
        client=client,
    )
    heard(source, client.name, at)
    for file in files:
        file.inbound = row
        file.save()
    return Taken(made.questions[0], is_repeat=False)


def _told(report: Report) -> str:
    """As the desk reads it: the words, what was asked, the place, the number and where a photo is said to be."""
    with translation.override("nl"):
        more = [f"{words} {said}" for words, said in report.answers]
        more.append(_("Where: %(place)s") % {"place": report.where.words})
        if report.phone:
            more.append(_("Phone: %(phone)s") % {"phone": report.phone})
        if report.photo_url:
            more.append(_("Photo at another site, not fetched: %(address)s") % {"address": report.photo_url})
    return "\n".join([report.text, "", *more])
