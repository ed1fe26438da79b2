"""The table of calls, and what became of an imported file, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.actions.import_calls import Report, WrongRow
from channels_app.models import Call
from contacts import keyset
from kpi import words
from kpi.pages.filters import Filters, Question, filters_of, heading
from kpi.pages.newest import newest
from kpi.pages.row_words import masked
from kpi.pages.rows import columns
from kpi.registry import MEASURES
from organisation import wording
from organisation.addresses import address
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

PAGE = 50
CALLS = MEASURES["phone.outside_hours"]
"""The figure whose population is every call."""


@dataclass(frozen=True)
class CallRow:
    moment: str
    wait: str
    outcome: str
    css: str
    icon: str
    title: str
    href: str
    number: str


@dataclass(frozen=True)
class CallsPage:
    title: str
    heading: str
    complaint: str
    filters: Filters
    rows: list[CallRow]
    next_href: str
    previous_href: str
    may_import: bool


def calls_page(
    question: Question, user: User, house: Organisation, at: datetime, params: Mapping[str, str]
) -> CallsPage:
    """The calls of the period that this person may see, newest first."""
    scope = question.scope
    found = newest(
        CALLS,
        scope,
        at,
        user,
        params,
        PAGE,
        of=0,
        name="calls",
        counted=lambda its, when, among: CALLS.population(its, when, among=among),
        columns=lambda rows, one: columns(CALLS, rows, one),
    )
    base = f"{reverse('kpi:calls')}?{question.asked.query()}"
    today = local_day(at)
    outcomes = dict(Call.Outcome.choices)
    shown = []
    for row in found.rows:
        is_ok = row["outcome"] == "answered"
        shown.append(
            CallRow(
                moment=f"{wording.day(row['its_moment'], today)} {wording.clock(row['its_moment'])}",
                wait=words.seconds(row["wait_seconds"]),
                outcome=str(outcomes.get(row["outcome"], row["outcome"])),
                css="norm-clock--ok" if is_ok else "norm-clock--missed" if row["outcome"] != "outside_hours" else "",
                icon="phone-check" if is_ok else "phone-off",
                title=row["first_title"] or "",
                href=address("contacts:question", row["first_number"]) if row["first_number"] else "",
                number=masked(row["caller"]),
            )
        )
    return CallsPage(
        title=_("Calls"),
        heading=heading(question),
        complaint=question.complaint,
        filters=filters_of(question, user, house, today),
        rows=shown,
        next_href=f"{base}&na={keyset.Cursor(found.rows[-1]['its_moment'], found.rows[-1]['id'])}"
        if found.has_after and found.rows
        else "",
        previous_href=f"{base}&voor={keyset.Cursor(found.rows[0]['its_moment'], found.rows[0]['id'])}"
        if found.has_before and found.rows
        else "",
        may_import=user.may(Right.CALLS_IMPORT),
    )


def report_words(report: Report) -> tuple[str, list[str]]:
    """What became of the file in one sentence, and the rows that were left out."""
    if report.unusable:
        return _unusable(report.unusable), []
    parts = [
        ngettext("%(count)s call added", "%(count)s calls added", report.added)
        % {"count": wording.number(report.added)}
    ]
    if report.known:
        parts.append(_("%(count)s known already") % {"count": wording.number(report.known)})
    if report.wrong:
        parts.append(
            ngettext("%(count)s row left out", "%(count)s rows left out", report.wrong)
            % {"count": wording.number(report.wrong)}
        )
    return ", ".join(parts) + ".", [_wrong(row) for row in sorted(report.wrong_rows, key=lambda row: row.line)]


def _wrong(row: WrongRow) -> str:
    why = f"{_why(row.code)} ({row.detail})" if row.detail else _why(row.code)
    told = {"line": row.line, "column": row.column, "why": why}
    return (_("Line %(line)s, column “%(column)s”: %(why)s") if row.column else _("Line %(line)s: %(why)s")) % told


def _unusable(code: str) -> str:
    sentences = {
        "too_large": _("The file is larger than 5 MB. Split it."),
        "empty": _("The file is empty."),
        "not_text": _("This is not a text file with commas or semicolons."),
        "no_column_id": _("There is no column with the exchange's own id of the call (id)."),
        "no_column_entered": _("There is no column with the moment of entering the queue (entered)."),
        "too_slow": _("Reading the file took too long. Split it."),
    }
    return sentences.get(code, _("The file could not be read."))


def _why(code: str) -> str:
    sentences = {
        "twice": _("this id stands in the file twice"),
        "bad_text": _("a cell is too long or has strange characters"),
        "no_id": _("there is no id"),
        "no_entered": _("there is no moment of entering the queue"),
        "bad_duration": _("this is no length of time"),
        "bad_moment": _("this is not a date with a time"),
        "answered_before_entered": _("picked up before entering the queue"),
        "ended_too_early": _("ended before it was picked up"),
        "outcome_differs": _("the outcome does not go together with the moment of picking up"),
        "unknown_outcome": _("this outcome is not known"),
        "no_end": _("given up, but not when"),
        "too_long": _("the wait is longer than a day"),
        "in_future": _("lies in the future"),
        "too_many": _("at most 50,000 rows; the rest was left out"),
        "not_csv": _("this line cannot be read"),
    }
    return sentences.get(code, code)
