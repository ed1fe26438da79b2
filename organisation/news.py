"""How the management screens of this app stand, in one line each."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.access import people_visible_to
from organisation.clock import now, today
from organisation.counts import counts
from organisation.manage import NEWS
from organisation.models import CalendarDay, Membership, RoleRequest, User
from organisation.roles import Right
from organisation.snapshot import organisation


def people(user: User) -> tuple[str, bool]:
    if user.may(Right.PEOPLE_WRITE) and (waiting := _roles_waiting()):
        words = ngettext(
            "%(count)s role waits for a second administrator",
            "%(count)s roles wait for a second administrator",
            waiting,
        )
        return words % {"count": waiting}, True
    roles = Membership.objects.valid_on(today()).filter(user=OuterRef("pk"))
    row = (
        people_visible_to(user)
        .filter(is_active=True)
        .aggregate(all=Count("pk"), without=Count("pk", filter=~Q(Exists(roles))))
    )
    text = ngettext("%(count)s person", "%(count)s people", row["all"]) % {"count": row["all"]}
    if row["without"]:
        return f"{text}, " + _("%(count)s without a role") % {"count": row["without"]}, True
    return text, False


def _roles_waiting() -> int:
    return counts("roles", lambda marks: {"waiting": RoleRequest.objects.waiting(marks["at"])}, {"at": now()})[
        "waiting"
    ]


def teams(user: User) -> tuple[str, bool]:
    count = sum(team.is_active for team in organisation().teams.values())
    return ngettext("%(count)s team", "%(count)s teams", count) % {"count": count}, False


def calendars(user: User) -> tuple[str, bool]:
    """From October on next year's holidays should stand in every calendar that has holidays; what was proposed should be confirmed."""
    day = today()
    row = counts("days", _days, {"day": day})
    if waiting := row["waiting"]:
        return ngettext("%(count)s day to confirm", "%(count)s days to confirm", waiting) % {"count": waiting}, True
    house = organisation()
    rows = [one for one in house.calendars.values() if one.holidays_until or one is house.default_calendar]
    until = min((one.holidays_until for one in rows), default=0)
    wanted = day.year + 1 if day.month >= 10 else day.year
    if until >= wanted:
        return _("Holidays are set up to and including %(year)s") % {"year": min(until, day.year + 1)}, False
    text = _("Holidays of %(year)s are not set yet") % {"year": wanted}
    lacking = sorted(one.name for one in rows if one.holidays_until < wanted)
    return (f"{text}: {', '.join(lacking)}" if len(rows) > 1 else text), True


def _days(marks: dict[str, Any]) -> dict[str, QuerySet[Any]]:
    """What waits from today on."""
    return {"waiting": CalendarDay.objects.filter(is_confirmed=False, on__gte=marks["day"])}


def subjects(user: User) -> tuple[str, bool]:
    found = [one for one in organisation().subjects.values() if one.is_active and one.parent_id is not None]
    without = sum(not one.short_answer for one in found)
    text = ngettext("%(count)s subject", "%(count)s subjects", len(found)) % {"count": len(found)}
    if without:
        text += ", " + _("%(count)s without an answer") % {"count": without}
    return text, False


def municipality(user: User) -> tuple[str, bool]:
    return organisation().municipality.name, False


NEWS.update(
    {
        "organisation:people": people,
        "organisation:teams": teams,
        "organisation:calendars": calendars,
        "organisation:subjects": subjects,
        "organisation:municipality": municipality,
    }
)
