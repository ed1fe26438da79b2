"""An acknowledgement that waited through an outage of the mail server leaves only while it still says something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.merge import merge_questions
from contacts.actions.receive import receive_reply
from contacts.invariants.found import CHECKS
from contacts.models import Question
from tests.cast import Cast
from tests.channels_app.sink import Sink, sink
from tests.contacts.life_scene import MONDAY, mail
from tests.contacts.question_page import login, url
from tests.rows import Row

__all__ = ["sink"]
NOON = MONDAY + timedelta(hours=3)
BACK = NOON + timedelta(hours=2)
DEWIT = "dewit@voorbeeld.nl"


def nothing(question: Question, cast: Cast) -> None: ...


def answers(question: Question, cast: Cast) -> None:
    answer(question=question, by=cast.henk, at=NOON, text="Morgen.", to_address=DEWIT)


def answers_and_goes_on(question: Question, cast: Cast) -> None:
    answer(question=question, by=cast.henk, at=NOON, text="Morgen.", to_address=DEWIT, then="stay")


def says_something_else(question: Question, cast: Cast) -> None:
    answer(question=question, by=cast.henk, at=NOON, text="We kijken.", to_address=DEWIT, then="interim")


def closes(question: Question, cast: Cast) -> None:
    close(question=question, by=cast.henk, at=NOON, reason="no_reaction_needed")


def cancels(question: Question, cast: Cast) -> None:
    cancel(question=question, by=cast.henk, at=NOON, reason="spam")


def merges_with_one_that_is_open(question: Question, cast: Cast) -> None:
    other = mail(cast, NOON)
    Question.objects.filter(pk=other.pk).update(customer=question.customer)
    other.refresh_from_db()
    merge_questions(keep=other, merge=question, by=cast.sanne, at=NOON)


def hears_again(question: Question, cast: Cast) -> None:
    """Answered and closed, then the customer wrote once more: that contact is acknowledged."""
    answers(question, cast)
    later = NOON + timedelta(hours=1)
    receive_reply(
        question=question, at=later, received_at=later, channel="email", customer=None, text="Nee!", address=DEWIT
    )


CASES: list[tuple[Callable[[Question, Cast], None], set[str], str]] = [
    (nothing, {"sent"}, ""),
    (says_something_else, {"sent"}, ""),
    (answers, {"dropped"}, "De vraag was al afgesloten voordat dit weg kon."),
    (answers_and_goes_on, {"dropped"}, "Het antwoord was er eerder."),
    (closes, {"dropped"}, "De vraag was al afgesloten voordat dit weg kon."),
    (cancels, {"dropped"}, "De vraag was al afgesloten voordat dit weg kon."),
    (merges_with_one_that_is_open, {"sent"}, ""),
    (hears_again, {"dropped", "sent"}, "Het antwoord was er eerder."),
]


def test_an_acknowledgement_leaves_after_an_outage_only_when_nobody_was_first(cast: Cast, sink: Sink, row: Row) -> None:
    client = login(cast.sanne)
    for happens, states, why in CASES:
        with row(happens.__name__):
            question = mail(cast)
            sink.mail_answers = ["451 not now"]
            assert deliver(at=MONDAY + timedelta(minutes=2)).later == 1
            happens(question, cast)
            deliver(at=BACK)
            acknowledgements = OutboundMessage.objects.filter(purpose="acknowledgement").order_by("pk")
            assert {one.state for one in acknowledgements} == states
            assert acknowledgements[0].error == why
            assert not OutboundMessage.objects.for_people().filter(state__in=["failed", "held"]).exists()
            assert not [one for name, check in CHECKS if name[:2] in ("I2", "I3", "I4", "I6") for one in check()]
            if why:
                page = client.get(url(question)).content.decode()
                assert f"Ontvangstbevestiging niet verstuurd: {why.rstrip('.')}" in page
