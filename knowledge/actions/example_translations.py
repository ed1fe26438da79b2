"""Answers in English for the demo, read from `demo/articles_en.txt`: one is older than its Dutch text, one waits to be looked at.

A line begins with its kind: `=` Dutch title | English title | `old` or `review`; the others as in `articles.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from knowledge.actions.index import index_translation
from knowledge.models import Article, ArticleTranslation, ArticleVersion
from organisation.bulk import history_of, insert_rows
from organisation.models import User
from organisation.roles import Role

FILE: Final = Path(__file__).parent.parent / "demo" / "articles_en.txt"
TEXTS: Final = {"!": "short_answer", "+": "answer", "@": "for_business"}
State = ArticleTranslation.State


def read_translations(lines: Iterable[str]) -> list[dict[str, Any]]:
    """One mapping per answer; raises `ValueError` with the line that it does not know."""
    found: list[dict[str, Any]] = []
    for number, raw in enumerate(lines, 1):
        mark, rest = raw[:1], raw[1:].strip()
        if not raw.strip():
            continue
        if mark == "=":
            dutch, title, *state = (part.strip() for part in rest.split("|"))
            found.append({"of": dutch, "state": state[0] if state else "", "title": title, "links": [], "words": []})
        elif mark == "~":
            found[-1]["words"] = [word.strip() for word in rest.split(",")]
        elif mark == ">":
            found[-1]["links"].append(rest)
        elif mark in TEXTS:
            known = found[-1].get(TEXTS[mark], "")
            found[-1][TEXTS[mark]] = f"{known}\n{rest}" if known else rest
        else:
            raise ValueError(f"{FILE.name} line {number}: what is “{mark}”?")
    return found


def add_example_translations(*, people: dict[Any, User], at: datetime) -> int:
    """Of answers that stand outside and have a team in which two people look at a text; says how many."""
    with FILE.open(encoding="utf-8") as lines:
        given = {one["of"]: one for one in read_translations(lines)}
    numbers = dict(ArticleVersion.objects.filter(state="published").values_list("article_id", "number"))
    rows = []
    for article in Article.objects.public().filter(title__in=given).order_by("pk"):
        one = given[article.title]
        writer = people.get((article.team_id, Role.TEAM_MEMBER))
        lead = people.get((article.team_id, Role.TEAM_LEAD))
        if writer is None or lead is None or lead == writer:
            continue
        is_published, number = one["state"] != "review", numbers[article.pk]
        then = (article.public_at or at) + timedelta(hours=2) if is_published else at - timedelta(days=1)
        rows.append(
            ArticleTranslation(
                article=article, language="en", number=1, of_number=max(1, number - (one["state"] == "old")),
                state=State.PUBLISHED if is_published else State.REVIEW, title=one["title"],
                short_answer=one["short_answer"], answer=one.get("answer", ""),
                for_business=one.get("for_business", ""), links=one["links"], words=one["words"],
                written_by=writer, written_at=then, published_by=lead if is_published else None,
                published_at=then if is_published else None,
            )
        )  # fmt: skip
    ArticleTranslation.objects.bulk_create(rows)
    insert_rows(history_of(rows, by=None, at=at - timedelta(days=2)))
    for row in rows:
        index_translation(row)
    return len(rows)
