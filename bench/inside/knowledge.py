"""Searching the knowledge base at 5,000 answers of 150 words, as employees do and as citizens do in English.

`python -m bench.inside.knowledge knowledge_search|knowledge_search_en`
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import translation

from knowledge.actions.example_translations import FILE as ENGLISH
from knowledge.actions.index import index, index_translation
from knowledge.actions.load_example import FILE
from knowledge.models import Article, ArticleTranslation, ArticleVersion
from knowledge.pages.outside import front_outside
from knowledge.search import search
from organisation.clock import now, today
from organisation.models import Subject, Team, User
from organisation.snapshot import organisation

ARTICLES = 5_000
TIMES = 3
QUERIES = (
    "koelkast weg", "hoe kom ik van mijn oude bank af", "grofuil", "droger", "mijn kliko is niet geleegd", "deksel kapot",
    "milieupas verloren", "nieuw paspoort", "paspoort gestolen", "spoedpaspoort", "rijbewijs verlopen", "ik ga verhuizen",
    "wij willen trouwen", "digid vergeten", "huis te hoog getaxeerd", "gespreid betalen", "lantarenpaal doet het niet",
    "wordt er gestrooid", "boom in tuin omzagen", "uitkering niet binnen op mijn rekening deze maand", "buren maken lawaai", "sleutels verloren",
)  # fmt: skip

IN_ENGLISH = (
    "new passport", "passport stolen", "emergency passport tomorrow", "driving licence expired", "how do I register my new address",
    "we are moving in together", "birth of my baby", "my street light does not work", "bin was not emptied", "bulky waste", "old sofa",
    "pasport", "driving lisence", "benefit not on my account this month", "help with money", "parking permit", "dog tax", "pay in parts",
    "how much is the recycling centre", "permission of both parents", "appointment", "koelkast weg",
)  # fmt: skip
"""As newcomers say it, with typing errors; the last finds only what is in Dutch."""


def _words_of(file: Path, seed: int) -> Callable[[int], str]:
    """Gives texts of so many words of the example."""
    words = file.read_text(encoding="utf-8").translate(str.maketrans("", "", "=!~?+>@^*|.,:;")).split()
    chance = random.Random(seed)
    return lambda count: " ".join(chance.choices(words, k=count))


def _two_people() -> tuple[User, User]:
    """Who wrote an answer, and who published it."""
    writer, other = User.objects.filter(is_active=True).order_by("pk")[:2]
    return writer, other


def add_articles() -> None:
    """Up to 5,000 that are published, of the words of the example: each search has many that fit a little."""
    some, chance = _words_of(FILE, 5), random.Random(6)
    at, team, subjects = now(), Team.objects.order_by("pk")[0], list(Subject.objects.filter(parent__isnull=False))
    writer, other = _two_people()
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
                    answer=some(120), words=[some(2)[:80] for _word in range(3)], is_public=True,
                    written_by=writer, written_at=at, published_by=other, published_at=at,
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


def add_translations() -> None:
    """All 5,000 on the website, and in English too."""
    add_articles()
    published = ArticleVersion.objects.filter(state="published", is_public=True, published_by__isnull=False)
    Article.objects.published().filter(is_public=False, pk__in=published.values("article")).update(
        is_public=True, public_at=now(), address=Concat(Value("meting-"), F("pk"), output_field=CharField())
    )
    some, at = _words_of(ENGLISH, 7), now()
    writer, other = _two_people()
    rows = [
        ArticleTranslation(
            article_id=pk, language="en", number=1, of_number=1, state=ArticleTranslation.State.PUBLISHED, title=some(4)[:120],
            short_answer=some(30)[:600], answer=some(120), words=[some(2)[:80] for _word in range(3)],
            written_by=writer, written_at=at, published_by=other, published_at=at,
        )
        for pk in Article.objects.public().filter(translations__isnull=True).values_list("pk", flat=True)
    ]  # fmt: skip
    with transaction.atomic():
        for row in ArticleTranslation.objects.bulk_create(rows, batch_size=1000):
            index_translation(row)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_article, knowledge_articleword, knowledge_articletranslation")


def knowledge_search() -> dict[str, Any]:
    """At the desk, in Dutch."""
    add_articles()
    day = today()
    return _timed("knowledge_search", Article.objects.published(), QUERIES, lambda query: bool(search(query, day).ids))


def knowledge_search_en() -> dict[str, Any]:
    """On the website, in English: the translations first, then what is only in Dutch; with the titles and answers of the page."""
    add_translations()
    day, house = today(), organisation()
    with translation.override("en"):
        return _timed(
            "knowledge_search_en",
            Article.objects.public().filter(translations__state="published"),
            IN_ENGLISH,
            lambda query: bool(front_outside(query, house, day, "en").found),
        )


def _timed(
    workload: str, articles: QuerySet[Article], queries: tuple[str, ...], finds: Callable[[str], bool]
) -> dict[str, Any]:
    """Each search three times, after one that fills what is kept; a search that finds nothing is an error."""
    times, errors = [], 0
    for query in queries:
        finds(query)
        for _time in range(TIMES):
            begun = time.perf_counter()
            is_found = finds(query)
            times.append(time.perf_counter() - begun)
            errors += not is_found
    times.sort()
    return {
        "workload": workload,
        "count": len(times),
        "articles": articles.count(),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "max_ms": round(times[-1] * 1000, 1),
        "errors": errors,
    }


if __name__ == "__main__":
    made = {"knowledge_search": knowledge_search, "knowledge_search_en": knowledge_search_en}
    json.dump(made[sys.argv[1]](), sys.stdout)
