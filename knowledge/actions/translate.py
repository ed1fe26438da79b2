"""Writes the text of an answer in another language; what is published stays as it is until the new one is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from knowledge.models import Article, ArticleTranslation, ArticleVersion
from knowledge.permissions import may_write
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

State = ArticleTranslation.State
TEXTS: Final = ("title", "short_answer", "answer", "for_business", "links", "words")
OPEN: Final = (State.DRAFT, State.REVIEW)


@one_transaction
def save_translation(
    *,
    article: Article,
    language: str,
    of_number: int,
    seen: tuple[int, int],
    texts: Mapping[str, Any],
    by: User,
    at: datetime,
) -> ArticleTranslation:
    """`of_number` is the Dutch version that stood beside it; `seen` number and version of the text in the form (0 and the number of the
    published one that it began from; 0, 0: from none).

    Raises `Stale` when a colleague was first.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    draft = open_translation(row, language)
    if not may_write(by, row, draft):
        raise PermissionDenied
    if draft is None and seen != (0, _published_number(row, language)):
        raise Stale(
            _("This version was published or thrown away in the meantime."), published_translation(row, language)
        )
    if draft is not None and (draft.number, draft.version) != seen:
        raise Stale(_("Somebody else changed this in the meantime."), draft)
    if not ArticleVersion.objects.filter(article=row, number=of_number, published_at__isnull=False).exists():
        raise Refused(_("Only an answer that was published can be translated."))
    if draft is None:
        earlier = ArticleTranslation.objects.filter(article=row, language=language)
        number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
        gone = ArticleTranslation.history.filter(article_id=row.pk, language=language, number=number)
        last = gone.aggregate(last=Max("version"))["last"] or 0  # never that of a text thrown away
        draft = ArticleTranslation(article=row, language=language, number=number, version=last)
    for name in TEXTS:
        setattr(draft, name, texts[name])
    draft.of_number, draft.state, draft.written_by, draft.written_at = of_number, State.DRAFT, by, at
    draft.version += 1
    draft.save()
    audit.record(by=by, action="article.translated", obj=row, language=language, number=draft.number)
    return draft


def open_translation(article: Article, language: str) -> ArticleTranslation | None:
    """What is being written, or waits to be looked at."""
    rows = ArticleTranslation.objects.filter(article=article, language=language, state__in=OPEN)
    return rows.select_related("written_by").first()


def _published_number(article: Article, language: str) -> int:
    shown = published_translation(article, language)
    return shown.number if shown is not None else 0


def published_translation(article: Article, language: str) -> ArticleTranslation | None:
    return ArticleTranslation.objects.filter(article=article, language=language, state=State.PUBLISHED).first()
