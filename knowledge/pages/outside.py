"""An answer and the lists as citizens see them: nothing here reads what is only for colleagues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from knowledge.markup import Html, html_of, link_of, plain_of
from knowledge.models import Article, ArticleTranslation, ArticleVersion
from knowledge.outside import titles_in, translations_shown
from knowledge.pages.article import USED, uses
from knowledge.search import FEW, LONGEST, search, search_translated
from organisation import wording
from organisation.models import Subject
from organisation.snapshot import Organisation

MOST = 200
ASKED_MOST = 8
FOUND = 20


DUTCH = "nl"


@dataclass(frozen=True)
class Link:
    href: str
    words: str
    note: str = ""
    lang: str = ""
    """Set when it is in another language than the page."""


@dataclass(frozen=True)
class AnswerOutside:
    address: str
    title: str
    lead: str
    """For search engines: the short answer without marks."""
    short: Html
    answer: Html
    for_business: Html
    links: list[tuple[str, str]]
    checked: str
    theme: Link | None
    near: list[Link]
    lang: str
    """Of the answer: Dutch when there is none in the language of the page."""
    languages: list[str]
    """In which it can be read."""
    is_outdated: bool
    """The Dutch answer changed since this was translated."""
    dutch_href: str


@dataclass(frozen=True)
class FrontOutside:
    query: str
    found: list[Link]
    themes: list[Link]
    asked_most: list[Link]


def answer_outside(version: ArticleVersion, house: Organisation, day: date, language: str = DUTCH) -> AnswerOutside:
    """Three queries, in another language four: the answers about the same subjects stand below."""
    article = version.article
    subjects = sorted(article.subjects.all(), key=lambda one: one.pk)
    line = house.subject_line(subjects[0].pk) if subjects else []
    near = Article.objects.public().filter(subjects__in=subjects).exclude(pk=article.pk).distinct()
    rows = list(near.order_by("title", "pk").values_list("pk", "address", "title")[:6])
    translations = {one.language: one for one in translations_shown().filter(article=article)}
    text = translations.get(language) or version
    lang = language if language in translations else DUTCH
    return AnswerOutside(
        address=article.address,
        title=text.title,
        lead=" ".join(plain_of(text.short_answer).split())[:300],
        short=html_of(text.short_answer, 2),
        answer=html_of(text.answer, 2),
        for_business=html_of(text.for_business),
        links=[one for one in map(link_of, text.links) if one[1]],
        checked=wording.day_long(article.checked_on, day) if article.checked_on else "",
        theme=_theme(line[-1], language) if line else None,
        near=_links(rows, language),
        lang=lang,
        languages=[DUTCH, *sorted(translations)],
        is_outdated=isinstance(text, ArticleTranslation) and text.of_number < version.number,
        dutch_href=reverse("knowledge:outside_answer", args=[article.address]),
    )


def front_outside(query: str, house: Organisation, day: date, language: str = DUTCH) -> FrontOutside:
    """What was searched, or the themes and what is used most. In another language what is only in Dutch comes last."""
    query = " ".join(query.replace("\x00", "").split())[:LONGEST]
    if query:
        ids = search_translated(query, language, FOUND).ids if language != DUTCH else []
        if len(ids) < FOUND:
            dutch = search(query, day, most=FOUND, is_outside=True, language=language, guesses=len(ids) < FEW).ids
            has_one = titles_in(language, dutch) if language != DUTCH else {}
            ids = list(dict.fromkeys([*ids, *(pk for pk in dutch if pk in has_one), *dutch]))[:FOUND]
        rows = {
            row[0]: row
            for row in ArticleVersion.objects.filter(
                article__in=ids, article__is_public=True, state=ArticleVersion.State.PUBLISHED
            ).values_list("article_id", "article__address", "title", "short_answer")
        }
        return FrontOutside(query, _links([rows[pk] for pk in ids if pk in rows], language), [], [])
    most = Article.objects.public().annotate(times=uses(day - timedelta(days=90), *USED)).filter(times__gt=0)
    if language != DUTCH:
        most = most.filter(pk__in=translations_shown().filter(language=language).values("article"))
    rows_most = list(most.order_by("-times", "title").values_list("pk", "address", "title")[:ASKED_MOST])
    return FrontOutside("", [], themes_outside(house, language), _links(rows_most, language))


def themes_outside(house: Organisation, language: str = DUTCH) -> list[Link]:
    """The themes about which something can be read; one query."""
    with_one = Article.objects.public().order_by().values_list("subjects", flat=True).distinct()
    heads = {house.subject_line(pk)[-1].pk for pk in with_one if pk in house.subjects}
    return sorted((_theme(house.subjects[pk], language) for pk in heads), key=lambda one: one.words)


def about_outside(subject_id: int, language: str, most: int) -> list[Link]:
    """What can be read about one subject. One query, in another language two."""
    rows = Article.objects.public().filter(subjects=subject_id).order_by("title").values_list("pk", "address", "title")
    return _links(list(rows[:most]), language)


def _theme(head: Subject, language: str) -> Link:
    name, lang = head.name_in(language)
    return Link(_there("knowledge:outside_theme", head.code, language), name, lang=lang)


def theme_outside(
    code: str, house: Organisation, language: str = DUTCH
) -> tuple[Link, list[tuple[str, str, list[Link]]]] | None:
    """The theme and its answers by subject, with the language of that name; None when there is nothing to read about it. One query, in another language two."""
    theme = next((one for one in house.subjects.values() if one.code == code), None)
    if theme is None:
        return None
    below = house.subject_ids_below(theme.pk)
    rows = list(
        Article.objects.public()
        .filter(Q(subjects__in=below))
        .order_by("title", "pk")
        .values_list("subjects", "pk", "address", "title")[:MOST]
    )
    links = _links([row[1:] for row in rows], language)
    groups: dict[tuple[str, str], list[Link]] = {}
    for row, link in zip(rows, links, strict=True):
        groups.setdefault(house.subjects.get(row[0], theme).name_in(language), []).append(link)
    return (_theme(theme, language), [(*name, links) for name, links in sorted(groups.items())]) if groups else None


def _links(rows: Sequence[tuple[Any, ...]], language: str) -> list[Link]:
    """Of rows with key, address, title and perhaps the short answer: in the language of the page where there is one. One query."""
    known = titles_in(language, [row[0] for row in rows]) if language != DUTCH else {}
    found = []
    for pk, address, *said in rows:
        title, short = known.get(pk, (said[0], said[1] if len(said) > 1 else ""))
        note = " ".join(plain_of(short).split())[:200] if len(said) > 1 else ""
        lang = "" if language == DUTCH or pk in known else DUTCH
        found.append(Link(_there("knowledge:outside_answer", address, language), title, note, lang))
    return found


def _there(name: str, argument: str, language: str) -> str:
    """An address that stays in the language of the page."""
    path = reverse(name, args=[argument])
    return path if language == DUTCH else f"{path}?taal={language}"
