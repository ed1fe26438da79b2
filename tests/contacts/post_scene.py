"""A letter that came on Monday, and ours that goes out by post."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from contacts.actions.customers import create_customer
from contacts.actions.make_letter import make_letter
from contacts.actions.register import Asked, register
from contacts.models import (
    NormClock,
    OutgoingLetter,
    Question,
)
from kpi.measures import clocks as figures  # noqa: F401 - the figures read the same clocks
from organisation.clock import AMSTERDAM
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
"""The term of a letter of this day ends with Monday 9 March."""
RECIPIENT = "Mevr. A. de Wit\nDorpsstraat 41\n1716 KA  OPMEER"


def on(day: int, hour: int = 15) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def question(cast: Cast) -> Question:
    return came_by_letter(cast)


def came_by_letter(cast: Cast) -> Question:
    wit = create_customer(
        by=cast.fatima, at=MONDAY, name="A. de Wit", salutation="mrs", street="Dorpsstraat",
        house_number="41", postcode="1716KA", place="Opmeer",
    )  # fmt: skip
    made = register(
        by=cast.henk, at=MONDAY, channel="letter", received_at=MONDAY, customer=wit, text="Mag ik een bank?",
        asked=[Asked(subject_id=cast.grofvuil.pk, end="forward")],
    )  # fmt: skip
    return made.questions[0]


def made_on(cast: Cast, question: Question, at: datetime, **change: Any) -> OutgoingLetter:
    given = {
        "text": "Wij komen woensdag.",
        "recipient": RECIPIENT,
        "greeting": "Beste mevrouw De Wit,",
        "then": "close",
    }
    return make_letter(question=question, by=cast.henk, at=at, **{**given, **change})


def states(question: Question) -> list[tuple[str, str, date | None]]:
    """The clocks that count."""
    rows = NormClock.objects.filter(question=question, replaced_by=None).order_by("pk")
    return [(row.code, row.state, row.settled_on) for row in rows]


def browser(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client
