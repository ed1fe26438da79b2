"""A file of calls before it is taken in: which of its columns is which, and what its first rows become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from channels_app.actions.import_calls import look_at_calls
from channels_app.models import Call, CallsFile
from kpi import words
from kpi.pages.calls import report_words
from kpi.pages.row_words import masked
from organisation import wording
from organisation.workdays import local_day


@dataclass(frozen=True)
class ColumnChoice:
    """One of our columns; `chosen` is the place of theirs, -1 when there is none."""

    name: str
    label: str
    hint: str
    chosen: int
    example: str
    is_needed: bool


@dataclass(frozen=True)
class FirstCall:
    moment: str
    wait: str
    talk: str
    outcome: str
    number: str
    queue: str
    is_answered: bool


@dataclass(frozen=True)
class CallsFilePage:
    title: str
    lead: str
    columns: list[ColumnChoice]
    heads: list[tuple[int, str]]
    lacks: str
    """What must be chosen first; empty when the file can be looked at."""
    summary: str
    lines: list[str]
    calls: list[FirstCall]
    can_take_in: bool


def calls_file_page(file: CallsFile, at: datetime, pickup_seconds: Callable[[date], int]) -> CallsFilePage:
    """What would become of the whole file with the columns as they are chosen now."""
    heads = [
        (place, head or _("column %(number)s") % {"number": place + 1})
        for place, (head, _first) in enumerate(file.heads)
    ]
    lacks, summary, lines, calls, count = "", "", [], [], 0
    if "entered" not in file.columns:
        lacks = _("Choose in which column the moment stands at which the call entered the queue.")
    else:
        report, first = look_at_calls(
            at=at, source=file.source, raw=bytes(file.raw or b""), pickup_seconds=pickup_seconds, columns=file.columns
        )
        count = report.added
        told, lines = report_words(report)
        summary = told if report.unusable else _summary(report.added, report.known, report.wrong)
        today = local_day(at)
        calls = [_first_call(call, today) for call in first]
    return CallsFilePage(
        title=_("Read in calls: %(name)s") % {"name": file.file_name or file.source},
        lead=_("Exchange: %(source)s. Nothing is kept until you press Read in.") % {"source": file.source},
        columns=[_choice(file, *one) for one in _columns()],
        heads=heads,
        lacks=lacks,
        summary=summary,
        lines=lines,
        calls=calls,
        can_take_in=count > 0,
    )


def _summary(added: int, known: int, wrong: int) -> str:
    parts = [
        ngettext("%(count)s call can be taken in", "%(count)s calls can be taken in", added)
        % {"count": wording.number(added)}
    ]
    if known:
        parts.append(_("%(count)s known already") % {"count": wording.number(known)})
    if wrong:
        parts.append(
            ngettext("%(count)s row cannot", "%(count)s rows cannot", wrong) % {"count": wording.number(wrong)}
        )
    return ", ".join(parts) + "."


def _choice(file: CallsFile, name: str, label: str, hint: str) -> ColumnChoice:
    place = file.columns.get(name, -1)
    example = file.heads[place][1] if 0 <= place < len(file.heads) else ""
    return ColumnChoice(name, label, hint, place, masked(example) if name == "caller" else example, name == "entered")


def _first_call(call: Call, today: date) -> FirstCall:
    talk = ""
    if call.answered_at and call.ended_at:
        talk = words.seconds(int((call.ended_at - call.answered_at).total_seconds()))
    return FirstCall(
        moment=f"{wording.day(call.entered_at, today)} {wording.clock(call.entered_at)}",
        wait=words.seconds(call.wait_seconds),
        talk=talk,
        outcome=str(Call.Outcome(call.outcome).label),
        number=masked(call.caller),
        queue=call.queue,
        is_answered=call.outcome == Call.Outcome.ANSWERED,
    )


def _columns() -> list[tuple[str, str, str]]:
    return [
        ("entered", _("Entered the queue"), _("Date and time.")),
        ("date", _("Day"), _("Only when it stands in a column of its own.")),
        ("answered", _("Picked up"), _("Date and time; or give the waiting time.")),
        ("ended", _("Ended"), _("Date and time; or give the length of the talk.")),
        ("wait", _("Waiting time"), _("Until picking up or giving up, as 0:25 or in seconds.")),
        ("talk", _("Length of the talk"), _("As 3:10 or in seconds.")),
        ("outcome", _("Outcome"), _("For example answered, unanswered, voicemail.")),
        ("caller", _("Number of the caller"), ""),
        ("queue", pgettext("telephone", "Queue"), ""),
        ("agent", _("Picked up by"), _("Extension or sign-in name.")),
        ("id", _("Id of the call"), _("Without one the row as a whole tells one call from another.")),
    ]
