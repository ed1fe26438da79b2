"""The staff directory."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from organisation import wording
from organisation.clock import local_day, now, today
from organisation.models import Membership, Presence, Team, User
from organisation.numbers import whole
from organisation.shell import PRESENCE_ON

MOST = 200


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
    valid = Membership.objects.valid_on(today()).select_related("team")
    rows = User.objects.filter(is_active=True)
    for part in word.split()[:5]:
        in_team = Membership.objects.valid_on(today()).filter(user=OuterRef("pk"), team__name__icontains=part)
        rows = rows.filter(
            Q(name__icontains=part) | Q(job_title__icontains=part) | Q(knows_about__icontains=part) | Exists(in_team)
        )
    if team_id := whole(team):
        rows = rows.filter(Exists(Membership.objects.valid_on(today()).filter(user=OuterRef("pk"), team_id=team_id)))
    found = list(
        rows.select_related("presence")
        .prefetch_related(Prefetch("memberships", valid, to_attr="valid_now"))
        .order_by("name", "pk")[: MOST + 1]
    )
    people = [_colleague(user) for user in found[:MOST]]
    people.sort(key=lambda colleague: {"on": 0, "busy": 1}.get(colleague.state, 2))
    here = sum(1 for colleague in people if colleague.state != "away")
    if only_here:
        people = [colleague for colleague in people if colleague.state != "away"]
    return DirectoryPage(people, here, len(found) > MOST, list(Team.objects.filter(is_active=True)))


def _colleague(user: User) -> Colleague:
    state, status, note = state_of(getattr(user, "presence", None))
    teams = dict.fromkeys(m.team.name for m in user.valid_now if m.team)  # type: ignore[attr-defined]
    return Colleague(
        pk=user.pk,
        name=user.name,
        job_title=user.job_title,
        teams=", ".join(teams),
        phone=user.phone,
        phone_link="".join(c for c in user.phone if c.isdigit() or c == "+"),
        room=_("room %(room)s") % {"room": user.room} if user.room[:1].isdigit() else user.room,
        email=user.email,
        knows=user.knows_about,
        state=state,
        status=status,
        note=note,
    )


def state_of(presence: Presence | None) -> tuple[str, str, str]:
    """Dot, word and note; what somebody said on another day no longer counts."""
    if presence is None or local_day(presence.changed_at) != today():
        return "away", _("not seen today"), ""
    note = presence.note
    if presence.back_at and presence.back_at > now():
        back = _("back at %(time)s") % {"time": wording.clock(presence.back_at)}
        note = f"{note}, {back}" if note else back
    if presence.status == Presence.Status.AWAY:
        return "away", str(presence.get_status_display()), note
    return ("on" if presence.status in PRESENCE_ON else "busy"), str(presence.get_status_display()), note
