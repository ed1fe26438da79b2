"""Fetches an article, or its version that is being written, for a person; absent and out of reach look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from knowledge.models import Article, ArticleVersion
from knowledge.permissions import may_keep
from knowledge.querysets import written_by

if TYPE_CHECKING:
    from organisation.models import User

State = ArticleVersion.State


def get_article(user: User, pk: int) -> Article:
    return get_object_or_404(Article.objects.visible_to(user).select_related("team", "owner"), pk=pk)


def open_version(article: Article) -> ArticleVersion | None:
    """What is being written, or waits to be looked at."""
    rows = ArticleVersion.objects.filter(article=article, state__in=[State.DRAFT, State.REVIEW])
    return rows.select_related("written_by", "forward_to").first()


def get_open_version(user: User, article: Article) -> ArticleVersion:
    """For who looks after the article, and for who wrote it, also when a colleague changed it since."""
    found = open_version(article)
    if found is None or not (may_keep(user, article) or written_by(user).filter(id=found.pk).exists()):
        raise Http404
    return found
