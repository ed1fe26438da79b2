"""The letters that we made: which wait to be posted, which were posted, and one of them with its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.actions.letter_questions import letters_of
from contacts.actions.unpost_letter import may_unpost
from contacts.models import OutgoingLetter
from contacts.pages.question_link import question_href
from organisation import wording
from organisation.addresses import address
from organisation.paging import Page, page_newest_first
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

State = OutgoingLetter.State
MOST = 200
SIZE = 50
CODES = ("te-versturen", "gepost", "ingetrokken")
STATES = {"te-versturen": State.WAITING, "gepost": State.POSTED, "ingetrokken": State.WITHDRAWN}


@dataclass(frozen=True)
class LetterRow:
    pk: int
    href: str
    about: str
    number: str
    question_href: str
    kind: str
    recipient: str
    team: str
    made: str
    is_late: bool
    printed: str
    settled: str


@dataclass(frozen=True)
class LettersPage:
    show: str
    tabs: list[tuple[str, str, str]]
    title: str
    rows: list[LetterRow]
    pages: Page
    has_more: bool
    """Waiting letters beyond the most that one page takes."""
    today: str
    first_day: str
    may_write: bool
    may_bring: bool


def letters_page(user: User, query: QueryDict, at: datetime) -> LettersPage:
    """Two queries whatever there is. Waiting: oldest first, on one page; the others newest first."""
    show = query.get("toon", "") if query.get("toon") in STATES else CODES[0]
    rows = letters_of(user).filter(state=STATES[show])
    shown = rows.select_related("settled_by").annotate(number=F("question__number"), team_pk=F("question__team_id"))
    today = local_day(at)
    has_more = False
    if show == CODES[0]:
        found = list(shown.order_by("made_at", "pk")[: MOST + 1])
        has_more, found = len(found) > MOST, found[:MOST]
        pages = Page(found, "", "")
    else:
        pages = page_newest_first(shown, query, moment="settled_at", size=SIZE)
        found = pages.rows
    late = sum(row.post_by <= at for row in found) if show == CODES[0] else 0
    base = reverse("contacts:letters")
    words = (_("Still to be posted"), _("Posted"), _("Withdrawn"))
    return LettersPage(
        show=show,
        tabs=[
            (code, word, f"{base}?toon={code}" if code != CODES[0] else base)
            for code, word in zip(CODES, words, strict=True)
        ],
        title=_title(show, len(found), late, has_more=has_more),
        rows=[_row(row, at, today) for row in found],
        pages=pages,
        has_more=has_more,
        today=today.isoformat(),
        first_day=min((local_day(row.made_at) for row in found), default=today).isoformat(),
        may_write=user.may(Right.QUESTIONS_WRITE),
        may_bring=user.may(Right.QUESTIONS_ALL_TEAMS),
    )


def _title(show: str, count: int, late: int, *, has_more: bool) -> str:
    if show != CODES[0]:
        return _("Letters that were posted") if show == CODES[1] else _("Letters that were withdrawn")
    if not count:
        return _("Every letter is posted")
    words = (
        _("More than %(count)s letters wait to be posted")
        if has_more
        else ngettext("%(count)s letter waits to be posted", "%(count)s letters wait to be posted", count)
    ) % {"count": count}
    if not late:
        return words
    return f"{words}, {ngettext('%(count)s of them too long', '%(count)s of them too long', late) % {'count': late}}"


def _row(row: Any, at: datetime, today: date) -> LetterRow:
    team = organisation().teams.get(row.team_pk)
    settled = ""
    if row.settled_at is not None:
        when = wording.day(row.posted_on, today) if row.posted_on else wording.moment(row.settled_at, today)
        settled = f"{when}, {row.settled_by}" if row.settled_by else when
    return LetterRow(
        pk=row.pk,
        href=address("contacts:letter_out", row.pk),
        about=row.about,
        number=row.number,
        question_href=question_href(row.number),
        kind=str(OutgoingLetter.Kind(row.kind).label),
        recipient=row.recipient.replace("\n", ", "),
        team=team.name if team else "",
        made=wording.moment(row.made_at, today),
        is_late=row.state == State.WAITING and row.post_by <= at,
        printed=wording.moment(row.printed_at, today) if row.printed_at else "",
        settled=settled,
    )


@dataclass(frozen=True)
class Step:
    when: str
    who: str
    words: str


@dataclass(frozen=True)
class LetterPage:
    """One letter. `may_correct`: this person may say that it was not posted after all, or on another day."""

    row: LetterRow
    lines: list[str]
    text: str
    state: str
    state_css: str
    state_words: str
    post_by: str
    steps: list[Step]
    first_day: str
    today: str
    is_waiting: bool
    is_posted: bool
    may_write: bool
    may_correct: bool
    may_continue: bool
    """A withdrawn letter whose question is open: its text can go on."""


def letter_page(user: User, letter: OutgoingLetter, at: datetime) -> LetterPage:
    """Two queries."""
    today = local_day(at)
    shown: Any = letter
    shown.number, shown.team_pk = letter.question.number, letter.question.team_id
    css = {State.WAITING: "active", State.POSTED: "success", State.WITHDRAWN: "inactive"}[State(letter.state)]
    may_write = user.may(Right.QUESTIONS_WRITE)
    row = _row(shown, at, today)
    return LetterPage(
        row=row,
        lines=letter.recipient.split("\n"),
        text=letter.text,
        state=letter.state,
        state_css="danger" if row.is_late else css,
        state_words=str(State(letter.state).label),
        post_by=wording.day(wording.last_day(letter.post_by), today),
        steps=_steps(letter, today),
        first_day=local_day(letter.made_at).isoformat(),
        today=today.isoformat(),
        is_waiting=letter.state == State.WAITING,
        is_posted=letter.state == State.POSTED,
        may_write=may_write,
        may_correct=may_write and letter.state == State.POSTED and may_unpost(user, letter, at),
        may_continue=may_write and letter.state == State.WITHDRAWN and letter.question.is_open,
    )


def _steps(letter: OutgoingLetter, today: date) -> list[Step]:
    rows = letter.history.select_related("history_user").order_by("history_date", "history_id")  # type: ignore[attr-defined]
    return [
        Step(
            wording.moment(one.history_date, today),
            str(one.history_user or _("the machine")),
            _step_words(one.history_change_reason or "", one.posted_on, today),
        )
        for one in rows[:100]
    ]


def _step_words(reason: str, posted_on: date | None, today: date) -> str:
    code, _colon, why = reason.partition(": ")
    day = wording.day(posted_on, today) if posted_on else ""
    words = {
        "made": _("Letter made"),
        "printed": _("Printed"),
        "posted": _("Posted on %(day)s") % {"day": day},
        "other day": _("Posted on another day: %(day)s") % {"day": day},
        "undone": _("Undone: not posted yet"),
        "not posted": _("Not posted after all: %(why)s") % {"why": why},
        "withdrawn": _("Withdrawn"),
        "merged": _("Goes on with the question that stayed"),
        "wiped": _("Wiped"),
    }
    return words.get(code, reason)
