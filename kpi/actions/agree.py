"""Writes down what is agreed with a team, changes it with a reason, and ends it; the leads of the team read of each in a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.actions.tell_employees import tell_employees
from contacts import normalize
from kpi.models import TeamAgreement
from kpi.promises import offered
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.models import Membership, Team, User
from organisation.roles import Right, Role
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

EARLIEST: Final = timedelta(days=3660)
LONGEST: Final = timedelta(days=1100)
SUBJECTS: Final[dict[str, Words]] = {
    "made": lazy("There is an agreement with your team"),
    "changed": lazy("The agreement with your team has changed"),
    "ended": lazy("The agreement with your team ends"),
}


@dataclass(frozen=True)
class Terms:
    """What the coordinator fills in."""

    agreed_with: int
    norms: tuple[str, ...]
    text: str
    support: str
    starts_on: date
    ends_on: date | None
    review_on: date


def get_agreement(user: User, pk: int) -> TeamAgreement:
    """404 for an agreement that this person does not see."""
    found = TeamAgreement.objects.visible_to(user).select_related("team", "agreed_with").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def people_of(team_id: int, day: date) -> list[User]:
    """With whom can be agreed: who works in the team on that day, those who lead it first."""
    rows = Membership.objects.valid_on(day).filter(team_id=team_id, user__is_active=True).select_related("user")
    found = {row.user_id: row.user for row in sorted(rows, key=lambda row: (row.role != Role.TEAM_LEAD, row.user.name))}
    return list(found.values())


def leads_of(team_id: int, day: date) -> list[User]:
    rows = Membership.objects.valid_on(day).filter(team_id=team_id, role=Role.TEAM_LEAD, user__is_active=True)
    return list({row.user_id: row.user for row in rows.select_related("user").order_by("user_id")}.values())


@one_transaction
def make_agreement(*, team: Team, terms: Terms, by: User, at: datetime, is_told: bool = True) -> TeamAgreement:
    """One agreement with a team at a time."""
    _may(by)
    today = local_day(at)
    if not team.is_active:
        raise Refused(_("Choose a team that is in use."))
    made = TeamAgreement(team=team, version=0)
    _fill(made, terms, today, people={one.pk for one in people_of(team.pk, today)})
    if made.review_on < today:
        raise Refused(_("Choose a day from today on."), "review_on")
    _save(made, by=by, at=at, act="agreement.made")
    if is_told:
        _tell(made, "made", by=by, at=at)
    return made


@one_transaction
def change_agreement(*, pk: int, terms: Terms, reason: str, version: int, by: User, at: datetime) -> TeamAgreement:
    """With a reason, which stands in the history; an agreement that is over stays as it was."""
    fresh = locked(pk, version, by)
    today = local_day(at)
    if fresh.ends_on is not None and fresh.ends_on < today:
        raise Refused(_("This agreement has ended. Make a new one."))
    before = _terms_of(fresh)
    _fill(fresh, terms, today, people={fresh.agreed_with_id, *(one.pk for one in people_of(fresh.team_id, today))})
    if _terms_of(fresh) == before:
        return fresh
    why = normalize.clean_line(reason, 100)
    if not why:
        raise Refused(_("Write down why the agreement changes."), "reason")
    if fresh.review_on != before.review_on and fresh.review_on < today:
        raise Refused(_("Choose a day from today on."), "review_on")
    _save(fresh, by=by, at=at, act="agreement.changed", reason=why)
    _tell(fresh, "changed", by=by, at=at)
    return fresh


@one_transaction
def end_agreement(
    *, pk: int, ends_on: date, reason: str, version: int, by: User, at: datetime, is_told: bool = True
) -> TeamAgreement:
    """From the day after its last day on only the norms that hold for everybody, or for the team, are left."""
    fresh = locked(pk, version, by)
    today = local_day(at)
    if fresh.ends_on is not None and fresh.ends_on < today:
        raise Refused(_("This agreement has ended already."))
    if not fresh.starts_on <= ends_on <= today + LONGEST:
        raise Refused(_("Choose a day after the agreement began, at most three years ahead."), "ends_on")
    why = normalize.clean_line(reason, 300)
    if not why:
        raise Refused(_("Write down why the agreement ends."), "end_reason")
    fresh.ends_on, fresh.end_reason = ends_on, why
    _no_other(fresh)
    _save(fresh, by=by, at=at, act="agreement.ended", reason=why[:100])
    if is_told:
        _tell(fresh, "ended", by=by, at=at)
    return fresh


def locked(pk: int, version: int, by: User) -> TeamAgreement:
    """The row for whoever may write it, as it was seen."""
    _may(by)
    fresh = TeamAgreement.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
    if fresh is None:
        raise Http404
    if fresh.version != version:
        raise Stale(_("A colleague changed this agreement in the meantime."), fresh)
    return fresh


def _may(by: User) -> None:
    if not by.may(Right.AGREEMENTS_WRITE):
        raise PermissionDenied


def _terms_of(row: TeamAgreement) -> Terms:
    return Terms(row.agreed_with_id, tuple(row.norms), row.text, row.support, row.starts_on, row.ends_on, row.review_on)


def _fill(row: TeamAgreement, terms: Terms, today: date, people: set[int]) -> None:
    house = organisation()
    if terms.agreed_with not in people:
        raise Refused(_("Choose somebody who works in this team."), "agreed_with")
    known = {one.key for one in offered(row.team_id, max(today, terms.starts_on), house)} | set(row.norms)
    if not terms.norms or set(terms.norms) - known:
        raise Refused(_("Choose at least one norm from the list."), "norms")
    text = normalize.clean(terms.text, 4000)
    if not text:
        raise Refused(_("Write in words what is agreed."), "text")
    if not today - EARLIEST <= terms.starts_on <= today + LONGEST:
        raise Refused(_("Choose a day in the last ten or the next three years."), "starts_on")
    if terms.ends_on is not None and not terms.starts_on <= terms.ends_on <= today + EARLIEST:
        raise Refused(_("The last day lies after the first, within ten years."), "ends_on")
    if not terms.starts_on < terms.review_on <= today + LONGEST:
        raise Refused(_("Choose a day after the agreement began, at most three years ahead."), "review_on")
    row.agreed_with_id, row.norms = terms.agreed_with, list(dict.fromkeys(terms.norms))
    row.text, row.support = text, normalize.clean(terms.support, 4000)
    row.starts_on, row.ends_on, row.review_on = terms.starts_on, terms.ends_on, terms.review_on
    if row.ends_on is None:
        row.end_reason = ""
    _no_other(row)


def _no_other(row: TeamAgreement) -> None:
    """Two at once wait for each other at the row of the team."""
    Team.objects.select_for_update().get(pk=row.team_id)
    for other in TeamAgreement.objects.filter(team_id=row.team_id).exclude(pk=row.pk):
        begins_before = row.ends_on is None or other.starts_on <= row.ends_on
        ends_after = other.ends_on is None or other.ends_on >= row.starts_on
        if begins_before and ends_after:
            raise Refused(
                _("There is another agreement with this team in these days. End that one first."), "starts_on"
            )


def _save(row: TeamAgreement, *, by: User, at: datetime, act: str, reason: str = "") -> None:
    row.version += 1
    sign(row, by=by, at=at, reason=reason)
    row.save()
    audit.record(by=by, action=act, obj=row, team=row.team.code)


def _tell(row: TeamAgreement, what: str, *, by: User, at: datetime) -> None:
    people: Iterable[User] = (one for one in leads_of(row.team_id, local_day(at)) if one.pk != by.pk)
    tell_employees(
        people,
        subject=SUBJECTS[what],
        template="mail/agreement.txt",
        context={
            "what": what,
            "team": row.team.name,
            "by": str(by),
            "address": settings.SITE_URL + reverse("kpi:agreement", args=[row.pk]),
        },
        key=f"agreement:{row.pk}:{row.version}",
        at=at,
    )
