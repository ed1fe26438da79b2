"""How the management screens of this app stand, in one line each."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.access import people_visible_to
from organisation.clock import now, today
from organisation.manage import NEWS
from organisation.models import CalendarDay, Membership, Municipality, RoleRequest, Subject, Team, User
from organisation.roles import Right


def people(user: User) -> tuple[str, bool]:
    roles = Membership.objects.valid_on(today()).filter(user=OuterRef("pk"))
    row = (
        people_visible_to(user)
        .filter(is_active=True)
        .aggregate(all=Count("pk"), without=Count("pk", filter=~Q(Exists(roles))))
    )
    waiting = RoleRequest.objects.waiting(now()).count() if user.may(Right.PEOPLE_WRITE) else 0
    if waiting:
        words = ngettext(
            "%(count)s role waits for a second administrator",
            "%(count)s roles wait for a second administrator",
            waiting,
        )
        return words % {"count": waiting}, True
    text = ngettext("%(count)s person", "%(count)s people", row["all"]) % {"count": row["all"]}
    if row["without"]:
        return f"{text}, " + _("%(count)s without a role") % {"count": row["without"]}, True
    return text, False


def teams(user: User) -> tuple[str, bool]:
    count = Team.objects.filter(is_active=True).count()
    return ngettext("%(count)s team", "%(count)s teams", count) % {"count": count}, False


def calendars(user: User) -> tuple[str, bool]:
    """From October on next year's holidays should stand; what was proposed should be confirmed."""
    day = today()
    waiting = CalendarDay.objects.filter(is_confirmed=False, on__gte=day).count()
    if waiting:
        return ngettext("%(count)s day to confirm", "%(count)s days to confirm", waiting) % {"count": waiting}, True
    next_year = day.year + 1
    stands = CalendarDay.objects.filter(
        calendar__is_default=True, on__year=next_year, kind=CalendarDay.Kind.HOLIDAY, is_confirmed=True
    ).exists()
    if not stands and day.month >= 10:
        return _("Holidays of %(year)s are not set yet") % {"year": next_year}, True
    year = next_year if stands else day.year
    return _("Holidays are set up to and including %(year)s") % {"year": year}, False


def subjects(user: User) -> tuple[str, bool]:
    row = Subject.objects.filter(is_active=True, parent__isnull=False).aggregate(
        all=Count("pk"), without=Count("pk", filter=Q(short_answer=""))
    )
    text = ngettext("%(count)s subject", "%(count)s subjects", row["all"]) % {"count": row["all"]}
    if row["without"]:
        text += ", " + _("%(count)s without an answer") % {"count": row["without"]}
    return text, False


def municipality(user: User) -> tuple[str, bool]:
    row = Municipality.objects.filter(pk=1).first()
    return (row.name if row else "", False)


NEWS.update(
    {
        "organisation:people": people,
        "organisation:teams": teams,
        "organisation:calendars": calendars,
        "organisation:subjects": subjects,
        "organisation:municipality": municipality,
    }
)
