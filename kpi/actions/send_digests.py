"""The weekly mail: once a week to everybody who steers a team, about their own teams, and to nobody who is not at work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import translation

from channels_app.actions.send import compose_message, queue_message
from channels_app.models import OutboundMessage
from kpi.digest import due_moment, key, week_of
from kpi.models import DigestState
from organisation.models import Membership, Presence, User
from organisation.roles import RIGHTS, Right
from organisation.snapshot import Organisation, organisation
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

log = logging.getLogger(__name__)
GETS: Final = Right.SIGNALS_HANDLE
"""Who steers: team leads of their teams, the coordinator of all."""
AWAY_DAYS: Final = 14
"""Sessions last a day at most, so who works here signs in: whoever did not for this long is away."""


@dataclass(frozen=True)
class Digest:
    """The mail as somebody gets it; `is_empty` when it has nothing to tell."""

    subject: str
    body: str
    html: str
    is_empty: bool


Write = Callable[[User, Organisation, datetime, datetime], Digest]
"""(who, settings, now, the moment that is due) → the mail, in the language that is active."""


def send_digests(*, at: datetime, write: Write) -> int:
    """Queues what is due and was not sent; gives how many. Late, twice or at once: everybody gets one a week."""
    house = organisation()
    moment = due_moment(at, house.municipality.digest_weekday, house.municipality.digest_hour)
    if moment is None:
        return 0
    week = week_of(moment)
    quiet = set(DigestState.objects.filter(week=week).values_list("quiet_ids", flat=True).first() or ())
    keys = {key(moment, user.pk): user for user in readers(at) if user.pk not in quiet}
    sent = set(
        OutboundMessage.objects.filter(purpose=OutboundMessage.Purpose.NOTICE, object_key__in=list(keys)).values_list(
            "object_key", flat=True
        )
    )
    count, nothing = 0, []
    for name, user in keys.items():
        if name in sent or (digest := _made(user, house, at, moment, write)) is None:
            continue
        if digest.is_empty:
            nothing.append(user.pk)
        elif _queued(user, name, digest, at):
            count += 1
    _note(week, nothing)
    return count


def readers(at: datetime) -> QuerySet[User]:
    """Who wants the mail, may see what is in it, has an address, and is at work as far as we know; one query."""
    today = local_day(at)
    roles = [role for role, rights in RIGHTS.items() if GETS in rights]
    steer = Membership.objects.valid_on(today).filter(role__in=roles)
    said_away = Presence.objects.filter(status=Presence.Status.AWAY, changed_at__gte=day_start(today))
    since = at - timedelta(days=AWAY_DAYS)
    return (
        User.objects.filter(is_active=True, wants_digest=True, pk__in=steer.values("user_id"))
        .exclude(email="")
        .exclude(pk__in=said_away.values("user_id"))
        .exclude(last_login__lt=since)
        .exclude(last_login=None, created_at__lt=since)
        .order_by("pk")
    )


def _made(user: User, house: Organisation, at: datetime, moment: datetime, write: Write) -> Digest | None:
    """What cannot be made for one person holds up nobody else; the next sweep tries it again."""
    try:
        with translation.override(user.language):
            return write(user, house, at, moment)
    except Exception:
        log.exception("weekly mail was not made", extra={"user": user.pk})
        return None


def _queued(user: User, name: str, digest: Digest, at: datetime) -> bool:
    """Whether it was not there yet."""
    message = queue_message(
        compose_message(
            purpose=OutboundMessage.Purpose.NOTICE,
            object_key=name,
            to_address=user.email,
            to_name=str(user),
            subject=digest.subject,
            body=digest.body,
            html=digest.html,
            at=at,
            is_automatic=True,
        )
    )
    return message is not None


def _note(week: str, user_ids: list[int]) -> None:
    """Who has nothing to be told this week: not looked at again every five minutes, for three days."""
    if not user_ids:
        return
    with transaction.atomic():
        state, _is_new = DigestState.objects.select_for_update().get_or_create(pk=1)
        before = state.quiet_ids if state.week == week else []
        state.week, state.quiet_ids = week, sorted({*before, *user_ids})
        state.save()
