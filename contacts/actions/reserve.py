"""Takes the numbers and ids of a registration from their sequences: one query for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, models

from contacts.models import CallbackRequest, Contact, ContactAddress, Customer, NormClock, Question
from contacts.numbering import make_sequence, sequence_of

MODELS: dict[str, type[models.Model]] = {
    "contact": Contact,
    "question": Question,
    "clock": NormClock,
    "customer": Customer,
    "address": ContactAddress,
    "callback": CallbackRequest,
}


@dataclass(frozen=True)
class Reserved:
    """Ids per kind of row, and the question numbers."""

    ids: dict[str, list[int]]
    numbers: list[str]


def reserve(*, prefix: str, year: int, **wanted: int) -> Reserved:
    """So many ids of each kind; `question` also says how many numbers. Numbers may skip, never repeat."""
    count = wanted.get("question", 0)
    name = sequence_of(year)
    kinds = [kind for kind, many in wanted.items() for _one in range(many)]
    columns = ["CASE WHEN to_regclass(%s) IS NULL THEN NULL ELSE nextval((%s::text)::regclass) END"] * count
    columns += ["nextval(%s)"] * len(kinds)
    params = [name, name] * count + [f"{MODELS[kind]._meta.db_table}_id_seq" for kind in kinds]
    with connection.cursor() as cursor:
        for _try in range(2):
            cursor.execute("SELECT " + ", ".join(columns), params)
            values = cursor.fetchone()
            if None not in values[:count]:
                break
            make_sequence(year)  # first question of the year
    ids: dict[str, list[int]] = {kind: [] for kind in MODELS}
    for kind, value in zip(kinds, values[count:], strict=True):
        ids[kind].append(value)
    return Reserved(ids, [f"{prefix}-{year}-{value:06d}" for value in values[:count]])
