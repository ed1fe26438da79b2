"""Opens a status round: every project that stands and is not ready gets an update to fill in, and its owner hears it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contacts import normalize
from organisation import audit
from organisation.errors import Refused
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day
from programme.actions.ask_update import new_update
from programme.actions.remind_owners import tell_owners
from programme.models import Programme, Project, StatusRound

if TYPE_CHECKING:
    from organisation.models import User

LONGEST: Final = timedelta(days=120)


@one_transaction
def open_round(*, title: str, last_day: date, by: User, at: datetime) -> StatusRound:
    """One round is open at a time; the database holds that, also when two open one at the same moment."""
    if not by.may(Right.PROGRAMME_WRITE):
        raise PermissionDenied
    name = normalize.clean_line(title, 60)
    today = local_day(at)
    if not name:
        raise Refused(_("Give the round a name, such as a quarter."), "title")
    if not today <= last_day <= today + LONGEST:
        raise Refused(_("Choose a day from today on, at most four months ahead."), "last_day")
    if not Programme.objects.exists():
        raise Refused(_("There is no programme yet."))
    try:
        with transaction.atomic():
            opened = StatusRound.objects.create(title=name, last_day=last_day, opened_at=at, opened_by=by)
    except IntegrityError:
        if StatusRound.objects.filter(title=name).exists():
            raise Refused(_("There is a round with this name already."), "title") from None
        raise Refused(_("A round is open already. Issue its report first.")) from None
    for project in Project.objects.standing().filter(done_on=None).order_by("pk"):
        new_update(opened, project)
    audit.record(by=by, action="round.opened", obj=opened, title=name)
    tell_owners(opened, kind="asked", at=at)
    return opened
