"""Whether the identity provider answers, and who came in past it: an administrator must hear that the door was opened another way (quality F26)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from organisation import audit, oidc
from organisation.models import Heartbeat, User
from organisation.signals import provider_passed

logger = logging.getLogger(__name__)
NAME: Final = "provider"
EVERY: Final = timedelta(minutes=1)
AWAY_FOR: Final = timedelta(minutes=15)
"""So long after the last try that failed the provider counts as away, when nobody has got in there since."""
SHOWN_FOR: Final = timedelta(hours=1)
"""So long the health page says that somebody came in past it; the notice and the log stay."""


@dataclass(frozen=True)
class Watched:
    """What is known of the provider; `since`: when it stopped answering, None when it answers as far as we know."""

    since: datetime | None = None
    failed_at: datetime | None = None
    passed_at: datetime | None = None

    def is_away(self, at: datetime) -> bool:
        return self.since is not None and self.failed_at is not None and self.failed_at > at - AWAY_FOR

    def was_passed(self, at: datetime) -> bool:
        return self.passed_at is not None and self.passed_at > at - SHOWN_FOR


def watched() -> Watched:
    row = Heartbeat.objects.filter(name=NAME).first()
    if row is None:
        return Watched()
    moments = {name: datetime.fromisoformat(told) for name, told in row.detail.items()}
    return Watched(**moments)


def note_provider_away(*, at: datetime) -> None:
    """A sign-in could not go on there; written at most once a minute, however many try."""
    known = watched()
    if known.failed_at is not None and known.since is not None and known.failed_at > at - EVERY:
        return
    _keep(Watched(known.since if known.is_away(at) else at, at, known.passed_at), at)


def note_provider_answers(*, at: datetime) -> None:
    """Somebody signed in there."""
    known = watched()
    if known.since is not None:
        _keep(Watched(None, None, known.passed_at), at)


@transaction.atomic
def note_password_used(*, person: User, at: datetime) -> None:
    """Somebody is in with a password. Where all come by the provider, or while it is away, that is told."""
    if not oidc.is_on():
        return
    known = watched()
    if not (settings.OIDC_ONLY or known.is_away(at)):
        return
    _keep(Watched(known.since, known.failed_at, at), at)
    audit.record(by=person, action="login.past_provider", obj=person)
    provider_passed.send(sender=User, person=person, at=at)
    logger.error("somebody signed in past the identity provider", extra={"person": person.pk})


def _keep(known: Watched, at: datetime) -> None:
    moments = {name: moment.isoformat() for name, moment in vars(known).items() if moment is not None}
    Heartbeat.objects.update_or_create(name=NAME, defaults={"beat_at": at, "detail": moments})
