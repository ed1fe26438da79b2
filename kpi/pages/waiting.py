"""What waits now: the backlog and forecast as links to the queue's lists, and what is late longest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from contacts.actions.remind import may_remind
from contacts.queue_filters import NOBODY, QueueFilters
from kpi.measures.backlog import Load
from kpi.scope import Asked
from kpi.shares import count_words
from organisation import wording
from organisation.addresses import address
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class QueueLinks:
    """Addresses of the queue's lists that hold exactly what a number counts; empty for who may not open them."""

    asked: Asked
    house: Organisation
    is_open: bool
    user: User

    def to(self, *, term: str = "", assignee: str = "", status: str = "open", team_id: int | None = None) -> str:
        if not self.is_open:
            return ""
        base, team, subject, scope = self._fixed
        filters = QueueFilters(
            scope=scope,
            status=status,
            term=term,
            assignee=assignee,
            team=team_id or team,
            channel=self.asked.channel,
            subject=subject,
        )
        return f"{base}?{filters.query()}"

    @cached_property
    def _fixed(self) -> tuple[str, int | None, int | None, str]:
        """What is the same in every address: the page, the team and subject that were asked, and whose questions."""
        team = next((t.pk for t in self.house.teams.values() if t.code == self.asked.team), None)
        subject = next((s.pk for s in self.house.subjects.values() if s.code == self.asked.subject), None)
        scope = "alles" if self.user.may(Right.QUESTIONS_ALL_TEAMS) else "team"
        return address("contacts:queue"), team, subject, scope


@dataclass(frozen=True)
class LoadItem:
    count: str
    words: str
    href: str
    css: str = ""
    icon: str = ""


def load_items(
    total: Load,
    coming: Mapping[date, int],
    links: QueueLinks,
    today: date,
    hides_small: bool = False,
    hides_parts: bool = False,
) -> list[LoadItem]:
    """Backlog and forecast as links; each count is the length of the list behind it.

    `hides_parts`: what is open and late stands per team beside it, so a total under ten would tell what is hidden of the one team that has them.
    """
    items = [
        LoadItem(count_words(total.open, hides_parts), _("open"), links.to()),
        LoadItem(
            count_words(total.late, hides_parts),
            _("overdue"),
            links.to(term="te_laat"),
            "load__item--late" if total.late else "",
            "alert-triangle",
        ),
        LoadItem(
            count_words(total.soon, hides_small),
            _("almost due"),
            links.to(term="bijna"),
            "load__item--soon" if total.soon else "",
            "hourglass",
        ),
        LoadItem(count_words(total.unassigned, hides_small), _("without assignee"), links.to(assignee=NOBODY)),
        LoadItem(
            count_words(total.waiting, hides_small),
            _("waiting for customer"),
            links.to(status="waiting"),
            "load__item--pause" if total.waiting else "",
            "player-pause",
        ),
    ]
    for day, count in coming.items():
        name = _("today") if day == today else wording.day(day, today)
        items.append(
            LoadItem(count_words(count, hides_small), _("due %(day)s") % {"day": name}, links.to(term=day.isoformat()))
        )
    return items


@dataclass(frozen=True)
class LateRow:
    badge: wording.Badge | None
    title: str
    href: str
    team: str
    owner: str
    assign: str
    forward: str
    remind: str
    """Addresses of what can be done about it; empty for what this person may not."""


def late_rows(user: User, found: Sequence[dict[str, Any]], house: Organisation, at: datetime) -> list[LateRow]:
    """The questions that are late longest, with who holds them."""
    today = local_day(at)
    shown = []
    for row in found:
        last = wording.last_day(row["due_at"])
        late = house.calendar_of(row["team_id"]).rules.working_days_between(last, today)
        shown.append(
            LateRow(
                badge=wording.deadline_words(row["due_at"], "late", at, late),
                title=row["title"],
                href=address("contacts:question", row["number"]),
                team=house.teams[row["team_id"]].name if row["team_id"] in house.teams else "",
                owner=row["assignee__name"] or "",
                **_acts(user, row),
            )
        )
    return shown


def _acts(user: User, row: dict[str, Any]) -> dict[str, str]:
    if not user.may(Right.QUESTIONS_WRITE):
        return {"assign": "", "forward": "", "remind": ""}
    number = row["number"]
    gives = may_remind(user, row["team_id"])
    asks = gives and row["assignee_id"] not in (None, user.pk)
    return {
        "assign": address("contacts:question_act", number, "toewijzen") if gives else "",
        "forward": address("contacts:question_act", number, "doorzetten"),
        "remind": address("contacts:question_remind", number) if asks else "",
    }
