"""A row of the queue in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models.functions import Left
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import keyset
from contacts.models import Question
from contacts.pages.question_link import question_href, quoted
from contacts.queue_filters import QueueFilters
from organisation import wording
from organisation.kept import Kept
from organisation.templatetags.opmeer import channel_icon, norm_clock
from organisation.told import Telling
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.snapshot import Organisation
    from organisation.told import Told


COLUMNS = (
    "id",
    "number",
    "title",
    "status",
    "channel",
    "is_confidential",
    "sort_at",
    "due_at",
    "soon_at",
    "received_at",
    "contact_count",
    "version",
    "team_id",
    "assignee_id",
    "assignee__name",
    "customer__name",
    "customer__salutation",
)

ROW: Final = Telling(
    {**{name: name for name in COLUMNS}, "excerpt": Left("summary", 100)},
    moments=("sort_at", "due_at", "soon_at", "received_at"),
)
_SALUTATIONS = {"mrs": "Mevr. ", "mr": "Dhr. "}


ROWS: Final[Kept[SafeString]] = Kept(800)
"""Rows as they were shown, some 2.5 kB each."""


@dataclass(frozen=True)
class Look:
    """What the rows of one page have in common and their markup depends on; the version stands for teams and calendars."""

    filters: QueueFilters
    query: str
    shows_team: bool
    house_version: int
    language: str
    today: date


def rows_markup(
    rows: list[Told], filters: QueueFilters, house: Organisation, at: datetime, *, shows_team: bool
) -> SafeString:
    """The rows as markup. One that was shown before, with the same values and the same words for its deadline, is not made again."""
    look = Look(filters, filters.query(), shows_team, house.version, wording.language(), local_day(at))
    midnight = day_start(look.today + timedelta(days=1))
    shared = repr(look)  # one text, compared once a row

    def markup(row: dict[str, Any]) -> SafeString:
        context = {"row": row_words(row, filters, house, at, look.query), "shows_team": shows_team}
        return render_to_string("contacts/queue_row.html", context)

    return mark_safe(  # noqa: S308 - rendered by a template that escapes
        "".join(
            ROWS.get((shared, stage(row, at, midnight), row.text), lambda row=row: markup(row))  # type: ignore[misc]
            for row in rows
        )
    )


def stage(row: dict[str, Any], at: datetime, midnight: datetime) -> int:
    """What the time of the day changes in the words of a deadline: late, almost, and the minutes left of today."""
    due_at, soon_at = row["due_at"], row["soon_at"]
    if due_at is None:
        return 0
    if at >= due_at:
        return -1
    if due_at <= midnight:
        return 2 + int((due_at - at).total_seconds() // 60)
    return 1 if soon_at is not None and at >= soon_at else 0


def joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


SHORT_REST = 20
"""Fewer letters than this say nothing under a title."""


def beyond(title: str, excerpt: str) -> str:
    """What the text says beyond its title: a message without a subject has its first line for a title."""
    first = title.removesuffix(" …")
    if not excerpt.startswith(first):
        return excerpt
    rest = excerpt[len(first) :].lstrip(" .,!?…")
    return rest if len(rest) >= SHORT_REST else ""


def row_words(
    row: dict[str, Any], filters: QueueFilters, house: Organisation, at: datetime, query: str
) -> dict[str, Any]:
    """One row in words; the link remembers the list and the place in it, for next and previous."""
    cursor = str(keyset.Cursor(row[filters.moment], row["id"]))
    team = house.teams.get(row["team_id"])
    due, note = deadline_of(row, house, at)
    name = row["customer__name"]
    return {
        "number": row["number"],
        "pick": f"{row['number']}:{row['version']}",
        "title": row["title"],
        "excerpt": beyond(row["title"], " ".join(row["excerpt"].split())[:90]),
        "href": f"{question_href(row['number'])}?{joined(f'uit={quoted(query)}', f'plek={cursor}')}",
        "due": due,
        "note": note,
        "channel": channel_icon(row["channel"]),
        "who": f"{_SALUTATIONS.get(row['customer__salutation'], '')}{name}" if name else _("Unknown"),
        "owner": row["assignee__name"] or "",
        "initials": wording.initials(row["assignee__name"]) if row["assignee__name"] else "",
        "may_take": row["assignee_id"] is None and row["status"] in Question.OPEN,
        "team": team.name if team else "",
        "received": wording.day(row["received_at"]),
        "is_confidential": row["is_confidential"],
        "contacts": ngettext("%(count)s contact", "%(count)s contacts", row["contact_count"])
        % {"count": row["contact_count"]}
        if row["contact_count"] > 2
        else "",
        "cursor": cursor,
    }


def deadline_of(row: dict[str, Any], house: Organisation, at: datetime) -> tuple[SafeString, str]:
    """The badge of a question in a list, and the small words beside it."""
    status, due_at = row["status"], row["due_at"]
    if status in ("closed", "cancelled"):
        return _settled(str(Question.Status(status).label), status), ""
    if due_at is None:
        if status == "waiting":
            return norm_clock(wording.deadline_words(None, "paused", at)), ""
        return mark_safe(""), _("no deadline")
    late = None
    if at >= due_at:
        calendar = house.calendar_of(row["team_id"]).rules
        late = calendar.working_days_between(wording.last_day(due_at), local_day(at))
    soon = row["soon_at"] is not None and at >= row["soon_at"]
    badge = wording.deadline_words(due_at, "soon" if soon else "running", at, late)
    return (norm_clock(badge), badge.note) if badge else (mark_safe(""), "")


def _settled(words: str, status: str) -> SafeString:
    css = "success" if status == "closed" else "inactive"
    return format_html('<span class="utrecht-status-badge utrecht-status-badge--{}">{}</span>', css, words)
