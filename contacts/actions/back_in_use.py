"""A question that comes back to life goes on with a team that is in use."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.assign import move_to
from contacts.models import Question
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from organisation.models import User


def to_a_team_in_use(question: Question, *, by: User | None, at: datetime) -> None:
    """To the Servicecentrum when its own was put out of use meanwhile; changes the (locked) question, does not save it."""
    house = organisation()
    team = house.teams[question.team_id]
    if team.is_active:
        return
    reason = _("%(team)s is no longer in use: the Servicecentrum looks at it") % {"team": team.name}
    move_to(question, team=house.front_office, assignee_id=None, reason=reason, by=by, at=at)
