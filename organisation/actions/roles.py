"""Giving and taking roles; nobody changes their own, and the house never stays without an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from organisation import audit, wording
from organisation.clock import today
from organisation.errors import Refused
from organisation.models import Membership, Team, User
from organisation.models.role_request import PRIVACY_OFFICER
from organisation.roles import Right, Role
from organisation.sessions import end_sessions

WITHOUT_TEAM = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
HIGH = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.DIRECTOR})
"""Given by two: `organisation.actions.role_requests`."""


@transaction.atomic
def give_role(
    *,
    person: User,
    role: str,
    team: Team | None,
    by: User,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """From now on (or from a date, until a date) this person has the role; giving the same one again changes its dates."""
    may_change(person, by)
    if role in HIGH:
        raise Refused(_("A second administrator must confirm this role."), "role")
    team = check_role(role, team, valid_from, valid_until)
    return grant(person=person, role=role, team=team, by=by, valid_from=valid_from, valid_until=valid_until)


def check_role(role: str, team: Team | None, valid_from: date | None, valid_until: date | None) -> Team | None:
    """The team in which the role counts; refuses what cannot be."""
    if role in WITHOUT_TEAM:
        team = None
    elif team is None:
        raise Refused(_("Choose the team in which this person has the role."), "team")
    if valid_from and valid_until and valid_until <= valid_from:
        raise Refused(_("The last day must lie after the first."), "valid_until")
    return team


def grant(
    *,
    person: User,
    role: str,
    team: Team | None,
    by: User | None,
    valid_from: date | None,
    valid_until: date | None,
    **detail: object,
) -> Membership:
    """Writes the role; who may was asked before, and the caller holds the transaction."""
    with _an_administrator_stays():
        membership, is_new = Membership.objects.get_or_create(
            user=person, team=team, role=role, defaults={"valid_from": valid_from, "valid_until": valid_until}
        )
        if not is_new:
            membership.valid_from, membership.valid_until = valid_from, valid_until
            membership.save()
    audit.record_account(
        by=by,
        action="role.given_high" if role in HIGH else "role.given",
        person=person,
        role=str(role),
        team=team.code if team else "",
        valid_from=str(valid_from or ""),
        valid_until=str(valid_until or ""),
        **detail,
    )
    return membership


def grant_privacy_officer(*, person: User, by: User | None, **detail: object) -> None:
    """May read the log of who looked at which customer; who may was asked before, and the caller holds the transaction."""
    person.is_privacy_officer = True
    person.version += 1
    person.save(update_fields=["is_privacy_officer", "version"])
    audit.record_account(by=by, action="role.given_high", person=person, role=PRIVACY_OFFICER, team="", **detail)


@transaction.atomic
def take_role(*, membership: Membership, by: User) -> None:
    """The person has the role no longer."""
    may_change(membership.user, by)
    team = membership.team.code if membership.team else ""
    with _an_administrator_stays():
        membership.delete()
    audit.record_account(by=by, action="role.taken", person=membership.user, role=membership.role, team=team)


@transaction.atomic
def set_active(*, person: User, is_active: bool, by: User) -> None:
    """Lets somebody in or keeps them out; the next request of who is out is refused."""
    may_change(person, by)
    _one_after_the_other()
    person.is_active = is_active
    person.version += 1
    person.save(update_fields=["is_active", "version"])
    if not is_active:
        end_sessions(person.pk)  # else one that was stolen would open again on the day the person may come back
    audit.record(by=by, action="person.activated" if is_active else "person.deactivated", obj=person)
    _keep_an_administrator()


def may_change(person: User, by: User) -> None:
    """Refuses who may not change people, and everybody for themselves."""
    if not by.may(Right.PEOPLE_WRITE):
        raise Refused(_("You may not change people."))
    if person.pk == by.pk:
        raise Refused(_("You cannot change your own roles or access. Ask another administrator."))


def _one_after_the_other() -> None:
    """Two administrators who take each other's role at one moment would both still see the other."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))


@contextmanager
def _an_administrator_stays() -> Iterator[None]:
    """Around a change of roles. With an end date each, all administrators would be gone on a day on which nobody can give the role any more."""
    _one_after_the_other()
    before = _nobody_from()
    yield
    _keep_an_administrator()
    if before == date.max and (day := _nobody_from()) < before:
        sentence = _("From %(day)s nobody would be functional administrator. Give somebody that role for good first.")
        raise Refused(sentence % {"day": wording.day(day)})


def _keep_an_administrator() -> None:
    """Judged after the change, inside its transaction. Who must be kept out at once may be the only one without an end date."""
    if _nobody_from() <= today():
        raise Refused(_("Somebody must stay functional administrator. Give that role to somebody else first."))


def _nobody_from() -> date:
    """The first day from today on which nobody is administrator; `date.max` when there is none."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    held = [(first or date.min, end or date.max) for first, end in rows.values_list("valid_from", "valid_until")]
    day = today()
    while reached := [end for first, end in held if first <= day < end]:
        day = max(reached)
    return day
