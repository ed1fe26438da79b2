"""The owner of a project says how it stands: as a draft, or handed in. Handing in moves the project's light and its milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from organisation import audit, wording
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.transact import one_transaction
from programme.access import may_update
from programme.models import Light, Milestone, Project, StatusUpdate
from programme.models.rounds import StepDays

if TYPE_CHECKING:
    from organisation.models import User

Days = Mapping[int, tuple[StepDays, StepDays]]
"""Milestone → as the owner saw it, and as the owner wants it."""


@one_transaction
def save_update(
    *,
    update: StatusUpdate,
    light: str,
    reason: str,
    done: str,
    ahead: str,
    days: Days,
    hand_in: bool,
    version: int,
    by: User,
    at: datetime,
) -> StatusUpdate:
    """Refused when the round is over; what was handed in can be handed in again until then.

    Only days that the owner changed move, and none that a colleague moved after the owner looked.
    """
    fresh = StatusUpdate.objects.select_for_update(of=("self",)).select_related("round", "project").get(pk=update.pk)
    if not may_update(by, fresh.project):
        raise PermissionDenied
    if not fresh.round.is_open:
        raise Refused(_("This round is over. Your update can no longer be changed."))
    if fresh.version != version:
        raise Stale(_("A colleague saved this update in the meantime."), fresh)
    why = normalize.clean_line(reason, 300)
    if hand_in and light not in Light.values:
        raise Refused(_("Choose how the project stands."), "light")
    if hand_in and not why:
        raise Refused(_("Say in a few words why it stands like this."), "reason")
    milestones = {one.pk: one for one in Milestone.objects.select_for_update().filter(project=fresh.project)}
    moved = {pk: (was, to) for pk, (was, to) in days.items() if pk in milestones and was != to}
    fresh.light = light if light in Light.values else ""
    fresh.reason, fresh.done, fresh.ahead = why, normalize.clean(done, 1500), normalize.clean(ahead, 1500)
    fresh.milestones = {str(pk): {"was": was.as_text(), "is": to.as_text()} for pk, (was, to) in moved.items()}
    fresh.saved_by = by
    fresh.version += 1
    if hand_in:
        fresh.handed_in_at = at
        _move(fresh, milestones, moved, by=by, at=at)
    sign(fresh, by=by, at=at)
    fresh.save()
    if hand_in:
        audit.record(by=by, action="update.handed_in", obj=fresh, project=fresh.project.code)
    return fresh


def _move(update: StatusUpdate, milestones: dict[int, Milestone], days: Days, *, by: User, at: datetime) -> None:
    project = Project.objects.select_for_update().get(pk=update.project_id)
    if (project.light, project.light_reason) != (update.light, update.reason):
        project.light, project.light_reason = update.light, update.reason
        project.light_moved_at, project.light_moved_by = at, by
        project.version += 1
        sign(project, by=by, at=at)
        project.save()
    for pk, (was, to) in days.items():
        milestone = milestones[pk]
        now_there = StepDays.of(milestone)
        if now_there == to:
            continue
        if now_there != was:
            words = _(
                "A colleague changed this milestone in the meantime; now it is planned on %(day)s."
                " Hand in once more to make it as you wrote."
            )
            raise Refused(words % {"day": wording.day(now_there.due_on)}, f"due_{pk}")
        milestone.due_on, milestone.done_on = to.due_on, to.done_on
        milestone.version += 1
        sign(milestone, by=by, at=at)
        milestone.save()
