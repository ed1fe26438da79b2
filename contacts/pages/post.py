"""The post that came in as scans: what became of each, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.adapters.letter import ocr
from channels_app.models import Channel, InboundMessage
from channels_app.pages.scans import Folder, folder_state
from contacts.models import Question
from organisation import wording
from organisation.paging import Page, page_newest_first

if TYPE_CHECKING:
    from organisation.models import User

SIZE = 30
State, Outcome = InboundMessage.State, InboundMessage.Outcome


@dataclass(frozen=True)
class ScanRow:
    """`number` is empty while there is no question, or when this person may not open it; what the file is called then says nothing either."""

    name: str
    came: str
    pages: str
    stamp: str
    state: str
    state_word: str
    detail: str
    number: str
    title: str
    is_parked: bool
    pk: int
    waits_for_desk: bool = False


@dataclass(frozen=True)
class PostPage:
    scans: Page
    folder: Folder | None
    can_read: bool
    is_busy: bool
    """Something is being read: the page looks again by itself."""


def post_page(user: User, query: QueryDict, at: datetime) -> PostPage:
    """Four queries whatever there is."""
    rows = InboundMessage.objects.filter(channel=Channel.LETTER).exclude(outcome=Outcome.SPLIT)
    page = page_newest_first(rows, query, moment="id", size=SIZE)
    seen = Question.objects.visible_to(user).filter(contacts__inbound__in=[row.pk for row in page.rows])
    questions = {pk: (number, title) for pk, number, title in seen.values_list("contacts__inbound", "number", "title")}
    today = wording.local(at).date()
    shown = [_row(row, questions.get(row.pk, ("", "")), today) for row in page.rows]
    is_busy = any(row.state in (State.RECEIVED, State.PARSED) for row in page.rows)
    return PostPage(Page(shown, page.next_query, page.first_query), folder_state(at), ocr.can_read(), is_busy)


def _row(row: InboundMessage, question: tuple[str, str], today: date) -> ScanRow:
    facts: dict[str, Any] = row.parsed or {}
    number, title = question
    state, word = _state(row, number)
    is_hidden = row.outcome == Outcome.REGISTERED and not number
    count = int(facts.get("pages") or 0)
    stamp = facts.get("stamped_on") or facts.get("stamp_read") or ""
    return ScanRow(
        name=_("Confidential") if is_hidden else row.subject,
        came=wording.moment(row.taken_in_at, today),
        pages=ngettext("%(count)s page", "%(count)s pages", count) % {"count": count} if count else "",
        stamp=wording.day(date.fromisoformat(stamp), today) if stamp else "",
        state=state,
        state_word=word,
        detail=row.reason if row.state == State.PARKED else "",
        number=number,
        title=title,
        is_parked=row.state == State.PARKED,
        pk=row.pk,
        waits_for_desk=row.state == State.DONE and row.outcome == Outcome.DESK,
    )


def _state(row: InboundMessage, number: str) -> tuple[str, str]:
    match row.state, row.outcome:
        case State.PARKED, _outcome:
            return "danger", _("cannot be read")
        case State.DONE, Outcome.REGISTERED:
            return "success", _("registered") if number else _("registered, confidential")
        case State.DONE, Outcome.DESK:
            return "warning", str(Outcome.DESK.label)
        case State.DONE, _outcome:
            return "inactive", _("put away")
        case _:
            return "active", _("is being read")
