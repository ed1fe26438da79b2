"""Writes notices for employees: once per person, kind and happening; never to the one who did it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from contacts.models import Notice

if TYPE_CHECKING:
    from contacts.models import NormClock, Question
    from organisation.models import User


def tell(
    user_ids: Iterable[int | None],
    *,
    kind: str,
    question: Question | None,
    key: str,
    at: datetime,
    by: User | None = None,
    clock: NormClock | None = None,
    is_mailed: bool = False,
) -> None:
    """One notice for each of these people; the same happening twice is one notice. `is_mailed`: a mail of its own says it too."""
    people = {pk for pk in user_ids if pk is not None and (by is None or pk != by.pk)}
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=pk,
                kind=kind,
                question=question,
                clock=clock,
                key=key,
                at=at,
                mailed_at=at if is_mailed else None,
            )
            for pk in sorted(people)
        ],
        ignore_conflicts=True,
    )
