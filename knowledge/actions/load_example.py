"""Articles for the demo, read from `demo/articles.txt`, which anyone can edit; with versions, remarks and use of the last weeks.

A line begins with its kind: `=` title | subjects | checked so many days ago | `web`, `!` short answer, `~` other words, `?` always ask,
`+` full answer, `>` link, `@` for entrepreneurs, `^` team | hand over when, `*` only for colleagues.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from django.utils.text import slugify

from knowledge.actions.example_news import add_example_news
from knowledge.actions.example_translations import add_example_translations
from knowledge.actions.index import index
from knowledge.models import Article, ArticleFeedback, ArticleUse, ArticleVersion, PublicPart
from organisation.bulk import history_of, insert_rows
from organisation.models import Membership, Team, User
from organisation.roles import Role
from organisation.snapshot import organisation, settings_changed
from organisation.workdays import day_start

FILE: Final = Path(__file__).parent.parent / "demo" / "articles.txt"
LISTS: Final = {"?": "ask", ">": "links"}
TEXTS: Final = {"!": "short_answer", "+": "answer", "@": "for_business", "*": "internal"}
YEAR: Final = timedelta(days=365)
State = ArticleVersion.State


def read_articles(lines: Iterable[str]) -> list[dict[str, Any]]:
    """One mapping per article, in the order of the file; raises `ValueError` with the line that it does not know."""
    found: list[dict[str, Any]] = []
    for number, raw in enumerate(lines, 1):
        mark, rest = raw[:1], raw[1:].strip()
        if not raw.strip():
            continue
        if mark == "=":
            title, subjects, days, web = (part.strip() for part in rest.split("|"))
            names = [name.strip() for name in subjects.split(";")]
            found.append({"title": title, "subjects": names, "days": int(days), "is_public": web == "web"})
        elif mark == "~":
            found[-1]["words"] = [word.strip() for word in rest.split(",")]
        elif mark == "^":
            team, _bar, when = rest.partition("|")
            found[-1] |= {"team": team.strip(), "forward_when": when.strip()}
        elif mark in LISTS:
            found[-1].setdefault(LISTS[mark], []).append(rest)
        elif mark in TEXTS:
            known = found[-1].get(TEXTS[mark], "")
            found[-1][TEXTS[mark]] = f"{known}\n{rest}" if known else rest
        else:
            raise ValueError(f"{FILE.name} line {number}: what is “{mark}”?")
    return found


def load_example(*, day: date) -> int:
    """Says how many articles."""
    at = day_start(day)
    with FILE.open(encoding="utf-8") as lines:
        given = read_articles(lines)
    house = organisation()
    subjects = {one.name: one for one in house.subjects.values()}
    teams = {one.code: one for one in house.teams.values()}
    given = [one for one in given if one["subjects"][0] in subjects]
    people = _people()
    articles: list[Article] = []
    versions: list[ArticleVersion] = []
    for one in given:
        subject = subjects[one["subjects"][0]]
        team = house.subject_team(subject.pk) or house.front_office
        checked = day - timedelta(days=one["days"])
        article = Article(
            team=team,
            owner=people.get((team.pk, Role.TEAM_MEMBER)) or people.get((team.pk, Role.TEAM_LEAD)),
            title=one["title"],
            is_published=True,
            checked_on=checked,
            review_on=checked + YEAR,
            reminded_for=checked + YEAR if checked + YEAR <= day + timedelta(days=14) else None,
            created_at=at - timedelta(days=one["days"] + 400),
        )
        articles.append(article)
        versions += _versions(article, one, teams, people, at)
    _expose(articles, versions)
    Article.objects.bulk_create(articles)
    ArticleVersion.objects.bulk_create(versions)
    links = [
        Article.subjects.through(article=article, subject=subjects[name])
        for article, one in zip(articles, given, strict=True)
        for name in one["subjects"]
        if name in subjects
    ]
    Article.subjects.through.objects.bulk_create(links)
    insert_rows(history_of([*articles, *versions], by=None, at=at - timedelta(days=2)))
    index([article.pk for article in articles])
    _use(articles, day)
    _said(articles, people, at)
    add_example_translations(people=people, at=at)
    add_example_news(articles=articles, people=people, at=at)
    settings_changed()
    return len(articles)


def _expose(articles: list[Article], versions: list[ArticleVersion]) -> None:
    """What may stand on the website does, as in `expose`; in the demo the municipality shows its pages."""
    taken: set[str] = set()
    for version in versions:
        article = version.article
        if version.state != State.PUBLISHED or not version.is_public or version.published_by is None:
            continue
        begin = slugify(version.title)[:80]
        article.address = begin if begin not in taken else f"{begin}-{len(taken)}"
        article.is_public, article.public_at = True, version.published_at
        taken.add(article.address)
    PublicPart.objects.update_or_create(
        pk=1, defaults={"shown": PublicPart.Shown.OPEN, "welcome": "Zoek het antwoord op uw vraag."}
    )


def _people() -> dict[tuple[int | None, str], User]:
    rows = Membership.objects.filter(user__is_active=True).select_related("user").order_by("-pk")
    return {(row.team_id, row.role): row.user for row in rows}


def _versions(
    article: Article, one: dict[str, Any], teams: dict[str, Team], people: dict[Any, User], at: datetime
) -> Iterable[ArticleVersion]:
    """The version that holds; of every third also the one before it, and of some one that waits to be looked at."""
    writer, lead = people.get((article.team_id, Role.TEAM_MEMBER)), people.get((article.team_id, Role.TEAM_LEAD))
    names = ("title", "short_answer", "answer", "for_business", "ask", "links", "words", "forward_when", "internal")
    texts = {name: one[name] for name in names if name in one} | {"is_public": one["is_public"]}
    texts["forward_to"] = teams.get(one.get("team", ""))
    then = at - timedelta(days=one["days"])
    has_older, is_written = one["days"] % 3 == 0, one["days"] in (40, 60, 85)
    if has_older:
        older = texts | {
            "short_answer": texts["short_answer"].split(". ")[0] + ".",
            "words": texts.get("words", [])[:1],
        }
        yield ArticleVersion(
            article=article, number=1, state=State.REPLACED, written_by=writer, written_at=then - 2 * YEAR / 3,
            published_by=_other(lead, writer), published_at=then - 2 * YEAR / 3, **older,
        )  # fmt: skip
    yield ArticleVersion(
        article=article, number=1 + has_older, state=State.PUBLISHED, written_by=writer, written_at=then,
        published_by=_other(lead, writer), published_at=then, why="Nieuwe bedragen en tijden" if has_older else "",
        **texts,
    )  # fmt: skip
    if is_written and writer is not None:
        newer = texts | {"short_answer": texts["short_answer"] + " Stuur ook de link naar de website mee."}
        yield ArticleVersion(
            article=article, number=2 + has_older, state=State.REVIEW, written_by=writer,
            written_at=at - timedelta(days=1), why="De link erbij, daar werd vaak om gevraagd", **newer,
        )  # fmt: skip


def _other(lead: User | None, writer: User | None) -> User | None:
    return lead if lead is not None and lead != writer else None


def _use(articles: list[Article], day: date) -> None:
    """Eight weeks, on working days; the first articles of each theme are used most."""
    chance = Random(f"knowledge {day.isoformat()}")  # noqa: S311 - the demo is the same every time
    rows = []
    for place, article in enumerate(articles):
        pace = chance.choice((0.4, 1.0, 1.6, 2.5)) + (3.0 if place in (0, 9, 12, 14) else 0.0)
        for back in range(1, 57):
            on = day - timedelta(days=back)
            if on.weekday() > 4:
                continue
            for kind, share in (("shown", 1.0), ("inserted", 0.35), ("answered", 0.6)):
                count = int(chance.expovariate(1 / (pace * share)))
                if count:
                    rows.append(ArticleUse(article=article, on=on, kind=kind, count=count))
            for kind, share in (("helped", 0.5), ("unhelped", 0.12)) if article.is_public else ():
                count = int(chance.expovariate(1 / (pace * share)))
                if count:
                    rows.append(ArticleUse(article=article, on=on, kind=kind, count=count))
    ArticleUse.objects.bulk_create(rows, batch_size=2000)


SAID: Final = (
    (2, "wrong", "De winkel neemt een koelkast niet altijd mee.", 6, ""),
    (5, "unclear", "Klanten vragen of 1 kuub per pas of per adres is.", 3, ""),
    (14, "wrong", "", 2, ""),
    (5, "website", "Kan ik ook op zaterdagmiddag nog snoeiafval brengen? Dat staat er niet.", 2, ""),
    (0, "website", "Ik zie niet hoeveel grofvuil in één keer mee mag.", 12, "Dat staat er nu bij: meer dan 3 kuub gaat met een offerte."),
    (10, "unclear", "Staat er nu 14 uur of 13.30 uur?", 9, "Voor 14 uur aanvragen. Wij plannen tot 13.30 uur; dat staat nu bij “alleen voor collega’s”."),
)  # fmt: skip


def _said(articles: list[Article], people: dict[Any, User], at: datetime) -> None:
    by = User.objects.filter(memberships__role=Role.FRONT_OFFICE, is_active=True).order_by("pk").first()
    for place, kind, note, days, reply in SAID:
        if place >= len(articles):
            continue
        article = articles[place]
        closer = people.get((article.team_id, Role.TEAM_MEMBER)) if reply else None
        ArticleFeedback.objects.create(
            article=article, number=1, kind=kind, note=note, by=None if kind == "website" else by, at=at - timedelta(days=days, hours=-11), reply=reply,
            closed_at=at - timedelta(days=days - 1, hours=-9) if reply else None, closed_by=closer,
        )  # fmt: skip
