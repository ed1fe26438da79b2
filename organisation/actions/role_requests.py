"""A role with high rights takes effect when a second administrator confirms it; asking, confirming, refusing, withdrawing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from organisation import audit
from organisation.actions.roles import check_role, grant, grant_privacy_officer, may_change
from organisation.clock import today
from organisation.errors import Refused
from organisation.models import AuditEntry, Membership, RoleRequest, Team, User
from organisation.models.role_request import PRIVACY_OFFICER
from organisation.roles import Right, Role
from organisation.signals import role_waits

WAITS = timedelta(days=7)
NOT_TRUSTED = timedelta(days=7)
"""Who got a new password or a work account, or lost the second factor, through the asker does not confirm for the asker in this time."""
State = RoleRequest.State


@transaction.atomic
def ask_role(
    *,
    person: User,
    role: str,
    team: Team | None,
    by: User,
    at: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleRequest:
    """Waits seven days for a second administrator; the same role cannot wait twice."""
    may_change(person, by)
    team = None if role == PRIVACY_OFFICER else check_role(role, team, valid_from, valid_until)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # two who ask at once come one after the other
    for former in RoleRequest.objects.filter(user=person, team=team, role=role, state=State.WAITING):
        if former.expires_at > at:
            field = "is_privacy_officer" if role == PRIVACY_OFFICER else "role"
            raise Refused(_("This role already waits for a second administrator."), field)
        _settle(former, State.EXPIRED, by=None, at=at)
    request = RoleRequest.objects.create(
        user=person,
        team=team,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
        asked_by=by,
        asked_at=at,
        expires_at=at + WAITS,
    )
    _record(request, "role.asked", by)
    role_waits.send(RoleRequest, request=request, at=at)
    return request


@transaction.atomic
def confirm_role(*, pk: int, by: User | None, at: datetime) -> None:
    """The role counts from now on. `by` None: on the server itself, for an installation with one administrator."""
    request = _locked(pk, at)
    if by is not None:
        may_change(request.user, by)
        if request.asked_by_id == by.pk:
            raise Refused(_("You asked for this yourself. Another administrator must confirm it."))
        _not_under_the_asker(request, by, at)
    asker_stays = request.asked_by.is_active and Membership.objects.valid_on(today()).filter(
        user=request.asked_by, role=Role.ADMINISTRATOR
    )
    if not asker_stays:
        raise Refused(_("Who asked for this is no longer an administrator. Ask again, or refuse it."))
    if request.role == PRIVACY_OFFICER:
        grant_privacy_officer(person=request.user, by=by, asked_by=request.asked_by_id)
    else:
        grant(
            person=request.user,
            role=request.role,
            team=check_role(request.role, request.team, request.valid_from, request.valid_until),
            by=by,
            valid_from=request.valid_from,
            valid_until=request.valid_until,
            asked_by=request.asked_by_id,
        )
    _settle(request, State.CONFIRMED, by=by, at=at)


@transaction.atomic
def refuse_role(*, pk: int, by: User, at: datetime) -> RoleRequest:
    """It does not happen: refused by another administrator, or withdrawn by who asked."""
    if not by.may(Right.PEOPLE_WRITE):
        raise Refused(_("You may not change people."))
    request = _locked(pk, at)
    is_own = request.asked_by_id == by.pk
    _settle(request, State.WITHDRAWN if is_own else State.REFUSED, by=by, at=at)
    _record(request, "role.withdrawn" if is_own else "role.refused", by)
    return request


@transaction.atomic
def expire_roles(*, at: datetime) -> int:
    """What waited too long waits no more; gives how many. Safe to run twice at once."""
    late = RoleRequest.objects.filter(state=State.WAITING, expires_at__lte=at).select_for_update(skip_locked=True)
    for request in late:
        _settle(request, State.EXPIRED, by=None, at=at)
    return len(late)


def _locked(pk: int, at: datetime) -> RoleRequest:
    """The request, held until the end of the transaction; refuses what is settled or too old."""
    request = RoleRequest.objects.select_for_update(of=("self",)).select_related("user", "team", "asked_by").get(pk=pk)
    if request.state != State.WAITING:
        raise Refused(_("Somebody else has already decided about this role."))
    if request.expires_at <= at:
        raise Refused(_("This waited longer than 7 days. Ask for the role again."))
    return request


def _not_under_the_asker(request: RoleRequest, by: User, at: datetime) -> None:
    """An administrator can sign in as a colleague whose password they renewed, or whose work account they named: that is no second person."""
    if renewed_by(request.asked_by_id, {by.pk}, at):
        raise Refused(not_second(request.asked_by))


def renewed_by(asker_id: int, people: set[int], at: datetime) -> set[int]:
    """Those of these people who are no second person beside the asker: their password, second factor or work account came from there."""
    renewed = AuditEntry.objects.filter(
        object_type=User._meta.label_lower,
        object_id__in=[str(pk) for pk in people],
        user_id=asker_id,
        action__in=("password.given", "second_factor.removed", "account.linked"),
        at__gt=at - NOT_TRUSTED,
    )
    return {int(pk) for pk in renewed.values_list("object_id", flat=True).distinct()}


def not_second(asker: User) -> str:
    """Why who is told this does not confirm for the asker."""
    return _("%(name)s renewed your password, second factor or work account this week. Let somebody else decide.") % {
        "name": asker.name
    }


def _settle(request: RoleRequest, state: str, *, by: User | None, at: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, by, at
    request.save(update_fields=["state", "decided_by", "decided_at"])
    role_waits.send(RoleRequest, request=request, at=at)


def _record(request: RoleRequest, action: str, by: User) -> None:
    team = request.team.code if request.team else ""
    audit.record(by=by, action=action, obj=request.user, role=str(request.role), team=team)
