"""Articles for tests: one of Openbare Ruimte that is published, with the next version being written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from knowledge.actions.review import hand_in, publish
from knowledge.actions.save_draft import add_article, save_draft
from knowledge.actions.say import say
from knowledge.actions.take_in_products import keep_products
from knowledge.actions.translate import save_translation
from knowledge.actions.write_news import Message, add_news
from knowledge.models import (
    Article,
    ArticleFeedback,
    ArticleTranslation,
    ArticleVersion,
    News,
    ProductImport,
    PublicPart,
)
from knowledge.products_csv import read_products
from organisation.clock import now, today
from organisation.models import Subject, User
from tests.cast import Cast

TEXTS: dict[str, Any] = {
    "title": "Grofvuil laten ophalen",
    "short_answer": "Een bank is **grofvuil**. Ophalen kan op **woensdag**.",
    "answer": "# Zo werkt het\n- U plant een dag.\n- U betaalt met iDEAL.",
    "for_business": "",
    "ask": ["Wat is het en hoeveel?"],
    "links": ["Grofvuil plannen | https://www.opmeer.example/grofvuil"],
    "words": ["sofa weg"],
    "forward_to": None,
    "forward_when": "De klant is boos.",
    "internal": "De ophaler heeft op dinsdag de lijst.",
    "is_public": True,
}


def article(cast: Cast, at: datetime, *, subject: Subject | None = None, **texts: Any) -> Article:
    """Published: Henk wrote it, Ria looked at it."""
    row = draft_only(cast, at, subject=subject, **texts)
    version = hand_in(article=row, seen=(1, 1), by=cast.henk)
    publish(article=row, seen=(1, version.version), months=12, by=cast.ria, at=at)
    row.refresh_from_db()
    return row


def draft_only(
    cast: Cast, at: datetime, *, subject: Subject | None = None, by: User | None = None, **texts: Any
) -> Article:
    """Being written by Henk."""
    return add_article(
        team=cast.openbare_ruimte,
        subjects=[subject or cast.grofvuil],
        owner=cast.henk,
        texts={**TEXTS, **texts},
        by=by or cast.henk,
        at=at,
    )


def next_version(row: Article, by: User, at: datetime, **texts: Any) -> ArticleVersion:
    return save_draft(article=row, seen_number=0, seen_version=0, texts={**TEXTS, **texts}, by=by, at=at)


def publish_next(row: Article, cast: Cast, at: datetime) -> Article:
    """What Henk wrote last, looked at by Ria."""
    version = row.versions.get(state__in=["draft", "review"])
    seen = hand_in(article=row, seen=(version.number, version.version), by=cast.henk)
    publish(article=row, seen=(seen.number, seen.version), months=12, by=cast.ria, at=at)
    row.refresh_from_db()
    return row


def news(cast: Cast, **changes: Any) -> News:
    """A message of Ria for the front office, shown now."""
    day = today()
    known: dict[str, Any] = {
        "title": "Milieustraat dicht",
        "text": "Zaterdag is de **milieustraat** dicht.",
        "team": cast.openbare_ruimte,
        "first_day": day,
        "last_day": day + timedelta(days=10),
        "must_read": True,
    }
    if not {"for_roles", "for_teams", "for_everybody"} & set(changes):
        known["for_roles"] = ["front_office"]
    return add_news(message=Message(**{**known, **changes}), by=cast.ria, at=now())


def remark(row: Article, by: User, at: datetime) -> ArticleFeedback:
    return say(article=row, kind="wrong", note="Het is nu donderdag.", by=by, at=at)


def article_ids(cast: Cast, at: datetime) -> dict[str, int]:
    """An article of Openbare Ruimte with a next version of Henk, and a remark of Fatima; citizens read it too."""
    PublicPart.objects.create(pk=1, shown=PublicPart.Shown.OPEN)
    row = article(cast, at)
    next_version(row, cast.henk, at, short_answer="Ophalen kan op **donderdag**.")
    return {
        "news": news(cast).pk,
        "products": products(cast, at).pk,
        "translation": translation(row, cast, at).pk,
        "article": row.pk,
        "remark": remark(row, cast.fatima, at).pk,
    }


def translation(row: Article, cast: Cast, at: datetime) -> ArticleTranslation:
    """In English, being written by Henk."""
    texts = {
        "title": "Bulky waste",
        "short_answer": "On **Thursday**.",
        "answer": "",
        "for_business": "",
        "links": [],
        "words": [],
    }
    return save_translation(article=row, language="en", of_number=1, seen=(0, 0), texts=texts, by=cast.henk, at=at)


def article_arguments(short: str, ids: dict[str, int]) -> list[dict[str, object]]:
    """What the addresses ask for, in the table of who may what."""
    if short in (
        "articles",
        "new_article",
        "work",
        "outside_front",
        "sitemap",
        "robots",
        "public_part",
        "news",
        "news_add",
        "products",
        "usage",
    ):
        return [{}]
    if short.startswith("products_"):
        return [{"pk": ids["products"]}]
    if short.startswith("news_"):
        return [{"pk": ids["news"]}]
    if short == "outside_theme":
        return [{"code": "afval"}]
    if short.startswith("outside_"):
        return [{"address": "grofvuil-laten-ophalen"}]
    if short.endswith("translation"):
        return [{"pk": ids["article"], "code": "en"}]
    return [{"pk": ids["remark" if short == "answer_feedback" else "article"]}]


def article_address(cast: Cast, tail: str = "") -> str:
    """An article with a next version that was handed in, and a remark."""
    row = Article.objects.first()
    if row is None:
        row = Article.objects.get(pk=article_ids(cast, now())["article"])
        hand_in(article=row, seen=(2, 1), by=cast.henk)
    return f"/kennisbank/{row.pk}/{tail}"


def news_address(cast: Cast, tail: str = "") -> str:
    """A message that waits."""
    return f"/kennisbank/nieuws/{news(cast).pk}/{tail}"


def products(cast: Cast, at: datetime) -> ProductImport:
    """A list that the coordinator looks at."""
    rows = read_products(b"naam;link\nPaspoort;https://www.opmeer.example/paspoort\nHaring;\n").rows
    return keep_products(name="producten.csv", rows=rows, unused=[], by=cast.sanne, at=at)


def products_address(cast: Cast) -> str:
    return f"/kennisbank/producten/{products(cast, now()).pk}/"


def outside_address(cast: Cast, tail: str = "grofvuil-laten-ophalen/") -> str:
    """A page for citizens."""
    article_address(cast)
    return f"/antwoorden/{tail}"
