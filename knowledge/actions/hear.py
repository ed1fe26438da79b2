"""A citizen says whether an answer helped: counted by day; words become a remark for who keeps the answer, without personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from knowledge.actions.count_use import count_use
from knowledge.actions.one_line import one_line
from knowledge.markup import line_of
from knowledge.models import Article, ArticleFeedback, ArticleUse, ArticleVersion
from knowledge.outside import masked
from organisation.clock import local_day
from organisation.transact import one_transaction

MOST_OPEN: Final = 20
"""So many remarks of citizens wait at one answer; more tell nothing new, and are only counted."""


@one_transaction
def hear(*, version: ArticleVersion, helped: bool, words: str, at: datetime) -> bool:
    """Says whether the words were kept. Nothing is written of who it was: no address, no browser, no moment in the count."""
    one_line(words, "words")
    article = Article.objects.select_for_update().get(pk=version.article_id)
    if not article.is_public:
        return False
    count_use([article.pk], ArticleUse.Kind.HELPED if helped else ArticleUse.Kind.UNHELPED, local_day(at))
    note = one_line(masked(line_of(words)), "words")
    waiting = ArticleFeedback.objects.filter(article=article, kind=ArticleFeedback.Kind.WEBSITE, closed_at__isnull=True)
    if not note or waiting.filter(note=note).exists() or waiting.count() >= MOST_OPEN:
        return False
    ArticleFeedback.objects.create(
        article=article, number=version.number, kind=ArticleFeedback.Kind.WEBSITE, note=note, by=None, at=at
    )
    return True
