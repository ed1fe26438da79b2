"""All roles at once, for who checks now and then whether everybody still needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch, Q
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
    """Empty for who has none."""
    is_high: bool
    dates: str
    last_login: str
    asks: tuple[str, ...]
    """Why one looks at it."""


def role_lines(user: User, at: datetime) -> list[RoleLine]:
    """Every role and mark that holds or will hold, and who has none, of people who may sign in: what asks for a look first, then the high
    ones. Two queries."""
    day = local_day(at)
    held = (
        Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))
        .select_related("team")
        .order_by("role", "pk")
    )
    people = (
        people_visible_to(user)
        .filter(is_active=True)
        .prefetch_related(Prefetch("memberships", held, to_attr="held"))
        .order_by("name", "pk")
    )
    lines = [line for person in people for line in _lines(person, day, at)]
    return sorted(lines, key=lambda line: (not line.asks, not line.is_high))


def _lines(person: User, day: date, at: datetime) -> Iterator[RoleLine]:
    seen = _last_seen(person, at)
    roles: list[Membership] = person.held  # type: ignore[attr-defined]
    for row in roles:
        dates = dates_words(row.valid_from, row.valid_until, _in_full)
        yield _line(person, role_words(row), row.role in HIGH, dates, [*_dates_ask(row, day), *seen])
    if person.is_privacy_officer:
        yield _line(person, _("Privacy officer"), True, dates_words(None, None), seen)
    elif not roles:
        yield _line(person, "", False, "", [_("has no role"), *seen])


def _line(person: User, role: str, is_high: bool, dates: str, asks: Sequence[str]) -> RoleLine:
    return RoleLine(
        pk=person.pk,
        name=person.name,
        role=role,
        is_high=is_high,
        dates=dates,
        last_login=_in_full(person.last_login) or _("never"),
        asks=tuple(asks),
    )


def _dates_ask(row: Membership, day: date) -> list[str]:
    found = []
    if row.valid_from is not None and row.valid_from > day:
        found.append(_("begins later"))
    if row.valid_until is not None and row.valid_until <= day + SOON:
        found.append(_("ends within 30 days"))
    return found


def _last_seen(person: User, at: datetime) -> list[str]:
    if person.last_login is None:
        return [_("never signed in")]
    return [_("did not sign in for 90 days")] if person.last_login < at - AWAY else []


def _in_full(value: date | datetime | None) -> str:
    """`wo 18 nov 2026`, of a moment `wo 18 nov 2026, 16:22`: the list is printed, and is as true next year."""
    day = wording.day(value, date.min)
    return f"{day}, {wording.clock(value)}" if isinstance(value, datetime) else day
