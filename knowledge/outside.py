"""What citizens may read, and whether the municipality shows it; held in the process like other settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from knowledge.models import Article, ArticleTranslation, ArticleVersion, PublicPart
from organisation.client_address import client_address
from organisation.rate import Rate
from organisation.snapshot import Organisation, Versioned

SEARCHED: Final = Rate(120)
"""Many people share the address of a phone network."""
SAID: Final = Rate(12)
WRONG: Final = Rate(60)
"""Addresses that do not exist."""

MASKS: list[Callable[[str], str]] = []
"""Take personal data out of what a citizen wrote. Apps that know how put theirs here when they start; without one no words are kept."""


def is_too_often(request: HttpRequest, rate: Rate) -> bool:
    """Counts this one too."""
    return rate.wait(client_address(request)) > 0


def masked(words: str) -> str:
    for mask in MASKS:
        words = mask(words)
    return words if MASKS else ""


def _build(version: int) -> tuple[PublicPart, datetime | None]:
    row = PublicPart.objects.filter(pk=1).first() or PublicPart(pk=1)
    return row, Article.objects.aggregate(last=Max("public_at"))["last"]


PART: Final = Versioned(_build)


def public_part(house: Organisation) -> PublicPart:
    return PART.get(house.version)[0]


def changed_at(house: Organisation) -> datetime | None:
    """When any public answer changed last."""
    return PART.get(house.version)[1]


def _sitemap(version: int) -> bytes:
    rows = Article.objects.public().order_by("pk").values_list("address", "public_at")[:50_000]
    pages = [(reverse("knowledge:outside_answer", args=[address]), at) for address, at in rows]
    also = translations_shown().order_by("article_id", "language")
    for address, at, language in also.values_list("article__address", "article__public_at", "language")[:50_000]:
        pages.append((f"{reverse('knowledge:outside_answer', args=[address])}?taal={language}", at))
    return _urlset(
        [
            f"<url><loc>{settings.SITE_URL}{path}</loc><lastmod>{at.isoformat()}</lastmod></url>"
            for path, at in pages[:50_000]
        ]
    )


def _urlset(lines: list[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>\n"]).encode()


SITEMAP: Final = Versioned(_sitemap)


def sitemap_of(house: Organisation) -> bytes:
    """Every public answer; none while search engines may not find them. Made once for every version of the settings."""
    return SITEMAP.get(house.version) if public_part(house).shown == PublicPart.Shown.OPEN else _urlset([])


def is_shown(house: Organisation) -> bool:
    return public_part(house).shown != PublicPart.Shown.OFF


def public_version(address: str) -> ArticleVersion | None:
    """What stands at this address for citizens; None when there is nothing (any more)."""
    rows = ArticleVersion.objects.filter(
        state=ArticleVersion.State.PUBLISHED, article__address=address, article__is_public=True
    )
    return rows.select_related("article").prefetch_related("article__subjects").first()


def translations_shown() -> QuerySet[ArticleTranslation]:
    """What citizens can read in other languages."""
    return ArticleTranslation.objects.filter(state=ArticleTranslation.State.PUBLISHED, article__is_public=True)


def titles_in(language: str, article_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Of these answers title and short answer in that language, of those that have them."""
    rows = translations_shown().filter(language=language, article__in=list(article_ids))
    return {pk: (title, short) for pk, title, short in rows.values_list("article_id", "title", "short_answer")}
