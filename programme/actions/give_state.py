"""The owner of a project (or the director) says how it stands: light and reason, or that it is ready."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organisation import audit
from organisation.errors import Refused, Stale
from organisation.models import User
from organisation.transact import one_transaction
from organisation.workdays import local_day
from programme.access import may_update
from programme.actions.ask_update import ask_update
from programme.models import Light, Project


@one_transaction
def give_state(
    *, project: Project, by: User, at: datetime, light: str, reason: str, done_on: date | None, version: int
) -> Project:
    """The state with its reason; asked again and kept in the history, also when it stays the same."""
    fresh = Project.objects.select_for_update().get(pk=project.pk)
    if not may_update(by, fresh):
        raise PermissionDenied
    if fresh.version != version:
        raise Stale(_("Somebody else changed this in the meantime."), fresh)
    words = " ".join(reason.replace("\x00", "").split())[:300]
    if light not in Light.values:
        raise Refused(_("Choose how the project stands."), "light")
    if not words:
        raise Refused(_("Say in a few words why it stands so."), "light_reason")
    if done_on is not None and done_on > local_day(at):
        raise Refused(_("This day has not come yet."), "done_on")
    fresh.light, fresh.light_reason, fresh.done_on = light, words, done_on
    fresh.light_moved_at, fresh.light_moved_by = at, by
    fresh.version += 1
    fresh.save(update_fields=["light", "light_reason", "done_on", "light_moved_at", "light_moved_by", "version"])
    audit.record(by=by, action="project.state", obj=fresh, light=light)
    ask_update(fresh, at=at)
    return fresh
