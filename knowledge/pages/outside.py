"""An answer and the lists as citizens see them: nothing here reads what is only for colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from knowledge.markup import html_of, link_of, plain_of
from knowledge.models import Article, ArticleVersion
from knowledge.pages.article import USED, uses
from knowledge.search import LONGEST, search
from organisation import wording
from organisation.snapshot import Organisation

MOST = 200
ASKED_MOST = 8
FOUND = 20


@dataclass(frozen=True)
class Link:
    href: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class AnswerOutside:
    address: str
    title: str
    lead: str
    """For search engines: the short answer without marks."""
    short: SafeString
    answer: SafeString
    for_business: SafeString
    links: list[tuple[str, str]]
    checked: str
    theme: Link | None
    near: list[Link]


@dataclass(frozen=True)
class FrontOutside:
    query: str
    found: list[Link]
    themes: list[Link]
    asked_most: list[Link]


def answer_outside(version: ArticleVersion, house: Organisation, day: date) -> AnswerOutside:
    """Two queries: the answers about the same subjects stand below."""
    article = version.article
    subjects = sorted(article.subjects.all(), key=lambda one: one.pk)
    line = house.subject_line(subjects[0].pk) if subjects else []
    near = Article.objects.public().filter(subjects__in=subjects).exclude(pk=article.pk).distinct()
    rows = near.order_by("title", "pk").values_list("address", "title")[:6]
    return AnswerOutside(
        address=article.address,
        title=version.title,
        lead=" ".join(plain_of(version.short_answer).split())[:300],
        short=_html(version.short_answer),
        answer=_html(version.answer),
        for_business=_html(version.for_business, 3),
        links=[one for one in map(link_of, version.links) if one[1]],
        checked=wording.day_long(article.checked_on, day) if article.checked_on else "",
        theme=Link(reverse("knowledge:outside_theme", args=[line[-1].code]), line[-1].name) if line else None,
        near=[_link(address, title) for address, title in rows],
    )


def front_outside(query: str, house: Organisation, day: date) -> FrontOutside:
    """What was searched, or the themes and what is used most."""
    query = " ".join(query.replace("\x00", "").split())[:LONGEST]
    if query:
        ids = search(query, day, most=FOUND, is_outside=True).ids
        rows = {
            row[0]: row
            for row in ArticleVersion.objects.filter(
                article__in=ids, article__is_public=True, state=ArticleVersion.State.PUBLISHED
            ).values_list("article_id", "article__address", "title", "short_answer")
        }
        found = [_link(address, title, short) for _pk, address, title, short in (rows[pk] for pk in ids if pk in rows)]
        return FrontOutside(query, found, [], [])
    most = Article.objects.public().annotate(times=uses(day - timedelta(days=90), *USED)).filter(times__gt=0)
    rows_most = most.order_by("-times", "title").values_list("address", "title")[:ASKED_MOST]
    return FrontOutside("", [], themes_outside(house), [_link(address, title) for address, title in rows_most])


def themes_outside(house: Organisation) -> list[Link]:
    """The themes about which something can be read; one query."""
    with_one = Article.objects.public().order_by().values_list("subjects", flat=True).distinct()
    heads = {house.subject_line(pk)[-1].pk for pk in with_one if pk in house.subjects}
    themes = sorted((house.subjects[pk] for pk in heads), key=lambda one: one.name)
    return [Link(reverse("knowledge:outside_theme", args=[one.code]), one.name) for one in themes]


def theme_outside(code: str, house: Organisation) -> tuple[str, list[tuple[str, list[Link]]]] | None:
    """The name of the theme and its answers by subject; None when there is nothing to read about it. One query."""
    theme = next((one for one in house.subjects.values() if one.code == code), None)
    if theme is None:
        return None
    below = house.subject_ids_below(theme.pk)
    rows = (
        Article.objects.public()
        .filter(Q(subjects__in=below))
        .order_by("title", "pk")
        .values_list("subjects", "address", "title")[:MOST]
    )
    groups: dict[str, list[Link]] = {}
    for subject_id, address, title in rows:
        name = house.subjects[subject_id].name if subject_id in house.subjects else theme.name
        groups.setdefault(name, []).append(_link(address, title))
    return (theme.name, sorted(groups.items())) if groups else None


def _link(address: str, title: str, short: str = "") -> Link:
    return Link(reverse("knowledge:outside_answer", args=[address]), title, " ".join(plain_of(short).split())[:200])


def _html(text: str, level: int = 2) -> SafeString:
    return mark_safe(html_of(text, level))  # noqa: S308 - html_of escapes all that was typed
