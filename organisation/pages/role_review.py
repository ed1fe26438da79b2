"""All roles at once, for who checks now and then whether everybody still needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from organisation import wording
from organisation.access import people_visible_to
from organisation.actions.roles import HIGH
from organisation.models import Membership
from organisation.pages.people import dates_words, role_words
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

SOON: Final = timedelta(days=30)
AWAY: Final = timedelta(days=90)
"""Who did not sign in for so long may have other work now."""


@dataclass(frozen=True)
class RoleLine:
    pk: int
    """Of the person."""
    name: str
    role: str
    is_high: bool
    dates: str
    last_login: str
    asks: tuple[str, ...]
    """Why one looks at it."""


def role_lines(user: User, at: datetime) -> list[RoleLine]:
    """Every role that holds or will hold, of people who may sign in: what asks for a look first, then the high ones. One query."""
    day = local_day(at)
    rows = (
        Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))
        .filter(user__in=people_visible_to(user), user__is_active=True)
        .select_related("user", "team")
        .order_by("user__name", "user_id", "role")
    )
    lines = [_line(row, day, at) for row in rows]
    return sorted(lines, key=lambda line: (not line.asks, not line.is_high))


def _line(row: Membership, day: date, at: datetime) -> RoleLine:
    return RoleLine(
        pk=row.user_id,
        name=row.user.name,
        role=role_words(row),
        is_high=row.role in HIGH,
        dates=dates_words(row.valid_from, row.valid_until),
        last_login=wording.moment(row.user.last_login, day) if row.user.last_login else _("never"),
        asks=tuple(_asks(row, day, at)),
    )


def _asks(row: Membership, day: date, at: datetime) -> list[str]:
    found = []
    if row.valid_from is not None and row.valid_from > day:
        found.append(_("begins later"))
    if row.valid_until is not None and row.valid_until <= day + SOON:
        found.append(_("ends within 30 days"))
    if row.user.last_login is None:
        found.append(_("never signed in"))
    elif row.user.last_login < at - AWAY:
        found.append(_("did not sign in for 90 days"))
    return found
