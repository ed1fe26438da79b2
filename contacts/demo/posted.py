"""Letters of ours: some wait to be posted (one of them too long), some were posted; made and posted by the very acts of the screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from contacts.actions.acknowledge_by_letter import acknowledge_by_letter
from contacts.actions.make_letter import make_letter
from contacts.actions.post_letter import post_letter
from contacts.actions.remind_letters import remind_letters
from contacts.demo.people import People
from contacts.letters.text import greeting_of, recipient_of
from contacts.models import OutgoingLetter, Question
from organisation.workdays import local_day

ANSWER: Final = """U schreef ons over uw straat. Dank u wel daarvoor.

Wij zijn komen kijken. Volgende week maken wij het in orde. U hoeft niets te doen."""
INTERIM: Final = """U schreef ons een brief. Wij zoeken nog iets uit, en dat kost meer tijd dan wij dachten. Dat spijt ons.

U hoort voor het einde van volgende week van ons."""
HOURS_AGO: Final = (100, 70, 30, 26, 5, 3)
"""When each was made; the first waits too long, the middle two were posted."""


def add_letters_of_ours(people: People, *, at: datetime) -> None:
    """On open questions that came by letter from somebody whose address is known; fewer when there are fewer."""
    fatima = people.users["fatima"]
    rows = Question.objects.filter(channel="letter", status="in_progress", is_confidential=False, letters=None)
    rows = rows.exclude(customer=None).exclude(customer__postcode="").exclude(customer__house_number="")
    found = list(rows.filter(received_at__lt=at - timedelta(hours=110)).select_related("customer").order_by("-pk")[:6])
    for number, question in enumerate(found):
        moment = at - timedelta(hours=HOURS_AGO[number])
        if number % 3 == 1:
            letter = acknowledge_by_letter(question=question, by=fatima, at=moment)
        else:
            letter = make_letter(
                question=question,
                by=question.assignee or fatima,
                at=moment,
                text=ANSWER if number % 3 == 0 else INTERIM,
                recipient=recipient_of(question.customer),
                greeting=greeting_of(question.customer),
                then="close" if number % 3 == 0 else "interim",
            )
        if number in (2, 3):
            posted_at = moment + timedelta(hours=2)
            post_letter(letter=letter, by=fatima, at=posted_at, posted_on=local_day(posted_at))
    if OutgoingLetter.objects.exists():
        remind_letters(at=at)
