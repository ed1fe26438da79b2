"""Asks the people of a confidential question to let somebody in who may know only that it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.tell import tell
from contacts.models import ConfidentialAccess, Note, Notice, Question
from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.history import sign
from organisation.models import Membership
from organisation.roles import Right, Role
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import User


@one_transaction
def ask_access(*, question: Question, by: User, at: datetime, reason: str) -> None:
    """Tells the assignee, who closed it and the team's leads, once a day; the reason stands as a note on the question."""
    if not by.may(Right.QUESTIONS_ALL_TEAMS):
        raise PermissionDenied
    reason = normalize.clean_line(reason, 300)
    if len(reason) < 10:
        raise Refused(_("Write down why you must see this question (at least 10 letters)."), "ask")
    fresh = Question.objects.select_for_update(of=("self",)).filter(pk=question.pk, is_confidential=True).first()
    if fresh is None:
        raise Http404
    day = local_day(at)
    key = f"asked:{fresh.pk}:{by.pk}:{day.isoformat()}"
    if Notice.objects.filter(question=fresh, kind=Notice.Kind.ACCESS_ASKED, key=key).exists():
        raise Refused(_("You asked today already. The colleagues who can let you in were told."), "ask")
    note = Note(
        question=fresh,
        text=_("%(name)s asks for access: %(reason)s") % {"name": by, "reason": reason},
        created_at=at,
        created_by=by,
    )
    sign(note, by=by, at=at)
    note.save()
    leads = Membership.objects.valid_on(day).filter(team_id=fresh.team_id, role=Role.TEAM_LEAD, user__is_active=True)
    named = ConfidentialAccess.objects.filter(question=fresh, until_at__isnull=True)
    named_by = named.values_list(Coalesce("granted_by_id", "user_id"), flat=True)  # by a rule: whom it let in
    tell(
        [fresh.assignee_id, *named_by, *leads.values_list("user_id", flat=True)],
        kind=Notice.Kind.ACCESS_ASKED,
        question=fresh,
        key=key,
        at=at,
        by=by,
    )
    audit.record(by=by, action="question.access_asked", obj=fresh, reason=reason)


def who_asked(question: Question) -> set[int]:
    """Ids of the people who asked to be let in."""
    keys = Notice.objects.filter(question=question, kind=Notice.Kind.ACCESS_ASKED).values_list("key", flat=True)
    return {int(key.split(":")[2]) for key in keys}
