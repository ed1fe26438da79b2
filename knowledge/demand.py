"""How often is asked about a subject. Apps that know questions put their counting here when they start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organisation.models import User

ASKED: list[Callable[[User, date], dict[int, int]]] = []
"""Person, first day → subject and how many questions since then that this person may count."""


def asked_since(user: User, first: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for count in ASKED:
        for subject_id, times in count(user, first).items():
            found[subject_id] = found.get(subject_id, 0) + times
    return found


ASKED_BY_ALL: list[Callable[[date], dict[int, int]]] = []
"""First day → subject and how many questions since then in the whole house: a number, that leads to no question."""


def asked_by_all(first: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for count in ASKED_BY_ALL:
        for subject_id, times in count(first).items():
            found[subject_id] = found.get(subject_id, 0) + times
    return found
