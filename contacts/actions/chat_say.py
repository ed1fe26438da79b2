"""A line of the visitor or of the employee; the first of an employee keeps the promise of the chat."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.answer import after_message
from contacts.actions.change import changing
from contacts.actions.chat_line import add_line, lock_chat, read_line
from contacts.models import Chat, ChatLine, Question
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def visitor_says(*, chat: Chat, text: str, key: str, at: datetime) -> ChatLine:
    """The same key again is the same line."""
    fresh = lock_chat(chat.pk)
    known = ChatLine.objects.filter(chat=fresh, key=f"v:{key}").first()
    if known is not None:
        return known
    if fresh.state == Chat.State.CLOSED:
        raise Refused(_("This talk has ended. You can begin a new one."))
    fresh.seen_at = at
    text = read_line(text, of_visitor=True)
    return add_line(fresh, who=ChatLine.Who.VISITOR, text=text, key=f"v:{key}", at=at)


@one_transaction
def desk_says(*, chat: Chat, by: User, text: str, key: str, at: datetime) -> ChatLine:
    """Only by who has it. The first line stops the clock of the first answer.

    The same key with the same words is the same line. Other words are another one: of a line whose answer was lost, or of a page
    that was gone back to, the employee may have typed more.
    """
    text = read_line(text, of_visitor=False)
    if chat.answered_at is None:
        question = Question.objects.get(pk=chat.question_id)
        if question.is_open:
            with changing(question, by=by, at=at, reason="chat") as locked:
                line = _said(chat, by=by, text=text, key=key, at=at)
                after_message(locked, by=by, at=at, is_answer=False, then="interim")
            return line
    return _said(chat, by=by, text=text, key=key, at=at)


def _said(chat: Chat, *, by: User, text: str, key: str, at: datetime) -> ChatLine:
    fresh = lock_chat(chat.pk)
    key = f"d:{key}:{hashlib.sha256(text.encode()).hexdigest()[:7]}"
    known = ChatLine.objects.filter(chat=fresh, key=key).first()
    if known is not None:
        return known
    if fresh.state == Chat.State.CLOSED:
        raise Refused(_("The visitor is gone: this talk has ended."))
    if fresh.taken_by_id != by.pk:
        raise Refused(_("Take this talk first."))
    fresh.answered_at = fresh.answered_at or at
    return add_line(fresh, who=ChatLine.Who.DESK, text=text, key=key, at=at, author=by)
