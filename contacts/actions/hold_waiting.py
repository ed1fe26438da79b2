"""Holds back what waited to leave when a backup was made: it may have left since, and the copy cannot know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from channels_app.actions.settle_outbound import settle
from channels_app.models import OutboundMessage
from channels_app.reasons import kept
from contacts.actions.send_planned import refuse
from contacts.models import PlannedReply

Purpose, State = OutboundMessage.Purpose, OutboundMessage.State


@dataclass(frozen=True)
class HeldBack:
    """Of messages to customers and of replies whose moment is over. `dropped`: invitations to a survey, which nobody has to look at."""

    held: int
    dropped: int
    planned: int


def hold_waiting(*, at: datetime) -> HeldBack:
    """A person looks at each and sends it all the same, or leaves it. Notices to employees go; a reply planned for later goes then."""
    why = kept("Brought back from a backup: this message may have left before.")
    rows = OutboundMessage.objects.filter(state__in=[State.QUEUED, State.SENDING], accepted_at=None).exclude(
        purpose=Purpose.NOTICE
    )
    held = dropped = planned = 0
    for message in list(rows.order_by("pk")):
        asks_nobody = message.purpose == Purpose.SURVEY
        with transaction.atomic():
            settle(message, State.DROPPED if asks_nobody else State.HELD, at, why)
        dropped += asks_nobody
        held += not asks_nobody
    due = PlannedReply.objects.filter(state=PlannedReply.State.WAITING, send_at__lte=at)
    for reply in due.select_related("question", "created_by"):
        with transaction.atomic():
            refuse(reply, why, at)
        planned += 1
    return HeldBack(held, dropped, planned)
