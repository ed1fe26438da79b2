"""Records that a letter was acknowledged on paper: its first norm is kept and the norm for the answer itself begins."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.change import changing
from contacts.actions.clocks import start_clocks, stop_clocks
from contacts.models import Contact, Question
from contacts.norms.promises import LETTER_ANSWER
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def acknowledge_letter(*, question: Question, by: User | None, at: datetime, version: int | None = None) -> Question:
    """Stops `letter.respond` and starts `letter.answer` from the receipt of the letter."""
    with changing(question, by=by, at=at, act="interim", version=version, reason="letter acknowledged") as fresh:
        letter = (
            Contact.objects.filter(questions=fresh, channel="letter", direction="in").order_by("-received_at").first()
        )
        if letter is None:
            raise Refused(_("There is no letter to acknowledge."))
        stop_clocks(fresh, by=by, at=at, cause="acknowledged", codes=frozenset({"letter.respond"}))
        start_answer_clock(fresh, letter, by=by, at=at)
    return question


def start_answer_clock(question: Question, letter: Contact, *, by: User | None, at: datetime) -> None:
    """The 20 working days for the answer itself; a complaint has the term of the law instead."""
    if question.kind != "complaint":
        start_clocks(question, letter, [LETTER_ANSWER], by=by, at=at)
