"""Closes what asks for no reaction (a post between others, a thank-you, an insult), with the reason; it counts in no norm."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.reasons import in_words
from contacts.actions.close import close
from organisation.errors import Refused

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User

NO_REACTION: Final = {
    "thanks": lazy("A thank-you or a compliment"),
    "others": lazy("People talk to each other, not to us"),
    "answered": lazy("Somebody else gave the right answer"),
    "opinion": lazy("An opinion without a question"),
    "rude": lazy("Only scolding or provoking"),
    "other": lazy("Something else"),
}


def no_reaction(
    *, question: Question, by: User, at: datetime, reason: str, text: str = "", version: int | None = None
) -> Question:
    """The clock ends without counting, unless its term was over already: then it stays missed. The reason stands as a note."""
    if reason not in NO_REACTION:
        raise Refused(_("Choose why no reaction is needed."), "reason")
    words = text.strip() if reason == "other" else f"{in_words(NO_REACTION, reason)}. {text.strip()}".strip()
    if not words:
        raise Refused(_("Write down why."), "text")
    return close(question=question, by=by, at=at, reason="no_reaction_needed", text=words, version=version)
