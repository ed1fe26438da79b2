"""The questions of one letter: its own, and those that an acknowledgement names as well because they came in with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from contacts.access import lock_question
from contacts.models import Contact, OutgoingLetter, Question
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User


def letters_of(user: User) -> QuerySet[OutgoingLetter]:
    """Letters about a question that this person may see; of a confidential question only for who may see that one."""
    seen = Question.objects.visible_to(user)
    named = OutgoingLetter.also.through.objects.filter(question__in=seen).values("outgoingletter")
    return OutgoingLetter.objects.filter(Q(question__in=seen) | Q(pk__in=named, question__is_confidential=False))


def lock_questions(letter: OutgoingLetter, *, by: User) -> list[Question]:
    """Its own question first; all locked in one order for everybody. 404 for who may not see the letter."""
    if not by.may(Right.QUESTIONS_WRITE):
        raise PermissionDenied
    if not letters_of(by).filter(pk=letter.pk).exists():
        raise Http404
    also = list(letter.also.values_list("pk", flat=True))
    found = {pk: lock_question(None, Question(pk=pk)) for pk in sorted({letter.question_id, *also})}
    return [found.pop(letter.question_id), *found.values()]


def came_along(question: Question, *, by: User) -> list[Question]:
    """Open questions of the same letter that were not acknowledged yet, as far as this person may see them; none of a confidential one."""
    if question.is_confidential:
        return []
    letters = Contact.objects.filter(questions=question, channel="letter", direction=Contact.Direction.IN)
    others = Question.objects.visible_to(by).open().filter(contacts__in=letters, is_confidential=False)
    told = OutgoingLetter.objects.filter(kind=OutgoingLetter.Kind.ACKNOWLEDGEMENT).exclude(
        state=OutgoingLetter.State.WITHDRAWN
    )
    others = others.exclude(pk=question.pk).exclude(letters__in=told).exclude(letters_also__in=told)
    return list(others.select_related("customer", "subject").distinct().order_by("number")[:9])


def waiting_acknowledgement(question: Question) -> OutgoingLetter | None:
    """The one that names this question and was not posted yet."""
    rows = OutgoingLetter.objects.filter(kind=OutgoingLetter.Kind.ACKNOWLEDGEMENT, state=OutgoingLetter.State.WAITING)
    return rows.filter(question=question).first() or rows.filter(also=question).first()
