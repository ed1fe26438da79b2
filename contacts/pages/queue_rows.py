"""A row of the queue in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import keyset
from contacts.models import Question
from contacts.pages.question_link import question_href, quoted
from organisation import wording
from organisation.templatetags.opmeer import channel_icon, norm_clock
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from contacts.queue_filters import QueueFilters
    from organisation.snapshot import Organisation


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

_SALUTATIONS = {"mrs": "Mevr. ", "mr": "Dhr. "}


def joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


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
        "excerpt": " ".join(row["excerpt"].split())[:90],
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
