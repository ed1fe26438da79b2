"""Which question a message of a conversation belongs to (docs/channels.md).

A conversation has no subject line and no number. So: what it answers, when it answers a message that we know; else the question that
is still open in this conversation; else the one that was closed less than a day ago. Later it is a new question: a number that writes
again after a week mostly asks something else, and a thank-you a day later is still about the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from channels_app.models import InboundMessage, MessageSource, OutboundMessage
from contacts.actions.wipe import GONE
from contacts.merged import where_merged
from contacts.models import Contact, Question
from organisation.prepared import rows_prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

STILL_THE_SAME = timedelta(hours=24)
LOOK_BACK = 20
"""Messages of the conversation that are looked at."""


@dataclass(frozen=True)
class Place:
    """`question` it is added to; or `earlier`, the last question of the conversation, for a new one to point at."""

    question: Question | None = None
    earlier: Question | None = None


@dataclass(frozen=True)
class Talk:
    """Where an answer to a question goes: the last message of the customer that came by a service."""

    source: MessageSource
    conversation: str
    address: str
    name: str
    last_at: datetime
    last_key: str
    is_public: bool
    details: dict[str, object]
    post: str = ""


def find_place(row: InboundMessage, reply_to: str) -> Place:
    """Call with the conversation locked."""
    answered = _answered(row, reply_to) if reply_to else None
    if answered is not None and answered.status != Question.Status.CANCELLED:
        return Place(answered)
    found = _last(row)
    if found is None:
        return Place()
    if found.is_open:
        return Place(found)
    is_fresh = found.closed_at is not None and row.received_at <= found.closed_at + STILL_THE_SAME
    if found.status == Question.Status.CLOSED and is_fresh:
        return Place(found)
    return Place(earlier=found if found.status == Question.Status.CLOSED else None)


def talk_of(question: Question) -> Talk | None:
    """None when nobody wrote by a service in this question, or the source is gone."""
    rows: list[Contact] = rows_prepared(
        "talk",
        lambda marks: (
            Contact.objects.filter(
                questions=marks["question"],
                direction=Contact.Direction.IN,
                is_automatic=False,
                inbound__message_source__isnull=False,
            )
            .select_related("inbound__message_source")
            .order_by("-received_at", "-id")[:1]
        ),
        {"question": question.pk},
    )
    last = next(iter(rows), None)
    if last is None or last.inbound is None or last.inbound.message_source is None:
        return None
    row, said = last.inbound, last.inbound.parsed or {}
    return Talk(
        source=row.message_source,
        conversation=row.conversation,
        address=row.sender,
        name=last.address_name,
        last_at=row.received_at,
        last_key=row.external_key,
        is_public=bool(said.get("is_public")),
        details=dict(said.get("details") or {}),
        post=str(said.get("post", "")),
    )


def _answered(row: InboundMessage, reply_to: str) -> Question | None:
    """The question of the message that it answers, ours or an earlier one; only within the same conversation."""
    ours = OutboundMessage.objects.filter(
        message_source=row.message_source_id, conversation=row.conversation, remote_id=reply_to
    ).first()
    if ours is not None:
        return _used().filter(contacts__outbound=ours).order_by("-id").first()
    theirs = InboundMessage.objects.filter(
        source=row.source, conversation=row.conversation, external_key=reply_to
    ).first()
    return _used().filter(contacts__inbound=theirs).order_by("-id").first() if theirs is not None else None


def _used() -> QuerySet[Question]:
    """Without those that were merged into another, and those whose data are only kept, as `is_only_kept` of mail: nobody would see there that something came."""
    stands = Question.objects.filter(merged_into__isnull=True)
    return stands.filter(customer__restricted_at__isnull=True).exclude(title=GONE)


def _last(row: InboundMessage) -> Question | None:
    """The open question of the conversation that was spoken of last; else the last one that was closed."""
    rows = InboundMessage.objects.filter(conversation=row.conversation).exclude(pk=row.pk).order_by("-id")
    came = list(rows.values_list("pk", flat=True)[:LOOK_BACK])
    sent = OutboundMessage.objects.filter(conversation=row.conversation).order_by("-id")
    went = list(sent.values_list("pk", "purpose", "reference_number")[:LOOK_BACK])
    if not came and not went:
        return None
    ids = [pk for pk, _purpose, _number in went]
    contacts = Contact.objects.filter(inbound__in=came) | Contact.objects.filter(outbound__in=ids)
    spoken_of = _used().filter(contacts__in=contacts).distinct()
    found = [*spoken_of.order_by("-last_contact_at", "-id")[:LOOK_BACK], *_acknowledged(went)]
    found.sort(key=lambda one: (one.last_contact_at, one.pk), reverse=True)
    return next((one for one in found if one.is_open), found[0] if found else None)


def _acknowledged(went: list[tuple[int, str, str]]) -> list[Question]:
    """What we told by itself that it arrived: no contact of the question is about that message."""
    numbers = {number for _pk, purpose, number in went if purpose == OutboundMessage.Purpose.ACKNOWLEDGEMENT}
    told = [where_merged(one).pk for one in Question.objects.filter(number__in=numbers)] if numbers else []
    return list(_used().filter(pk__in=told)) if told else []
