"""Chats that nobody took before everybody went home: the visitor reads that, and the question goes on as any other."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from contacts.actions.chat_close import AT_CLOSING, chat_close
from contacts.chats.hours import closed_since, opens_at
from contacts.models import Chat
from organisation.errors import Refused
from organisation.snapshot import organisation
from organisation.wording import moment_long

log = logging.getLogger(__name__)
LAST: Final = timedelta(minutes=10)
"""Whoever is still there takes the last ones."""


def close_at_closing(*, at: datetime) -> int:
    """Ends what waits; a talk that goes on is left to who has it. A sweep that may run twice, late or not at all."""
    closed = closed_since(organisation(), at)
    if closed is None or at - closed < LAST:
        return 0
    # who is seen later than now is a visitor of the demo, behind whose page nobody sits
    waiting = Chat.objects.filter(state=Chat.State.WAITING, waits_since__lte=at - LAST, seen_at__lte=at)
    done = 0
    for chat in waiting.select_related("question").order_by("pk")[:200]:
        try:
            word = _last_word(chat, at)
            chat_close(chat=chat, by=None, at=at, ended=Chat.Ended.DESK, last_word=word, remark=AT_CLOSING)
        except Refused:  # somebody took it at this moment
            continue
        except Exception:  # one that cannot be ended must not keep the next one waiting
            log.exception("a chat could not be ended at closing time", extra={"chat": chat.pk})
        else:
            done += 1
    return done


def _last_word(chat: Chat, at: datetime) -> str:
    opens = opens_at(organisation(), at)
    with translation.override("nl"):
        words = [
            _("We are closed now. Nobody could help you in the chat any more, we are sorry."),
            _("We have your question, under number %(number)s.") % {"number": chat.question.number},
            _("We are open again on %(moment)s.") % {"moment": moment_long(opens)} if opens is not None else "",
            _("You get our answer by e-mail.")
            if chat.email
            else _("Fill in your e-mail address here, then you get our answer by e-mail."),
        ]
    return " ".join(filter(None, words))
