"""Open questions of who no longer answers for their team go back to it: with somebody who is gone they would wait for nobody.

Nobody who leaves hands everything over first, and a role may end by its date.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from contacts.access import lock_question
from contacts.actions.assign import move_to
from contacts.actions.change import changing
from contacts.actions.confidential import keep_seen
from contacts.models import ConfidentialAccess, Question
from organisation.clock import local_day
from organisation.models import Membership
from organisation.roles import Right, roles_with
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.querysets import QuestionQuerySet

log = logging.getLogger(__name__)
BATCH: Final = 200


def hand_back(*, at: datetime) -> int:
    """How many; each in a transaction of its own, and what is left is found the next time. Their leads hear of what is almost due, as of all that nobody holds."""
    handed = 0
    left_alone = _left_alone(at).order_by("sort_at").values_list("pk", flat=True)  # the index of what is open
    for pk in list(left_alone[:BATCH]):
        try:
            handed += _to_team(pk, at)
        except Exception:  # somebody works at it, or it cannot be: the next ones, and the rest of the sweep, go on
            log.exception("a question could not go back to its team", extra={"question": pk})
    return handed


def _left_alone(at: datetime) -> QuestionQuerySet:
    """Held by somebody who answers neither in its team nor for all teams, nor is named at a confidential one."""
    answers = Membership.objects.valid_on(local_day(at)).filter(role__in=roles_with(Right.QUESTIONS_WRITE))
    holds = answers.filter(user=OuterRef("assignee"), user__is_active=True)
    in_reach = holds.filter(Q(team=OuterRef("team")) | Q(role__in=roles_with(Right.QUESTIONS_ALL_TEAMS)))
    named = ConfidentialAccess.objects.filter(question=OuterRef("pk"), user=OuterRef("assignee"), until_at=None)
    can_go_on = Q(Exists(in_reach)) | Q(Exists(holds), Exists(named), is_confidential=True)
    rows: QuestionQuerySet = Question.objects.open().filter(~can_go_on, assignee__isnull=False)
    return rows


@one_transaction
def _to_team(pk: int, at: datetime) -> bool:
    """False when a colleague was first."""
    question = lock_question(None, Question(pk=pk))
    if not _left_alone(at).filter(pk=pk).exists():
        return False
    with changing(question, by=None, at=at, act="release", reason="assignee left") as fresh:
        reason = _("%(name)s no longer works in this team") % {"name": fresh.assignee}
        move_to(fresh, team=fresh.team, assignee_id=None, reason=reason, by=None, at=at)
    if fresh.is_confidential:
        keep_seen(fresh, at=at)
    return True
