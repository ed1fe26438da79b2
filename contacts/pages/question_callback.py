"""The open promise to call, beside the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from contacts import normalize
from contacts.models import CallbackRequest
from contacts.models.callback import TRIES


@dataclass(frozen=True)
class Callback:
    """An open promise to call."""

    pk: int
    phone: str
    dial: str
    name: str
    moment: str
    tries: int
    tries_words: str
    is_hopeless: bool


def callback_of(rows: list[dict[str, Any]]) -> Callback | None:
    """Of the requests of a question, as they were found with it."""
    row = next((one for one in rows if one["state"] == CallbackRequest.State.OPEN), None)
    if row is None:
        return None
    attempts = row["attempts"] or []
    tries = len(attempts)
    return Callback(
        pk=row["id"],
        phone=row["phone"],
        dial=normalize.dialled(row["phone"]),
        name=row["name"],
        moment=row["moment"],
        tries=tries,
        tries_words=ngettext("tried %(count)s time", "tried %(count)s times", tries) % {"count": tries}
        if tries
        else "",
        is_hopeless=sum(one["outcome"] != "reached" for one in attempts) >= TRIES,
    )
