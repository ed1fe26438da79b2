"""The scan beside a letter that is registered: its pages, or which scans wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.read_scan import stamped
from channels_app.models import InboundMessage
from channels_app.models.inbox import WITHHELD
from contacts.letters.scans import MOST, scan_of, scans_for
from organisation import wording
from organisation.numbers import whole
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.forms.registration import Typed
    from organisation.models import User

State, Outcome = InboundMessage.State, InboundMessage.Outcome
MOST_PAGES = 10


@dataclass(frozen=True)
class ScanPage:
    """`waiting`: scans to choose from, with their names. `is_busy`: it is being read, the panel looks again by itself."""

    pk: int | None = None
    name: str = ""
    pages_words: str = ""
    file: int | None = None
    numbers: list[int] = field(default_factory=list)
    about: str = ""
    stamp: date | None = None
    is_busy: bool = False
    problem: str = ""
    waiting: list[tuple[int, str]] = field(default_factory=list)


def scan_page(user: User, typed: Typed, at: datetime) -> ScanPage:
    """At most three queries."""
    row = scan_of(user, whole(typed.get("scan")))
    if row is None:
        return ScanPage(waiting=_waiting(scans_for(user), at), problem=_gone(typed))
    if row.state in (State.RECEIVED, State.PARSED):
        return ScanPage(pk=row.pk, name=row.subject, is_busy=True)
    if row.outcome == Outcome.SPLIT:
        parts = scans_for(user).filter(envelope=row)
        return ScanPage(
            name=row.subject,
            problem=_("This is a stack. Choose the letter that you register."),
            waiting=_waiting(parts, at),
        )
    if row.state == State.PARKED:
        return ScanPage(pk=row.pk, name=row.subject, problem=row.reason, waiting=_waiting(scans_for(user), at))
    if row.outcome != Outcome.DESK:
        problem = _("This scan was registered by a colleague already. Choose another one.")
        return ScanPage(problem=problem, waiting=_waiting(scans_for(user), at))
    facts: dict[str, Any] = row.parsed or {}
    count = int(facts.get("pages") or 0)
    stored = row.files.order_by("pk").first()
    can_be_shown = stored is not None and stored.check_state not in WITHHELD
    return ScanPage(
        pk=row.pk,
        name=row.subject,
        pages_words=ngettext("%(count)s page", "%(count)s pages", count) % {"count": count},
        file=stored.pk if stored is not None and can_be_shown else None,
        numbers=list(range(1, min(count, MOST_PAGES) + 1)) if can_be_shown else [],
        about=str(facts.get("about") or ""),
        stamp=stamped(row, local_day(at))[0],
        problem="" if can_be_shown else _("The file is not shown: it is being checked, or holds a virus."),
    )


def _gone(typed: Typed) -> str:
    return _("This scan is not there any more. Choose another one.") if typed.get("scan") else ""


def _waiting(rows: Any, at: datetime) -> list[tuple[int, str]]:
    today = local_day(at)
    found = rows.order_by("pk").values_list("pk", "subject", "taken_in_at")[:MOST]
    return [(pk, f"{name} · {wording.moment(taken, today)}") for pk, name, taken in found]


def with_stamp(typed: Typed, page: ScanPage) -> Typed:
    """The day on the stamp comes into the form once, when the scan was read; what is typed after that stays."""
    if page.pk is None or page.is_busy or typed.get("stamp_of") == str(page.pk):
        return typed
    fields = {"stamp_of": str(page.pk)}
    if page.stamp is not None:
        fields["received_on"] = page.stamp.isoformat()
    return typed.with_fields(**fields)
