"""What stands around the rows of the queue: the settings and the counters, from one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from contacts.models import SavedView
from contacts.queue_filters import QueueFilters, due_between, due_span, with_term, within
from organisation.audit import WRITES_LOOK
from organisation.counts import CappedCount
from organisation.models import Membership, Municipality
from organisation.prepared import json_list, marked_user, run_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.snapshot import ORGANISATION, Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from contacts.querysets import QuestionQuerySet
    from organisation.models import User


MOST = 99

DAYS_AHEAD = 4


@dataclass(frozen=True)
class Around:
    """What stands around the rows: the settings and the counters, from one query."""

    house: Organisation
    counts: dict[str, str]
    members: list[dict[str, Any]]
    views: list[dict[str, Any]]


def capped(count: int) -> str:
    """`99+` beyond that: nobody needs the exact number, and no page counts a table."""
    return f"{MOST}+" if count > MOST else str(count)


SAME: Final = {
    "mijn": {"here_open": "mine"},
    "team": {"here_open": "team", "here_nobody": "team_nobody", "here_waiting": "team_waiting"},
    "alles": {"here_open": "all"},
}
"""On the page of a list without a chosen team: what its tab counts already."""


def around(filters: QueueFilters, user: User, at: datetime, look: Mapping[str, Any] | None = None) -> Around:
    """Settings, counters, colleagues and saved lists in one round trip; `look`: who looks, which is written along."""
    values: dict[str, Any] = {"at": at, "day": local_day(at), **user_values(user)}
    if filters.team is not None:
        values["team"] = filters.team
    for index, day in enumerate(days_ahead(at)):
        values[f"after_{index}"], values[f"until_{index}"] = due_span(day, at)
    shape = ("queue", user_shape(user), filters.scope, filters.team is not None)
    frame = WRITES_LOOK if look is not None else None
    row = (
        run_prepared(shape, lambda marks: _around(filters.scope, marked_user(user, marks), marks), values, frame, look)
        or {}
    )
    counts = {name.removeprefix("n_"): capped(count or 0) for name, count in row.items() if name.startswith("n_")}
    for name, same in _same(filters.scope, filters.team).items():
        if same in counts:
            counts[name] = counts[same]
    people: dict[int, dict[str, Any]] = {}
    for person in row.get("people") or []:
        people.setdefault(person["id"], person)
    return Around(
        ORGANISATION.get(row.get("config_version") or 0), counts, list(people.values()), row.get("lists") or []
    )


def _around(scope: str, user: User, marks: dict[str, Any]) -> QuerySet[Any]:
    """The statement; every value in it comes from `marks` or the person."""
    at, chosen_team = marks["at"], marks.get("team")
    here = _open(QueueFilters(scope=scope, team=chosen_team), user)
    team = _open(QueueFilters(), user)
    counted: dict[str, QuestionQuerySet] = {
        "here_late": with_term(here, "te_laat", at),
        "here_soon": here.counted_almost_due(at),
        "mine": _open(QueueFilters(scope="mijn"), user),
        "team": team,
        "team_nobody": team.filter(assignee__isnull=True),
        "team_waiting": team.filter(status="waiting"),
    }
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        counted["all"] = _open(QueueFilters(scope="alles"), user)
    of_list = {
        "here_open": here,
        "here_nobody": here.filter(assignee__isnull=True),
        "here_waiting": here.filter(status="waiting"),
    }
    same = _same(scope, chosen_team)
    counted |= {name: rows for name, rows in of_list.items() if same.get(name) not in counted}
    for index in range(DAYS_AHEAD + 1):
        counted[f"day_{index}"] = due_between(here, marks[f"after_{index}"], marks[f"until_{index}"])
    members = (
        Membership.objects.valid_on(marks["day"])
        .reading()
        .filter(team_id__in=[chosen_team] if chosen_team is not None else sorted(user.team_ids), user__is_active=True)
        .order_by("user__name", "user_id")
    )
    lists = SavedView.objects.filter(user=user).order_by("position", "id")[:20]
    return (
        Municipality.objects.filter(pk=1)
        .annotate(
            **{f"n_{name}": CappedCount(rows.values("pk")[: MOST + 1]) for name, rows in counted.items()},
            people=json_list(
                members,
                id="user_id",
                name="user__name",
                status="user__presence__status",
                seen="user__presence__changed_at",
            ),
            lists=json_list(lists, id="pk", name="name", query="query"),
        )
        .values("config_version", "people", "lists", *(f"n_{name}" for name in counted))
    )


def _same(scope: str, team: int | None) -> dict[str, str]:
    return SAME[scope] if team is None else {}


def _open(filters: QueueFilters, user: User) -> QuestionQuerySet:
    """Those of one person in the order of the index that begins with the person: without it PostgreSQL, which does not know how few
    somebody has, expects to meet a hundred soon and reads all that is open."""
    rows = within(filters, user).open()
    return rows.order_by("sort_at") if filters.scope == "mijn" else rows


def days_ahead(at: datetime) -> list[date]:
    """Today and the days after it, weekends left out; what is due on a holiday cannot exist."""
    day = local_day(at)
    days = [day]
    while len(days) <= DAYS_AHEAD:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days
