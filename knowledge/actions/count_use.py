"""Counts that an answer was opened, put in a text, or answered a question at once: per day, without a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import connection

from knowledge.models import ArticleUse

_ADD: Final = """
INSERT INTO knowledge_articleuse (article_id, "on", kind, count)
SELECT id, %s, %s, 1 FROM knowledge_article WHERE id = ANY(%s) AND is_published ORDER BY id
ON CONFLICT (article_id, "on", kind) DO UPDATE SET count = knowledge_articleuse.count + 1
"""


def count_use(article_ids: Iterable[int], kind: str, on: date) -> None:
    """One statement; an article that is gone is passed over."""
    wanted = sorted(set(article_ids))[:20]
    if wanted and kind in ArticleUse.Kind.values:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [on, kind, wanted])
