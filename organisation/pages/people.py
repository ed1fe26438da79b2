"""What the screens about colleagues show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisation import oidc, wording
from organisation.actions.role_requests import not_second, renewed_by
from organisation.actions.roles import HIGH
from organisation.clock import now, today
from organisation.models import Membership, RoleRequest, User
from organisation.roles import Role


@dataclass(frozen=True)
class PersonRow:
    pk: int
    name: str
    username: str
    email: str
    job_title: str
    roles: str
    is_active: bool


@dataclass(frozen=True)
class RoleRow:
    pk: int
    role: str
    team: str
    dates: str
    is_high: bool
    is_valid: bool


@dataclass(frozen=True)
class PersonPage:
    pk: int
    name: str
    username: str
    is_active: bool
    roles: list[RoleRow]
    has_second_factor: bool
    last_login: str
    password: str
    work_account: str
    """How the identity provider knows this person; empty: not linked."""
    has_work_accounts: bool


def person_row(person: User) -> PersonRow:
    """One line of the list; `valid_now` was fetched beforehand."""
    roles = ", ".join(role_words(membership) for membership in person.valid_now)  # type: ignore[attr-defined]
    return PersonRow(person.pk, person.name, person.username, person.email, person.job_title, roles, person.is_active)


def role_words(membership: Membership) -> str:
    """`Teamleider Openbare Ruimte`; a team that the role names already is not said twice."""
    role = str(Role(membership.role).label)
    if membership.team is None or role.endswith(membership.team.name):
        return role
    return f"{role} {membership.team.name}"


def person_page(person: User, *, has_second_factor: bool) -> PersonPage:
    day = today()
    rows = []
    for membership in person.memberships.select_related("team").order_by("role", "team__name"):
        rows.append(
            RoleRow(
                pk=membership.pk,
                role=str(Role(membership.role).label),
                team=membership.team.name if membership.team else "",
                dates=dates_words(membership.valid_from, membership.valid_until),
                is_high=membership.role in HIGH,
                is_valid=(membership.valid_from is None or membership.valid_from <= day)
                and (membership.valid_until is None or membership.valid_until > day),
            )
        )
    if person.one_time_until is not None:
        password = _("one-time password, valid until %(moment)s") % {"moment": wording.moment(person.one_time_until)}
    elif person.password_changed_at is not None:
        password = _("changed %(moment)s") % {"moment": wording.moment(person.password_changed_at)}
    else:
        password = _("set")
    return PersonPage(
        pk=person.pk,
        name=person.name,
        username=person.username,
        is_active=person.is_active,
        roles=rows,
        has_second_factor=has_second_factor,
        last_login=wording.moment(person.last_login) if person.last_login else _("never"),
        password=password,
        work_account=person.oidc_subject,
        has_work_accounts=oidc.is_on(),
    )


@dataclass(frozen=True)
class RequestRow:
    """A role that waits for a second administrator."""

    pk: int
    person_pk: int
    name: str
    role: str
    dates: str
    asked: str
    until: str
    may_confirm: bool
    is_mine: bool
    why_not: str
    """Why this administrator cannot be the second one."""
    command: str
    """Which command confirms it on the server, when no other administrator can."""


def waiting_roles(viewer: User, requests: QuerySet[RoleRequest]) -> list[RequestRow]:
    """What waits, oldest first, with what the viewer may do about it."""
    rows = []
    found = list(requests.select_related("user", "team", "asked_by"))
    administrators = Membership.objects.valid_on(today()).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    able = set(administrators.values_list("user_id", flat=True)) if found else set()
    renewed = {asker: renewed_by(asker, able, now()) for asker in {request.asked_by_id for request in found}}
    for request in found:
        under = renewed[request.asked_by_id]
        others = able - under - {request.asked_by_id, request.user_id}
        team = f" {request.team.name}" if request.team else ""
        rows.append(
            RequestRow(
                pk=request.pk,
                person_pk=request.user_id,
                name=request.user.name,
                role=f"{request.get_role_display()}{team}",
                dates=dates_words(request.valid_from, request.valid_until),
                asked=_("asked by %(name)s, %(moment)s")
                % {"name": request.asked_by.name, "moment": wording.moment(request.asked_at)},
                until=wording.moment(request.expires_at),
                may_confirm=viewer.pk in others,
                is_mine=request.asked_by_id == viewer.pk,
                why_not=not_second(request.asked_by) if viewer.pk in under else "",
                command="" if others else f"confirm_role {request.pk}",
            )
        )
    return rows


def dates_words(start: date | None, end: date | None, day: Callable[[date | None], str] = wording.day) -> str:
    """`day` writes a date."""
    if start and end:
        return _("%(start)s until %(end)s") % {"start": day(start), "end": day(end)}
    if start:
        return (
            _("since %(start)s") % {"start": day(start)}
            if start <= today()
            else _("from %(start)s") % {"start": day(start)}
        )
    return _("until %(end)s") % {"end": day(end)} if end else _("always")
