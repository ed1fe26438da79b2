"""Extends the deadline of a complaint once, and tells the customer so in writing (Awb 9:11, second and third paragraph)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_app.models import Channel
from contacts import normalize, reply_text
from contacts.actions.answer import after_message, checked, write_outgoing
from contacts.actions.change import changing
from contacts.actions.clocks import Kind, State, event, live_clocks
from contacts.actions.make_letter import write_letter
from contacts.actions.pauses import pauses_of
from contacts.actions.replace_clock import replace_clock, successor
from contacts.letters.text import checked_recipient, recipient_of
from contacts.models import ClockEvent, NormClock, OutgoingLetter, Question
from contacts.norms.clock import Deadline
from contacts.norms.promises import COMPLAINT
from contacts.norms.replay import replay
from organisation.errors import Refused
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

EXTENDED = "extended_days"
"""In the detail of the events that end the short clock and start the long one."""
COPY = "copy"
"""In the detail of an event that the long clock took over."""


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
    recipient: str = "",
    version: int | None = None,
) -> NormClock:
    """The longer clock takes the place of the running one; `text` goes out as an e-mail, or as a letter that waits to be posted.

    `{reden}` in the text becomes the reason.
    """
    reason = normalize.clean_line(reason, 200)
    if not reason:
        raise Refused(_("Write down why the complaint takes more time."), "reason")
    with changing(question, by=by, at=at, version=version, reason=f"complaint extended: {reason}") as fresh:
        old = _running(fresh, at)
        days = organisation().municipality.complaint_extension_days
        ends = extended_deadline(old)
        new = successor(old, ends, started_at=old.started_at, length=old.length + days, team_id=old.team_id)
        events = replace_clock(old, new, by=by, at=at, cause="complaint extended", reason=reason, **{EXTENDED: days})
        ClockEvent.objects.bulk_create([*events, *its_pauses(old, new)])
        text = reply_text.fill(text, {"reden": reason})
        if channel == Channel.LETTER:  # the decision counts from now; the letter waits to be posted
            write_letter(
                fresh,
                by=by,
                at=at,
                kind=OutgoingLetter.Kind.INTERIM,
                then="interim",
                recipient=checked_recipient(recipient or recipient_of(fresh.customer)),
                text=checked(text=text, channel=channel, to_address="")[0],
            )
        else:
            write_outgoing(
                fresh,
                by=by,
                at=at,
                text=text,
                channel=channel,
                to_address=to_address,
                purpose="interim",
                is_answer=False,
            )
            after_message(fresh, by=by, at=at, is_answer=False, then="interim")
    return new


def extended_deadline(clock: NormClock) -> Deadline:
    """The deadline of this clock with the days of the municipality added, with the pauses it had."""
    house = organisation()
    town = house.municipality
    return replay(
        unit=clock.unit,
        length=clock.length + town.complaint_extension_days,
        start=clock.started_at,
        pauses=pauses_of([clock]).get(clock.pk, []),
        calendar=house.calendars[clock.calendar_id].rules,
        escalate_days=town.coordinator_after_days,
    ).ends


def extension_of(clock: NormClock) -> dict[str, int]:
    """`{"extended_days": 28}` for a clock that was extended, to hand on to what replaces it; else nothing."""
    detail = ClockEvent.objects.filter(clock=clock, kind=Kind.STARTED).values_list("detail", flat=True).first() or {}
    return {EXTENDED: detail[EXTENDED]} if EXTENDED in detail else {}


def its_pauses(old: NormClock, new: NormClock) -> list[ClockEvent]:
    """The new clock can be computed again from its own events, so it has the pauses of the old one as well."""
    had = ClockEvent.objects.filter(clock=old, kind__in=[Kind.PAUSED, Kind.RESUMED]).order_by("id")
    return [event(new, one.kind, at=one.at, by=one.by, cause=one.cause, **{COPY: True}) for one in had]


def its_marks(old: NormClock, new: NormClock) -> list[ClockEvent]:
    """Who was told that the old clock is almost due is not told so again of a new one (not saved yet) that runs on to the same end."""
    new.soon_told_at = old.soon_told_at
    told = ClockEvent.objects.filter(clock=old, kind=Kind.TOLD_ALMOST_DUE)
    return [event(new, one.kind, at=one.at, by=one.by, cause=one.cause, **{COPY: True}) for one in told]


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
