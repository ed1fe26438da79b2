"""Somebody read a message: kept once for each person, whatever is pressed how often."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.models import News, NewsRead
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def read_news(*, news: News, by: User, at: datetime) -> None:
    """Of the text as it is now."""
    NewsRead.objects.bulk_create(
        [NewsRead(news=news, user=by, round=news.round, at=at)],
        update_conflicts=True,
        unique_fields=["news", "user"],
        update_fields=["round", "at"],
    )
