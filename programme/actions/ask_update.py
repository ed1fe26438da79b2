"""Asks for an update on a project that joins a round which is open already: added, brought back, not ready after all, or given to another owner."""

from __future__ import annotations

from datetime import datetime

from organisation.workdays import local_day
from programme.actions.remind_owners import tell_owners, was_told
from programme.models import Project, StatusRound, StatusUpdate


def ask_update(project: Project, *, at: datetime, has_new_owner: bool = False) -> None:
    """In the transaction that saves the project. Nothing without an open round; who was asked already is not asked again.

    After the last day of the round its owner hears it with everybody who is late; who was told that already hears it now.
    """
    if project.done_on is not None or project.withdrawn_on is not None:
        return
    opened = StatusRound.objects.select_for_update().filter(is_open=True).first()
    if opened is None:
        return
    update, is_new = new_update(opened, project)
    if not (is_new or has_new_owner):
        return
    if local_day(at) <= opened.last_day:
        tell_owners(opened, kind="asked", at=at, only=update)
    elif was_told(opened, kind="late", owner_id=project.owner_id):
        tell_owners(opened, kind="late", at=at, only=update)


def new_update(opened: StatusRound, project: Project) -> tuple[StatusUpdate, bool]:
    """The update to fill in, with the state as it is now; whether it was not there yet."""
    state = {"light": project.light, "reason": project.light_reason}
    update, is_new = StatusUpdate.objects.get_or_create(round=opened, project=project, defaults=state)
    return update, is_new
