"""Writes a line of a chat: numbered under the lock of the chat, once per key of the sender."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import noticed
from contacts import normalize
from contacts.models import Chat, ChatLine
from organisation.errors import Refused

if TYPE_CHECKING:
    from organisation.models import User

LONGEST: Final = 2_000
MOST: Final = 400
"""Lines of one talk; who has more to say is called or mailed."""


def lock_chat(pk: int) -> Chat:
    """Always after the question, when an act needs both."""
    return Chat.objects.select_for_update(of=("self",)).get(pk=pk)


def read_line(text: str, *, of_visitor: bool) -> str:
    """The line as it is kept, or `Refused` with the sentence that says why not."""
    text = normalize.clean(text, LONGEST + 1)
    if not text:
        raise Refused(_("Write something first."), "text")
    if len(text) > LONGEST:
        raise Refused(_("This is too long. Use at most 2,000 letters."), "text")
    if of_visitor and "bsn" in noticed(text):
        raise Refused(_("Your text holds a citizen service number (BSN). Take it out: we do not need it here."), "text")
    return text


def add_line(chat: Chat, *, who: str, text: str, key: str, at: datetime, author: User | None = None) -> ChatLine:
    """On the locked chat, which is saved; of a key that came before, the line of that time."""
    known = ChatLine.objects.filter(chat=chat, key=key).first()
    if known is not None:
        return known
    if chat.line_count >= MOST and who != ChatLine.Who.HOUSE:
        raise Refused(_("This talk is too long for a chat. Please call us or send a form."), "text")
    chat.line_count += 1
    chat.last_line_at = max(at, chat.last_line_at)
    line = ChatLine.objects.create(
        chat=chat, number=chat.line_count, who=who, author=author, key=key[:60], text=text, at=at
    )
    chat.save()
    return line
