"""Places of the demo's reports from the street: points in and around a village that does not exist."""

from __future__ import annotations

from decimal import Decimal

from contacts.demo.names import STREETS
from contacts.demo.pattern import Chance
from contacts.models import Question, QuestionPlace

MIDDLE = (Decimal("52.7061"), Decimal("4.9495"))
MOST = 300


def add_places(chance: Chance) -> None:
    """The newest questions from the street and by app; the same every time."""
    rows = Question.objects.filter(channel__in=["street", "app"]).order_by("-pk").values_list("pk", flat=True)[:MOST]
    made = []
    for pk in rows:
        street, _postcode, _place, highest = chance.pick(STREETS)
        made.append(
            QuestionPlace(
                question_id=pk,
                address=f"{street} {chance.number(1, highest)}",
                latitude=MIDDLE[0] + Decimal(chance.number(-9000, 9000)) / 1_000_000,
                longitude=MIDDLE[1] + Decimal(chance.number(-14000, 14000)) / 1_000_000,
                metres=chance.number(4, 40),
            )
        )
    QuestionPlace.objects.bulk_create(made)
