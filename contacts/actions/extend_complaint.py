"""Extends the deadline of a complaint once, and tells the customer so in writing (Awb 9:11, second and third paragraph)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.answer import after_message, write_outgoing
from contacts.actions.change import changing
from contacts.actions.clocks import Kind, State, cancel_clock, event, live_clocks
from contacts.actions.correct_clock import COPIED, swap
from contacts.errors import Refused
from contacts.models import ClockEvent, NormClock, Question
from contacts.norms.clock import deadline
from contacts.norms.promises import COMPLAINT
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

EXTENDED = "extended_days"
"""In the detail of the event that starts the longer clock."""


@one_transaction
def extend_complaint(
    *,
    question: Question,
    by: User,
    at: datetime,
    reason: str,
    text: str,
    channel: str,
    to_address: str = "",
    version: int | None = None,
) -> NormClock:
    """The longer clock takes the place of the running one; `text` goes out as an e-mail, or is kept as the letter that was sent."""
    reason = normalize.clean_line(reason, 200)
    if not reason:
        raise Refused(_("Write down why the complaint takes more time."), "reason")
    with changing(question, by=by, at=at, version=version, reason=f"complaint extended: {reason}") as fresh:
        old = _running(fresh, at)
        house = organisation()
        days = house.municipality.complaint_extension_days
        length = old.length + days
        ends = deadline(
            unit=old.unit,
            length=length,
            start=old.started_at,
            calendar=house.calendars[old.calendar_id].rules,
            escalate_days=house.municipality.coordinator_after_days,
        )
        new = NormClock(
            **{name: getattr(old, name) for name in COPIED if name != "length"},
            length=length,
            team_id=old.team_id,
            channel=old.channel,
            subject_id=old.subject_id,
            started_at=old.started_at,
            due_at=ends.due_at,
            soon_at=ends.soon_at,
            escalate_at=ends.escalate_at,
        )
        ending = cancel_clock(old, by=by, at=at, cause="complaint extended")
        swap(old, new)
        ending.append(event(old, Kind.REPLACED, at=at, by=by, cause=reason, replaced_by=new.pk))
        begun = event(new, Kind.STARTED, at=new.started_at, by=by, cause=reason, **{EXTENDED: days})
        ClockEvent.objects.bulk_create([*ending, begun])
        write_outgoing(
            fresh, by=by, at=at, text=text, channel=channel, to_address=to_address, purpose="interim", is_answer=False
        )
        after_message(fresh, by=by, at=at, is_answer=False, then="interim")
    return new


def _running(question: Question, at: datetime) -> NormClock:
    clock = next((one for one in live_clocks(question) if one.code == COMPLAINT), None)
    if clock is None:
        raise Refused(_("Only a complaint whose deadline still runs can be extended."))
    if clock.state == State.PAUSED:
        raise Refused(_("The deadline stands still. Take the complaint up again first."))
    if at >= clock.due_at:
        raise Refused(_("The deadline is over. It can only be extended before it ends."))
    if not organisation().municipality.complaint_extension_days:
        raise Refused(_("The municipality chose not to extend complaints."))
    if _was_extended(question):
        raise Refused(_("This complaint was extended before. That can be done once."))
    return clock


def _was_extended(question: Question) -> bool:
    return ClockEvent.objects.filter(clock__question=question, kind=Kind.STARTED, detail__has_key=EXTENDED).exists()
