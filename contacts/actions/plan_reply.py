"""Writes a reply that leaves later: after the seconds in which it can be taken back, or at a chosen moment within opening hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from contacts import later, normalize
from contacts.actions.answer import check_may, checked, seen
from contacts.actions.change import changing
from contacts.models import IdempotencyKey, PlannedReply, Question
from organisation import wording
from organisation.errors import Refused
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from channels_app.models import StoredFile
    from organisation.models import User

PLANNED: Final = "reply planned"
"""Why the history has a row at which nothing moved."""
CAN_WAIT = frozenset({"email", "whatsapp", "sms", "social"})
"""Channels by which a message of ours leaves; a letter is printed at once, and somebody in a chat is waiting."""


def undo_time(channel: str) -> timedelta:
    """For how long a reply by this channel can be taken back."""
    return timedelta(seconds=organisation().municipality.undo_send_seconds if channel in CAN_WAIT else 0)


@one_transaction
def plan_reply(
    *,
    question: Question,
    by: User,
    at: datetime,
    send_at: datetime | None,
    text: str,
    channel: str,
    to_address: str,
    subject_line: str,
    then: str,
    is_answer: bool,
    version: int | None,
    key: str | None,
    files: Iterable[StoredFile] = (),
    copies: Sequence[str] = (),
) -> PlannedReply:
    """The reply waits; no clock stops and no status moves until it leaves. `send_at` None: as soon as it cannot be taken back any more.

    The same `key` twice is one reply.
    """
    text, to_address = checked(text=text, channel=channel, to_address=to_address)
    with changing(question, by=by, at=at, version=None if key and seen(by, key) else version, reason=PLANNED) as fresh:
        earlier = _claimed(by, key, at)
        if earlier is not None:
            return earlier
        check_may(fresh, then)
        if send_at is not None:
            check_moment(fresh, channel=channel, send_at=send_at, at=at)
        planned = PlannedReply.objects.create(
            question=fresh,
            created_by=by,
            created_at=at,
            send_at=send_at or at + undo_time(channel),
            is_scheduled=send_at is not None,
            channel=channel,
            to_address=to_address,
            copies=list(copies),
            subject_line=normalize.clean_line(subject_line, 300),
            text=text,
            then=then,
            is_answer=is_answer,
        )
        for stored in files:
            stored.save()
            planned.files.add(stored)
        if key:
            IdempotencyKey.objects.filter(owner=f"reply:{by.pk}", key=key[:120]).update(answer={"planned": planned.pk})
    return planned


def check_moment(question: Question, *, channel: str, send_at: datetime, at: datetime) -> None:
    """A moment at which somebody is at work, not past and not months away; else `Refused`."""
    if channel not in CAN_WAIT:
        raise Refused(_("A message by this channel cannot be sent later."), "later")
    if send_at < at + later.SOONEST:
        raise Refused(_("Choose a moment that is still to come."), "later")
    if send_at > at + later.LONGEST:
        raise Refused(_("Choose a moment within sixty days."), "later")
    calendar = organisation().calendar_of(question.team_id).rules
    if not calendar.is_open(send_at):
        next_one = later.proposals(calendar, send_at)
        if not next_one:
            raise Refused(_("We are closed at that moment."), "later")
        raise Refused(
            _("We are closed at that moment. The next one is %(when)s.") % {"when": wording.moment(next_one[0])},
            "later",
        )


def _claimed(by: User, key: str | None, at: datetime) -> PlannedReply | None:
    if not key:
        return None
    row, is_new = IdempotencyKey.objects.get_or_create(
        owner=f"reply:{by.pk}", key=key[:120], defaults={"request_sha256": "", "created_at": at}
    )
    return None if is_new else PlannedReply.objects.filter(pk=(row.answer or {}).get("planned", 0)).first()
