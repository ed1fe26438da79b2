"""What a visitor's page hears of its chat: one cheap query, and the lines only when there are new ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from contacts.models import Chat, ChatLine
from organisation.wording import clock

SEEN_EVERY: Final = timedelta(seconds=20)
AT_ONCE: Final = 200


def stand_of(token_hash: str) -> dict[str, Any] | None:
    """How the chat stands, with how many wait before it; None when there is no such chat. One query."""
    before = Q(waits_since__lt=OuterRef("waits_since")) | Q(waits_since=OuterRef("waits_since"), pk__lt=OuterRef("pk"))
    ahead = (
        Chat.objects.filter(before, state=Chat.State.WAITING)
        .order_by()
        .values("state")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return (
        Chat.objects.filter(token_hash=token_hash)
        .annotate(ahead=Coalesce(Subquery(ahead, output_field=IntegerField()), 0), number=F("question__number"))
        .values("pk", "state", "line_count", "ahead", "seen_at", "email", "number")
        .first()
    )


def mark_of(row: dict[str, Any]) -> str:
    """Changes when the page has something to show."""
    place = row["ahead"] + 1 if row["state"] == Chat.State.WAITING else 0
    return f"{row['state']}:{place}:{row['line_count']}"


def saw(row: dict[str, Any], at: datetime) -> None:
    """The visitor is still there; written at most every twenty seconds."""
    if row["seen_at"] < at - SEEN_EVERY:
        Chat.objects.filter(pk=row["pk"]).update(seen_at=at)


def answer_of(row: dict[str, Any], after: int) -> dict[str, Any]:
    """The lines after this number, and how it stands."""
    lines = ChatLine.objects.filter(chat_id=row["pk"], number__gt=after).select_related("author").order_by("number")
    return {
        "mark": mark_of(row),
        "state": row["state"],
        "place": row["ahead"] + 1 if row["state"] == Chat.State.WAITING else 0,
        "number": row["number"],
        "hasMail": bool(row["email"]),
        "lines": [
            {
                "number": one.number,
                "who": one.who,
                "name": one.author.get_short_name() if one.author else "",
                "text": one.text,
                "at": clock(one.at),
            }
            for one in lines[:AT_ONCE]
        ],
    }
