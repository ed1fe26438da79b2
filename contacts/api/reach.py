"""Finds customers for another system, by the same ways as the screen."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import prefetch_related_objects

from contacts.finding.customers import find_customers, recognised
from contacts.models import ApiClient, Customer, Question
from organisation.roles import Right


class _Reader:
    """What `find_customers` asks of a person, for a client that may read customers: all of them, no questions."""

    def may(self, right: Right) -> bool:
        return right in (Right.CUSTOMERS_READ, Right.QUESTIONS_ALL_TEAMS)


def find_customers_for_client(client: ApiClient, text: str) -> list[Customer]:
    """The customers, best first; a question number leads to its customer when the client may see that question."""
    typed = recognised(text)
    if typed.kind == "number":
        questions = Question.objects.visible_to_client(client).filter(number=typed.value)
        found = list(Customer.objects.current().filter(questions__in=questions))
    else:
        found = find_customers(cast("Any", _Reader()), text)
    prefetch_related_objects(found, "addresses")
    return found
