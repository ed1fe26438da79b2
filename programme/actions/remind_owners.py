"""Asks the owners for their update: when the round opens or the project joins it, two days before its last day, and the day after. Each once."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from channels_app.actions.tell_employees import tell_employees
from channels_app.models import OutboundMessage
from organisation import wording
from organisation.models import User
from organisation.workdays import local_day
from programme.models import StatusRound, StatusUpdate

SOON: Final = timedelta(days=2)
SUBJECTS: Final = {
    "asked": _("Tell how your project stands"),
    "soon": _("Reminder: tell how your project stands"),
    "late": _("Your update on the programme is late"),
}


def tell_owners(opened: StatusRound, *, kind: str, at: datetime, only: StatusUpdate | None = None) -> int:
    """A mail to each owner with updates that are not handed in; telling the same twice sends nothing twice. `only`: about this one."""
    waiting = (
        StatusUpdate.objects.standing()
        .filter(round=opened, handed_in_at=None, project__owner__is_active=True)
        .select_related("project__owner")
        .order_by("pk")
    )
    key = _key(opened, kind)
    if only is not None:
        waiting, key = waiting.filter(pk=only.pk), f"{key}:{only.pk}"
    by_owner: dict[User, list[StatusUpdate]] = defaultdict(list)
    for update in waiting:
        owner = update.project.owner
        if owner is not None:
            by_owner[owner].append(update)
    today = local_day(at)
    for owner, updates in by_owner.items():
        with translation.override(owner.language):
            last_day = wording.day_long(opened.last_day, today)
        tell_employees(
            [owner],
            subject=SUBJECTS[kind],
            template="mail/status_round.txt",
            context={
                "kind": kind,
                "round": opened.title,
                "last_day": last_day,
                "projects": [
                    (one.project.name, settings.SITE_URL + reverse("programme:update", args=[one.pk]))
                    for one in updates
                ],
            },
            key=key,
            at=at,
        )
    return len(by_owner)


def was_told(opened: StatusRound, *, kind: str, owner_id: int | None) -> bool:
    """Whether this owner had the mail of this kind about all their projects: it goes once, so it tells of no project that joins later."""
    notices = OutboundMessage.objects.filter(purpose=OutboundMessage.Purpose.NOTICE)
    return notices.filter(object_key=f"{_key(opened, kind)}:user:{owner_id}").exists()


def _key(opened: StatusRound, kind: str) -> str:
    return f"status_round:{opened.pk}:{kind}"


def remind_owners(*, at: datetime) -> int:
    """For the tick: tells what is due for the round that is open; gives how many owners were meant."""
    opened = StatusRound.objects.filter(is_open=True).first()
    if opened is None:
        return 0
    today = local_day(at)
    if today > opened.last_day:
        return tell_owners(opened, kind="late", at=at)
    if today >= opened.last_day - SOON and local_day(opened.opened_at) < today:
        return tell_owners(opened, kind="soon", at=at)
    return 0
