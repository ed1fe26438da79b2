"""Teams and employees of the demo municipality."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Count

from contacts.demo.staff import PEOPLE, SC, TEAMS
from organisation.bulk import history_of, insert_rows
from organisation.models import Membership, Presence, Team, User
from organisation.roles import Role

AT_THE_PHONE = (Role.FRONT_OFFICE, Role.COORDINATOR)
"""Whose phone rings when somebody calls."""


@dataclass
class People:
    """Teams by code and people by sign-in name; `desk` take contacts, `members` answer per team."""

    teams: dict[str, Team] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    desk: list[User] = field(default_factory=list)
    members: dict[int, list[User]] = field(default_factory=dict)
    leads: dict[int, User] = field(default_factory=dict)


def give_password() -> bool:
    """Whoever still has the password that all began with gets that of DEMO_PASSWORD, which the page of signing in names."""
    shared = User.objects.filter(username__in=[person[0] for person in PEOPLE]).exclude(password="").values("password")
    most = shared.annotate(times=Count("pk")).filter(times__gt=1).order_by("-times").first()
    if most is None or check_password(settings.DEMO_PASSWORD, most["password"]):
        return False
    User.objects.filter(password=most["password"]).update(password=make_password(settings.DEMO_PASSWORD))
    return True


def add_people(*, at: datetime) -> People:
    """Writes teams, accounts, roles and presence; the password is hashed once, hashing is slow on purpose."""
    people = People()
    since = at - timedelta(days=800)
    for code, name in TEAMS:
        team = Team(name=name, code=code, email=f"{code}@opmeer.example", is_front_office=code == SC)
        people.teams[code] = team
    Team.objects.bulk_create(people.teams.values())
    password = make_password(settings.DEMO_PASSWORD)
    for username, name, title, room, phone, roles, _presence, _note, knows in PEOPLE:
        people.users[username] = User(
            username=username,
            name=name,
            email=f"{username}@opmeer.example",
            password=password,
            job_title=title,
            room=room,
            phone=f"0226 36 {phone[:2]} {phone[2:]}",
            extension=phone if any(role in AT_THE_PHONE for role, _code in roles) else "",
            knows_about=knows,
            created_at=since,
            last_login=at - timedelta(hours=15),
            password_changed_at=since,
        )
    User.objects.bulk_create(people.users.values())
    memberships, presences = [], []
    for username, _name, _title, _room, _phone, roles, status, note, _knows in PEOPLE:
        user = people.users[username]
        presences.append(Presence(user=user, status=status, note=note, changed_at=at))
        for role, code in roles:
            memberships.append(Membership(user=user, team=people.teams[code] if code else None, role=role))
            if role == Role.FRONT_OFFICE:
                people.desk.append(user)
            elif role in (Role.TEAM_MEMBER, Role.TEAM_LEAD) and code:
                people.members.setdefault(people.teams[code].pk, []).append(user)
            if role == Role.TEAM_LEAD and code:
                people.leads[people.teams[code].pk] = user
    Membership.objects.bulk_create(memberships)
    Presence.objects.bulk_create(presences)
    front = people.teams[SC]
    people.members[front.pk] = [people.users[name] for name in ("fatima", "mees", "anouk", "daan")]
    insert_rows(history_of([*people.teams.values()], by=None, at=since))
    insert_rows(history_of([*people.users.values()], by=None, at=since))
    insert_rows(history_of(memberships, by=None, at=since))
    return people
