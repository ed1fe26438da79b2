"""The staff directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from organisation import wording
from organisation.alike import holds
from organisation.clock import local_day, now, today
from organisation.models import Membership, Presence, Team, User
from organisation.numbers import whole
from organisation.prepared import json_list, rows_prepared
from organisation.shell import PRESENCE_ON
from organisation.workdays import day_start

MOST = 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Colleague:
    pk: int
    name: str
    job_title: str
    teams: str
    phone: str
    phone_link: str
    room: str
    email: str
    knows: str
    state: str
    """on, busy or away: the colour of the dot; `status` is the word that goes with it."""
    status: str
    note: str


@dataclass(frozen=True)
class DirectoryPage:
    people: list[Colleague]
    here: int
    is_cut: bool
    teams: list[Team]


def directory_page(word: str, team: str, *, only_here: bool) -> DirectoryPage:
    """Everybody who may sign in, those who are there first, then by name."""
    found = _found(word.split()[:5], whole(team))
    people = [_colleague(row) for row in found[:MOST]]
    people.sort(key=lambda colleague: {"on": 0, "busy": 1}.get(colleague.state, 2))
    here = sum(1 for colleague in people if colleague.state != "away")
    if only_here:
        people = people[:here]
    return DirectoryPage(people, here, len(found) > MOST, list(Team.objects.filter(is_active=True)))


def _found(words: list[str], team_id: int | None) -> list[Row]:
    """One more than is shown. Of everybody the statement is kept; of a search it is made anew."""
    day = today()
    if not words and not team_id:
        values = {"day": day, "since": day_start(day)}
        return rows_prepared("directory", lambda marks: _rows(marks["day"], marks["since"])[: MOST + 1], values)
    rows = _rows(day, day_start(day))
    valid = Membership.objects.valid_on(day).filter(user=OuterRef("pk"))
    for part in words:
        in_team = Exists(valid.filter(holds(part, "team__name")))
        rows = rows.filter(holds(part, "name", "job_title", "knows_about") | in_team)
    if team_id:
        rows = rows.filter(Exists(valid.filter(team_id=team_id)))
    return list(rows[: MOST + 1])


def _rows(day: date, since: datetime) -> QuerySet[User, Row]:
    """Who is there today goes first: in a large house not everybody is shown."""
    is_here = Q(presence__changed_at__gte=since) & ~Q(presence__status=Presence.Status.AWAY)
    held = Membership.objects.valid_on(day).filter(user=OuterRef("pk"), team__isnull=False).order_by("pk")
    return (
        User.objects.filter(is_active=True)
        .order_by(Case(When(is_here, then=0), default=1), "name", "pk")
        .annotate(
            teams=json_list(held, name="team__name"),
            status=F("presence__status"),
            note=F("presence__note"),
            back_at=F("presence__back_at"),
            changed_at=F("presence__changed_at"),
        )
        .values(
            "id",
            "name",
            "job_title",
            "phone",
            "room",
            "email",
            "knows_about",
            "teams",
            "status",
            "note",
            "back_at",
            "changed_at",
        )
    )


def _colleague(row: Row) -> Colleague:
    state, status, note = _state(row)
    return Colleague(
        pk=row["id"],
        name=row["name"],
        job_title=row["job_title"],
        teams=", ".join(dict.fromkeys(team["name"] for team in row["teams"])),
        phone=row["phone"],
        phone_link="".join(c for c in row["phone"] if c.isdigit() or c == "+"),
        room=_("room %(room)s") % {"room": row["room"]} if row["room"][:1].isdigit() else row["room"],
        email=row["email"],
        knows=row["knows_about"],
        state=state,
        status=status,
        note=note,
    )


def _state(row: Row) -> tuple[str, str, str]:
    """Dot, word and note; what somebody said on another day no longer counts."""
    if row["changed_at"] is None or local_day(row["changed_at"]) != today():
        return "away", _("not seen today"), ""
    note, status = row["note"], Presence.Status(row["status"])
    if row["back_at"] and row["back_at"] > now():
        back = _("back at %(time)s") % {"time": wording.clock(row["back_at"])}
        note = f"{note}, {back}" if note else back
    if status == Presence.Status.AWAY:
        return "away", str(status.label), note
    return ("on" if status in PRESENCE_ON else "busy"), str(status.label), note
