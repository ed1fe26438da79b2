"""Once a night: who said what of an article is forgotten after a year, who read a message too; what citizens wrote is gone then, and the counts after three."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from knowledge.models import ArticleFeedback, ArticleUse, News, NewsRead, ProductImport
from organisation import nightly
from organisation.clock import local_day

NAME: Final = "knowledge.forget"
SAID_DAYS: Final = 365
USE_DAYS: Final = 3 * 365
LIST_DAYS: Final = 90
"""A list of products; what became of it stands in the log."""


def forget(*, at: datetime) -> tuple[int, int]:
    """Says how many remarks lost their person and how many counts are gone; the second run of a night does nothing."""
    if not nightly.is_due(NAME, at):
        return 0, 0
    with transaction.atomic():
        known = Q(by__isnull=False) | Q(closed_by__isnull=False)
        said = ArticleFeedback.objects.filter(known, closed_at__lt=at - timedelta(days=SAID_DAYS)).update(
            by=None, closed_by=None
        )
        words, _by_model = ArticleFeedback.objects.filter(
            kind=ArticleFeedback.Kind.WEBSITE, closed_at__lt=at - timedelta(days=SAID_DAYS)
        ).delete()
        gone, _by_model = ArticleUse.objects.filter(on__lt=local_day(at) - timedelta(days=USE_DAYS)).delete()
        ProductImport.objects.filter(at__lt=at - timedelta(days=LIST_DAYS)).delete()
        over = Q(until_at__lt=at - timedelta(days=SAID_DAYS)) | Q(withdrawn_at__lt=at - timedelta(days=SAID_DAYS))
        for news in News.objects.filter(over, readers_then__isnull=True):
            reads = NewsRead.objects.filter(news=news)
            News.objects.filter(pk=news.pk).update(readers_then=reads.count())
            reads.delete()
        nightly.done(NAME, at, said=said, words=words, counts=gone)
    return said, gone
