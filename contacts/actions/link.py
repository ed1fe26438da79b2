"""Links two questions that belong together, and takes a link away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from contacts.access import lock_question
from contacts.models import Question, QuestionLink
from organisation import audit
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def link(
    *, question: Question, other: Question, by: User | None, at: datetime, kind: str, reason: str = ""
) -> QuestionLink:
    """Both must be in this person's reach; linking twice is one link, also the other way round when they are about the same."""
    if question.pk == other.pk:
        raise Refused(_("A question cannot be linked to itself."), "other")
    if by is not None and Question.objects.visible_to(by).filter(pk__in=[question.pk, other.pk]).count() != 2:
        raise Http404
    if kind == QuestionLink.Kind.RELATED:
        known = QuestionLink.objects.filter(question=other, other=question, kind=kind).first()
        if known is not None:
            return known
    made, _new = QuestionLink.objects.get_or_create(
        question=question, other=other, kind=kind, defaults={"reason": reason[:300], "created_by": by, "created_at": at}
    )
    return made


@one_transaction
def unlink(*, question: Question, pk: int, by: User) -> Question:
    """Takes a link away, also one that the machine proposed, from either side; gives the other question. What was split off stays so."""
    fresh = lock_question(by, question)
    found = (
        QuestionLink.objects.select_related("question", "other")
        .filter(Q(question=fresh) | Q(other=fresh), pk=pk)
        .exclude(kind=QuestionLink.Kind.SPLIT)
        .first()
    )
    if found is None:
        raise Refused(_("This link is not there any more."))
    other = found.other if found.question_id == fresh.pk else found.question
    if not Question.objects.visible_to(by).filter(pk=other.pk).exists():
        raise Http404
    found.delete()
    audit.record(by=by, action="question.unlinked", obj=fresh, other=other.number)
    return other
