"""Waits for the customer: asks (by e-mail or in a conversation) and pauses the clocks that may pause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contacts.actions.answer import write_outgoing
from contacts.actions.change import changing
from contacts.actions.clocks import pause_clocks
from contacts.models import Question
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def ask_customer(
    *,
    question: Question,
    by: User | None,
    at: datetime,
    text: str = "",
    to_address: str = "",
    channel: str = "email",
    version: int | None = None,
) -> Question:
    """ "Wacht op klant". With text and an address the question back is sent; without, it was asked in a conversation."""
    with changing(question, by=by, at=at, act="ask_customer", version=version, reason="waiting for customer") as fresh:
        if text:
            write_outgoing(
                fresh,
                by=by,
                at=at,
                text=text,
                channel=channel,
                to_address=to_address,
                purpose="question_back",
                is_answer=False,
            )
        pause_clocks(fresh, by=by, at=at, cause="waiting for customer")
    return question
