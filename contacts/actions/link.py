"""Links two questions that belong together."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from contacts.models import Question, QuestionLink
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def link(
    *, question: Question, other: Question, by: User | None, at: datetime, kind: str, reason: str = ""
) -> QuestionLink:
    """Both must be in this person's reach; linking twice is one link."""
    if question.pk == other.pk:
        raise Refused(_("A question cannot be linked to itself."), "other")
    if by is not None and Question.objects.visible_to(by).filter(pk__in=[question.pk, other.pk]).count() != 2:
        raise Http404
    made, _new = QuestionLink.objects.get_or_create(
        question=question, other=other, kind=kind, defaults={"reason": reason[:300], "created_by": by, "created_at": at}
    )
    return made
