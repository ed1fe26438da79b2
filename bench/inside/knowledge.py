"""Searching the knowledge base at 5,000 answers of 150 words (`python -m bench.inside.knowledge knowledge_search`)."""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from knowledge.actions.index import index
from knowledge.actions.load_example import FILE
from knowledge.models import Article, ArticleVersion
from knowledge.search import search
from organisation.clock import now, today
from organisation.models import Subject, Team

ARTICLES = 5_000
TIMES = 3
QUERIES = (
    "koelkast weg", "hoe kom ik van mijn oude bank af", "grofuil", "droger", "mijn kliko is niet geleegd", "deksel kapot",
    "milieupas verloren", "nieuw paspoort", "paspoort gestolen", "spoedpaspoort", "rijbewijs verlopen", "ik ga verhuizen",
    "wij willen trouwen", "digid vergeten", "huis te hoog getaxeerd", "gespreid betalen", "lantarenpaal doet het niet",
    "wordt er gestrooid", "boom in tuin omzagen", "uitkering niet binnen op mijn rekening deze maand", "buren maken lawaai", "sleutels verloren",
)  # fmt: skip


def add_articles() -> None:
    """Up to 5,000 that are published, of the words of the example: each search has many that fit a little."""
    words = FILE.read_text(encoding="utf-8").translate(str.maketrans("", "", "=!~?+>@^*|.,:;")).split()
    chance = random.Random(5)
    at, team, subjects = now(), Team.objects.order_by("pk")[0], list(Subject.objects.filter(parent__isnull=False))

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    day = at.date()
    articles = [
        Article(
            team=team, title=some(4)[:120], is_published=True, checked_on=day, review_on=day + timedelta(days=365), created_at=at
        )
        for _number in range(max(0, ARTICLES - Article.objects.published().count()))
    ]  # fmt: skip
    with transaction.atomic():
        Article.objects.bulk_create(articles, batch_size=1000)
        ArticleVersion.objects.bulk_create(
            (
                ArticleVersion(
                    article=one, number=1, state=ArticleVersion.State.PUBLISHED, title=one.title, short_answer=some(30)[:600],
                    answer=some(120), words=[some(2)[:80] for _word in range(3)], written_at=at, published_at=at,
                )
                for one in articles
            ),
            batch_size=1000,
        )  # fmt: skip
        link = Article.subjects.through
        link.objects.bulk_create(
            (link(article=one, subject=chance.choice(subjects)) for one in articles), batch_size=1000
        )
        index([one.pk for one in articles])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_article, knowledge_articleword")


def knowledge_search() -> dict[str, Any]:
    """Each search three times, after one that fills what is kept; a search that finds nothing is an error."""
    add_articles()
    day, times, errors = today(), [], 0
    for query in QUERIES:
        search(query, day)
        for _time in range(TIMES):
            begun = time.perf_counter()
            found = search(query, day)
            times.append(time.perf_counter() - begun)
            errors += not found.ids
    times.sort()
    return {
        "workload": "knowledge_search",
        "count": len(times),
        "articles": Article.objects.published().count(),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "max_ms": round(times[-1] * 1000, 1),
        "errors": errors,
    }


if __name__ == "__main__":
    json.dump({"knowledge_search": knowledge_search}[sys.argv[1]](), sys.stdout)
