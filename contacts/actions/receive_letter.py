"""Registers a letter that came in as a scan: its clock counts from the day on the stamp, its team follows from its words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.read_scan import stamped
from channels_app.adapters.email.sensitive import masked, noticed
from channels_app.models import Channel
from contacts.actions.asked import Asked
from contacts.actions.link import link
from contacts.actions.register import register
from contacts.mail.outcome import Outcome
from contacts.models import Question, QuestionLink
from contacts.numbering import find_number
from organisation import wording
from organisation.clock import AMSTERDAM
from organisation.snapshot import organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from channels_app.models import InboundMessage


def receive_letter(*, row: InboundMessage, at: datetime) -> Outcome:
    """A new question of an unknown customer, with the scan at hand; in the caller's transaction."""
    facts: dict[str, Any] = row.parsed or {}
    text = str(facts.get("text", ""))
    stamp, remarks = stamped(row, local_day(at))
    received_at = _moment(stamp, row.received_at, at)
    codes = [*remarks, *noticed(text)]
    if not text:
        codes.append("scan_without_text")
    elif facts.get("is_by_machine"):
        codes.append("read_by_machine")
    named = _named(text)  # before there is a question that could have this very number
    made = register(
        by=None,
        at=at,
        channel=Channel.LETTER,
        received_at=received_at,
        asked=[
            Asked(
                title=_title(str(facts.get("about", "")), received_at, at),
                text=text or _pages(int(facts.get("pages", 1))),
            )
        ],
        text=text or _pages(int(facts.get("pages", 1))),
        inbound=row,
        remarks=codes,
        acknowledge=False,  # on paper, by a person
    )
    if named is not None:
        reason = _("The letter names this question's number.")
        link(question=made.questions[0], other=named, by=None, at=at, kind=QuestionLink.Kind.SUGGESTED, reason=reason)
    return Outcome.registered(made.contact)


def _moment(stamp: date | None, came: datetime, at: datetime) -> datetime:
    """The middle of the day on the stamp, as at the desk; without a stamp, when the scan came to us."""
    if stamp is None:
        return min(came, at)
    return min(datetime.combine(stamp, time(12), AMSTERDAM), at)


def _title(about: str, received_at: datetime, at: datetime) -> str:
    if about:
        return masked(about)
    day = wording.day_long(wording.local(received_at), local_day(at))
    return _("Letter of %(day)s") % {"day": day}


def _pages(count: int) -> str:
    return ngettext(
        "Scan of %(count)s page. Its text could not be read: open the scan.",
        "Scan of %(count)s pages. Its text could not be read: open the scan.",
        count,
    ) % {"count": count}


def _named(text: str) -> Question | None:
    """A number of ours in a letter is a lead for a person, no more."""
    number = find_number(text[:5_000], organisation().municipality.number_prefix)
    return Question.objects.filter(number=number).first() if number else None
