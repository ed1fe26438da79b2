"""The rights of persons in the demo: a request that waits with its list, a question that must stay, a proposed term and a destruction list."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from contacts.models import Customer, Question
from organisation.models import AccessEntry, User
from organisation.workdays import AMSTERDAM
from privacy.actions.ask import ask
from privacy.actions.count import count_asked
from privacy.actions.destruction import make_list
from privacy.actions.hold import place_hold
from privacy.actions.rights import answer_right, note_right, put_off
from privacy.actions.terms import propose_term
from privacy.weeks import last_week

DAYS: Final = 400
"""Of a question that is long closed."""


def load_example(*, day: date) -> None:
    """Nothing in a demo without its coordinator."""
    sanne = User.objects.filter(username="sanne").first()
    at = datetime.combine(day - timedelta(days=1), time(14, 20), AMSTERDAM)
    if sanne is None:
        return
    old = Question.objects.filter(status="closed", received_at__lt=at - timedelta(days=DAYS), customer__isnull=False)
    is_open = Question.objects.open().filter(customer__isnull=False).values("customer")
    person = (
        old.exclude(customer__in=is_open).filter(customer__kind=Customer.Kind.PERSON).order_by("-received_at").first()
    )
    if person is None or person.customer is None:
        return
    ask(
        customer=person.customer,
        kind="erase",
        reason="Verzoek aan de balie, legitimatie gezien",
        by=sanne,
        at=at,
    )
    count_asked(at=at)
    beheer = User.objects.filter(username="beheer").first()
    if beheer is not None:
        propose_term(code="raw", days=30, by=beheer, at=at)
    held = old.filter(kind="complaint").exclude(pk=person.pk).order_by("-received_at").first()
    if held is not None:
        place_hold(
            by=sanne,
            at=at - timedelta(days=30),
            reason="Bezwaar loopt bij de rechter",
            until=day + timedelta(days=180),
            question=held,
        )
    make_list(at=at)
    _rights(day, sanne, person.customer)
    _looks(day)


def _rights(day: date, sanne: User, other: Customer) -> None:
    """What people asked: one that must be answered within a week, one that was put off, one that was answered."""
    people = Customer.objects.current().filter(kind=Customer.Kind.PERSON).exclude(pk=other.pk).order_by("pk")[:3]
    at = datetime.combine(day, time(10, 5), AMSTERDAM)
    asked = [("rectify", 27), ("inspect", 24), ("inspect", 41)]
    for customer, (kind, days) in zip(people, asked, strict=False):
        came = at - timedelta(days=days)
        made = note_right(
            customer=customer,
            kind=kind,
            reason="Brief, legitimatie gezien aan de balie",
            received_on=came.date(),
            by=sanne,
            at=came + timedelta(hours=1),
        )
        if days == 24:
            put_off(
                pk=made.pk,
                by=sanne,
                at=at - timedelta(days=2),
                reason="Wij moeten ook het papieren archief doorzoeken.",
                told_by="letter",
            )
        if days == 41:
            answer_right(
                pk=made.pk,
                by=sanne,
                at=at - timedelta(days=20),
                outcome="granted",
                remark="Brief met het bestand gestuurd",
            )


def _looks(day: date) -> None:
    """A week of looking for the weekly review; one evening somebody was late."""
    monday = last_week(datetime.combine(day, time(9), AMSTERDAM))
    people = list(User.objects.filter(username__in=("fatima", "henk", "ria", "sanne")).order_by("username"))
    asked = list(Question.objects.filter(customer__isnull=False).order_by("-pk").values_list("pk", "customer")[:60])
    rows = [
        AccessEntry(
            at=datetime.combine(monday + timedelta(days=number % 5), time(9 + number % 7, number % 60), AMSTERDAM),
            user=people[number % len(people)],
            customer_id=customer,
            question_id=question,
            page="question",
        )
        for number, (question, customer) in enumerate(asked)
        if people
    ]
    for row in rows[:3]:
        row.at = row.at.replace(hour=21)
    AccessEntry.objects.bulk_create(rows)
