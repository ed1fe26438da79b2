"""The chats that an employee may see: those of questions in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from contacts.models import Chat, Question
from organisation.shell import WAITING

if TYPE_CHECKING:
    from organisation.models import User


def chats_of(user: User) -> QuerySet[Chat]:
    """Waiting and going on, in reach of this person."""
    return Chat.objects.exclude(state=Chat.State.CLOSED).filter(question__in=Question.objects.visible_to(user))


def waiting_chats(user: User) -> QuerySet[Chat]:
    """Visitors whom nobody talks with yet; the number in the rail."""
    return Chat.objects.filter(state=Chat.State.WAITING, question__in=Question.objects.visible_to(user))


def get_chat(user: User, pk: int) -> Chat:
    """Also one that has ended, for who still has it on the screen; absent and forbidden look alike."""
    chat = (
        Chat.objects.filter(pk=pk, question__in=Question.objects.visible_to(user))
        .select_related("question__customer", "question__team", "question__subject", "taken_by")
        .first()
    )
    if chat is None:
        raise Http404
    return chat


WAITING["chats"] = waiting_chats
