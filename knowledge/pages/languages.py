"""The texts of an answer in other languages, as they stand at the answer itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.actions.translate import OPEN, State
from knowledge.markup import Html, html_of, link_of
from knowledge.models import Article, ArticleTranslation, Language


@dataclass(frozen=True)
class Said:
    """A text in another language, ready to be shown."""

    title: str
    short: Html
    answer: Html
    for_business: Html
    links: list[tuple[str, str]]


@dataclass(frozen=True)
class LanguageRow:
    """Of an answer, at the answer itself."""

    code: str
    name: str
    href: str
    state: str
    is_outdated: bool
    said: Said | None
    """What citizens read in it."""


def language_rows(article: Article, number: int) -> list[LanguageRow]:
    """Every language in which citizens can read, with the state of this answer in it; one query."""
    found: dict[str, dict[str, ArticleTranslation]] = {}
    for one in ArticleTranslation.objects.filter(article=article, state__in=[*OPEN, State.PUBLISHED]):
        found.setdefault(one.language, {})["shown" if one.state == State.PUBLISHED else "draft"] = one
    rows = []
    for language in Language:
        known = found.get(language.value, {})
        shown = known.get("shown")
        rows.append(
            LanguageRow(
                code=language.value,
                name=str(language.label),
                href=reverse("knowledge:translation", args=[article.pk, language.value]),
                state=state_of(known.get("draft"), shown, number),
                is_outdated=shown is not None and shown.of_number < number,
                said=said_of(shown) if shown else None,
            )
        )
    return rows


def said_of(row: ArticleTranslation, level: int = 3) -> Said:
    """Nothing that was typed becomes a tag."""
    return Said(
        title=row.title,
        short=html_of(row.short_answer, level),
        answer=html_of(row.answer, level),
        for_business=html_of(row.for_business, level + 1),
        links=[one for one in map(link_of, row.links) if one[1]],
    )


def state_of(draft: ArticleTranslation | None, shown: ArticleTranslation | None, number: int) -> str:
    parts = []
    if shown is not None:
        parts.append(_("translation outdated") if shown.of_number < number else _("up to date"))
    if draft is not None:
        parts.append(str(draft.get_state_display()))
    return ", ".join(parts) or _("not translated")
