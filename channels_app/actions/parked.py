"""What a person does with a message that stands aside: try again, register after all, or put it away with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.actions.unseen import is_unseen
from channels_app.models import InboundMessage
from organisation import audit
from organisation.nudge import nudge
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

State, Outcome = InboundMessage.State, InboundMessage.Outcome


@transaction.atomic
def retry(*, message: InboundMessage, by: User, at: datetime) -> bool:
    """A parked message is read again from the start, or asked for again; an ignored one is registered after all. False when it is neither now."""
    _may(by)
    row = InboundMessage.objects.select_for_update().filter(pk=message.pk).first()
    if row is None or not is_waiting_for_a_person(row):
        return False
    if is_unseen(row):
        row.next_try_at, row.handled_by = at, by
        row.save(update_fields=["next_try_at", "handled_by"])
        audit.record(by=by, action="message.retried", obj=row)
        nudge("channels_app.tasks.fetch")
        return True
    if row.outcome == Outcome.IGNORED and "text" in (row.parsed or {}):
        row.state = State.PARSED
        row.parsed = {**(row.parsed or {}), "is_forced": True}
    else:
        row.state = State.PARSED if row.envelope_id else State.RECEIVED
    row.outcome, row.reason, row.tries = "", "", 0
    row.lease_until = row.next_try_at = row.done_at = None
    row.handled_by = by
    row.save()
    audit.record(by=by, action="message.retried", obj=row)
    if row.message_source_id is not None:
        nudge("channels_app.tasks.read_events" if row.state == State.RECEIVED else "contacts.tasks.register_messages")
    else:
        nudge("channels_app.tasks.parse" if row.state == State.RECEIVED else "contacts.tasks.register_mail")
    return True


@transaction.atomic
def dismiss(*, message: InboundMessage, by: User, at: datetime, reason: str) -> bool:
    """Puts a parked message away; the bytes stay. False when a colleague was first."""
    _may(by)
    row = InboundMessage.objects.select_for_update().filter(pk=message.pk, state=State.PARKED).first()
    if row is None:
        return False
    row.state, row.outcome, row.reason = State.DONE, Outcome.IGNORED, " ".join(reason.split())[:500]
    row.done_at, row.handled_by = at, by
    row.lease_until = row.next_try_at = None
    row.save()
    audit.record(by=by, action="message.dismissed", obj=row)
    return True


def is_waiting_for_a_person(row: InboundMessage) -> bool:
    """Whether trying again makes sense: parked, or ignored and readable; never a copy of what is registered, nor a refused one."""
    if row.state == State.PARKED or (row.outcome == Outcome.IGNORED and row.parsed is None):
        return hasattr(row, "raw") or row.envelope_id is not None or is_unseen(row)
    return row.outcome == Outcome.IGNORED and "duplicate_of" not in (row.parsed or {})


def _may(by: User) -> None:
    if not by.may(Right.PARKED_RETRY):
        raise PermissionDenied
