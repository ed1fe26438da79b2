"""The list that a person came from, and the next and previous question in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from contacts import keyset
from contacts.pages.question_link import question_href, quoted
from contacts.queue_filters import FAR, QueueFilters, matching, read_query

if TYPE_CHECKING:
    from datetime import datetime

    from contacts.models import Question
    from organisation.models import User
    from organisation.snapshot import Organisation


@dataclass(frozen=True)
class CameFrom:
    """The list that the person came from, and the place in it; both from the address."""

    filters: QueueFilters | None
    place: keyset.Cursor | None
    raw: str

    @classmethod
    def read(cls, data: Any, user: User) -> CameFrom:
        if "uit" not in data:
            return cls(None, None, "")
        filters = read_query(str(data.get("uit", "")), user)
        place = keyset.Cursor.read(str(data.get("plek", "")), FAR)
        raw = f"uit={quoted(filters.query())}" + (f"&plek={place}" if place else "")
        return cls(filters, place, raw)


def neighbour_href(question: Question, came_from: CameFrom, which: str) -> str:
    """Looked up only when it is asked for."""
    return f"{question_href(question.number)}{which}/?{came_from.raw}" if came_from.filters is not None else ""


def neighbour(
    question: Question, user: User, at: datetime, house: Organisation, came_from: CameFrom, *, backwards: bool
) -> str:
    """The address of the next (or previous) question of the list one came from; the list itself at its end."""
    filters = came_from.filters
    if filters is None:
        return reverse("contacts:queue")
    query = filters.query()
    here = came_from.place or keyset.Cursor(getattr(question, filters.moment), question.pk)
    rows = matching(filters, user, at, house).exclude(pk=question.pk)
    rows = keyset.beyond(rows, here, moment=filters.moment, newest_first=filters.newest_first, backwards=backwards)
    rows = keyset.ordered(rows, moment=filters.moment, newest_first=filters.newest_first, backwards=backwards)
    row = rows.values("number", "id", filters.moment).first()
    if row is None:
        return f"{reverse('contacts:queue')}?{query}"
    return f"{question_href(row['number'])}?uit={quoted(query)}&plek={keyset.Cursor(row[filters.moment], row['id'])}"
