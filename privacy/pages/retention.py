"""Terms and destruction lists in words."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from organisation.models import QuestionKind
from organisation.roles import Right
from organisation.workdays import local_day
from privacy.failures import lasting
from privacy.models import DestructionList, RetentionTerm
from privacy.pages.failures import failure_sentence
from privacy.pages.requests import GOES, STUCK, Line
from privacy.terms import FIXED, HOUSE, QUESTION, QUESTIONS, YEAR, Term, chosen, term_of

if TYPE_CHECKING:
    from organisation.models import User

State = DestructionList.State
MOST: Final = 50
SHOWN: Final = 200
"""Numbers of questions that the coordinator sees of a list; the rest are counted."""
BADGES: Final = {
    State.MADE: ("inactive", "list"),
    State.PROPOSED: ("warning", "hourglass"),
    State.APPROVED: ("inactive", "progress"),
    State.DONE: ("success", "check"),
    State.REFUSED: ("inactive", "x"),
}


@dataclass(frozen=True)
class TermRow:
    code: str
    name: str
    since: str
    kept: str
    days: int
    is_choice: bool
    """Our default, which the municipality may change."""
    proposed: str
    proposed_days: int | None
    by: str
    may_decide: bool
    job: str


def length(days: int) -> str:
    """`5 jaar` or `90 dagen`."""
    if days % YEAR == 0:
        years = days // YEAR
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def term_rows(user: User) -> tuple[list[TermRow], list[TermRow], list[TermRow]]:
    """Of questions (with kinds on one channel), of the rest, and what is fixed."""
    rows = {row.code: row for row in RetentionTerm.objects.select_related("proposed_by")}
    days = chosen()
    own = [one for one in (term_of(code) for code in sorted(rows) if code.count(".") == 2) if one is not None]
    questions = sorted([*QUESTIONS, *own], key=lambda one: ([q.code for q in QUESTIONS].index(_kind(one)), one.code))
    return (
        [_term(one, rows.get(one.code), days, user) for one in questions],
        [_term(one, rows.get(one.code), days, user) for one in HOUSE],
        [_term(one, None, days, user) for one in FIXED],
    )


def _kind(one: Term) -> str:
    return QUESTION + one.code.split(".")[1]


def _term(one: Term, row: RetentionTerm | None, days: dict[str, int], user: User) -> TermRow:
    in_force = days.get(one.code, one.days)
    is_proposed = row is not None and row.proposed_days is not None
    return TermRow(
        code=one.code,
        name=str(one.name),
        since=str(one.since),
        kept=length(in_force),
        days=in_force,
        is_choice=one.least > 0 and (row is None or row.days is None),
        proposed=length(row.proposed_days) if row is not None and row.proposed_days is not None else "",
        proposed_days=row.proposed_days if row is not None else None,
        by=row.proposed_by.name if is_proposed and row is not None and row.proposed_by else "",
        may_decide=is_proposed
        and user.may(Right.RETENTION_APPROVE)
        and row is not None
        and row.proposed_by_id != user.pk,
        job=one.job,
    )


@dataclass(frozen=True)
class ListRow:
    pk: int
    number: str
    state: str
    css: str
    icon: str
    made: str
    span: str
    size: str


@dataclass(frozen=True)
class ListPage:
    row: ListRow
    planned: tuple[Line, ...]
    destroyed: tuple[Line, ...]
    kept: str
    numbers: tuple[str, ...]
    """Empty for who may not see questions."""
    more: str
    proposed: str
    decided: str
    done: str
    remark: str
    may_propose: bool
    may_approve: bool
    failure: str
    """Why destroying does not succeed."""
    waits_for: str
    """Who goes first, for who cannot bring it a step further now."""


def list_rows(at: datetime) -> list[ListRow]:
    stuck = lasting(at)
    return [list_row(one, at, stuck) for one in DestructionList.objects.order_by("-made_at")[:MOST]]


def list_row(one: DestructionList, at: datetime, stuck: Container[str]) -> ListRow:
    """`stuck`: numbers of what does not succeed."""
    is_stuck = one.number in stuck
    colour, icon = STUCK if is_stuck else BADGES[State(one.state)]
    return ListRow(
        pk=one.pk,
        number=one.number,
        state=_("does not succeed") if is_stuck else str(one.get_state_display()),
        css=f"utrecht-status-badge--{colour}",
        icon=icon,
        made=wording.moment(one.made_at, local_day(at)),
        span=_("%(first)s to %(last)s") % {"first": wording.day(one.first_on), "last": wording.day(one.last_on)},
        size=wording.number(sum(one.planned.values())),
    )


def list_page(user: User, one: DestructionList, at: datetime) -> ListPage:
    is_open = one.state in (State.MADE, State.PROPOSED)
    may_see = user.may(Right.RETENTION_APPROVE)
    numbers: tuple[str, ...] = ()
    if may_see and is_open:
        numbers = tuple(one.entries.order_by("question").values_list("question__number", flat=True)[:SHOWN])
    total = sum(one.planned.values())
    stuck = lasting(at) if one.state == State.APPROVED else {}
    return ListPage(
        row=list_row(one, at, stuck),
        planned=_planned(one.planned),
        destroyed=tuple(
            Line(str(words), wording.number(one.counts[code])) for code, words in GOES.items() if one.counts.get(code)
        ),
        kept=wording.number(one.kept) if one.kept else "",
        numbers=numbers,
        more=wording.number(total - len(numbers)) if numbers and total > len(numbers) else "",
        proposed=_signed(one.proposed_by.name, one.proposed_at) if one.proposed_by else "",
        decided=_signed(one.decided_by.name, one.decided_at) if one.decided_by else "",
        done=wording.moment_long(one.done_at) if one.done_at else "",
        remark=one.remark,
        may_propose=one.state == State.MADE and user.may(Right.RETENTION_PROPOSE),
        may_approve=one.state == State.PROPOSED and may_see and one.proposed_by_id != user.pk,
        failure=failure_sentence(stuck.get(one.number)),
        waits_for=_waits_for(user, one),
    )


def _waits_for(user: User, one: DestructionList) -> str:
    if one.state == State.MADE and not user.may(Right.RETENTION_PROPOSE):
        return _(
            "This list waits for the administrator, who must propose it first. After that you approve or refuse it."
        )
    if one.state == State.PROPOSED and (not user.may(Right.RETENTION_APPROVE) or one.proposed_by_id == user.pk):
        return _("This list waits for the coordinator, who approves or refuses it.")
    return ""


def _planned(planned: dict[str, int]) -> tuple[Line, ...]:
    """A line for each kind of question, with its channels, most first."""
    kinds: dict[str, dict[str, int]] = {}
    for code, number in planned.items():
        kind, _dot, channel = code.partition(".")
        kinds.setdefault(kind, {})[channel] = number
    return tuple(
        Line(
            str(QuestionKind(kind).label),
            wording.number(sum(channels.values())),
            ", ".join(
                f"{wording.channel_inside(channel)} {wording.number(number)}"
                for channel, number in sorted(channels.items(), key=lambda one: -one[1])
            ),
        )
        for kind, channels in sorted(kinds.items(), key=lambda one: -sum(one[1].values()))
    )


def _signed(name: str, at: datetime | None) -> str:
    return f"{name}, {wording.moment_long(at)}"
