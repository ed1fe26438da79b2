"""What a visitor had typed and not sent when the talk ended goes to the question, as a message."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from contacts.actions.chat_close import MAIL_UNTIL
from contacts.actions.chat_line import add_line, lock_chat, read_line
from contacts.actions.say_more import say_more
from contacts.follow_link import Followed
from contacts.merged import where_merged
from contacts.models import Chat, ChatLine, Question
from organisation.errors import Refused
from organisation.transact import one_transaction


@one_transaction
def say_after_talk(*, chat: Chat, text: str, key: str, at: datetime) -> Chat:
    """Within a day; a closed question reopens by it, with the promise of a form. The same key again is the same message."""
    text = read_line(text, of_visitor=True)
    if ChatLine.objects.filter(chat=chat, key=f"v:{key}").exists():
        return chat
    if chat.state != Chat.State.CLOSED or chat.closed_at is None:
        raise Refused(_("The talk still goes on. Send your message there."), "text")
    if chat.closed_at < at - MAIL_UNTIL:
        raise Refused(_("This talk has ended. You can begin a new one."), "text")
    question = where_merged(Question.objects.get(pk=chat.question_id))
    say_more(followed=Followed(question, chat.email), text=text, at=at)
    fresh = lock_chat(chat.pk)
    add_line(fresh, who=ChatLine.Who.VISITOR, text=text, key=f"v:{key}", at=at)
    return fresh
