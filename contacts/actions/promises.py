"""Which norm holds for a contact and until when it lasts; shows a promise before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.norms.clock import (
    TIME_UNITS,
    Deadline,
    deadline,
    last_day_of,
)
from contacts.norms.promises import norms_to_start
from contacts.rulebook import Rulebook, rulebook
from organisation import wording
from organisation.snapshot import CalendarVersion, Organisation, organisation
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from datetime import datetime

    from contacts.models import Contact, ServiceNorm


@dataclass(frozen=True)
class Promise:
    """A deadline as the screen shows it before saving."""

    code: str
    name: str
    norm_id: int
    unit: str
    length: int
    due_at: datetime
    soon_at: datetime
    words: str
    """`uiterlijk wo 29 apr`."""


def promises(
    *,
    channel: str,
    end: str,
    kind: str,
    subject_id: int | None,
    team_id: int | None,
    received_at: datetime,
    acknowledge_now: bool = True,
) -> list[Promise]:
    """What this contact would promise; writes nothing."""
    house = organisation()
    made = []
    for code in norms_to_start(channel=channel, kind=kind, end=end, acknowledge=acknowledge_now):
        norm = applicable_norm(house, rulebook(house), code, channel, team_id, subject_id, received_at)
        if norm is None or norm.length is None:
            continue
        ends = norm_deadline(norm, received_at, house.calendar_of(team_id), house)
        made.append(
            Promise(code, norm.name, norm.pk, norm.unit, norm.length, ends.due_at, ends.soon_at, due_words(ends.due_at))
        )
    return made


def due_words(due_at: datetime) -> str:
    """`uiterlijk wo 29 apr`: the last day itself, never the instant after it. A term that ends within a day says when: `…, 09:15`."""
    day = wording.day(last_day_of(due_at))
    if due_at != day_start(local_day(due_at)):
        day = f"{day}, {wording.clock(due_at)}"
    return _("by %(day)s") % {"day": day}


def applicable_norm(
    house: Organisation,
    rules: Rulebook,
    code: str,
    channel: str,
    team_id: int | None,
    subject_id: int | None,
    received_at: datetime,
) -> ServiceNorm | None:
    """The norm of time that holds for this contact; None when the municipality has none."""
    subjects = frozenset(subject.id for subject in house.subject_line(subject_id))
    norm = rules.norm(code, on=local_day(received_at), channel=channel, team_id=team_id, subject_ids=subjects)
    return norm if norm is not None and norm.unit in TIME_UNITS else None


def norm_deadline(norm: ServiceNorm, start: datetime, calendar: CalendarVersion, house: Organisation) -> Deadline:
    """The deadline of this norm from this moment on this calendar."""
    return deadline(
        unit=norm.unit,
        length=norm.length or 1,
        start=start,
        calendar=calendar.rules,
        escalate_days=house.municipality.coordinator_after_days,
    )


def calendar_for(house: Organisation, contact: Contact, team_id: int | None) -> CalendarVersion:
    """The hours of the mailbox that a message came to, when it has its own; else those of the team."""
    mailbox = contact.inbound.mailbox if contact.inbound is not None else None
    if mailbox is not None and mailbox.calendar_id in house.calendars:
        return house.calendars[mailbox.calendar_id]
    return house.calendar_of(team_id)
