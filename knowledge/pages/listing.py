"""The list beside an article: what was searched, or everything about a theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import Article, ArticleFeedback, ArticleVersion
from knowledge.pages.article import SOON, USED, short_day, uses
from knowledge.permissions import may_write_for
from knowledge.search import CANDIDATES, LONGEST, MOST, search
from organisation.addresses import address
from organisation.choice import Choice
from organisation.numbers import whole
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.words import plain

if TYPE_CHECKING:
    from organisation.models import User

PAGE = 60


@dataclass(frozen=True)
class Row:
    href: str
    title: str
    note: str
    badge: str
    is_late: bool
    is_chosen: bool


@dataclass(frozen=True)
class Listing:
    query: str
    theme: str
    themes: list[Choice]
    rows: list[Row]
    hits: str
    next_href: str
    lead: str
    work: str
    """How much waits for this person; empty for who looks after nothing."""
    may_add: bool
    first: int | None
    """The best hit, shown when nothing was chosen."""
    suffix: str = ""
    """Behind the address of an answer, so that the list stays as it was searched."""


def listing(user: User, *, query: str, theme: str, after: str, chosen: int | None, day: date) -> Listing:
    """At most five queries."""
    house = organisation()
    query, after = " ".join(query.split())[:LONGEST], after[: LONGEST + 20]
    theme_id = next((pk for pk in house.subjects if str(pk) == theme), None)
    rows = Article.objects.published()
    if theme_id is not None:
        rows = rows.filter(subjects__in=house.subject_ids_below(theme_id)).distinct()
    rows = rows.annotate(week=uses(day - timedelta(days=6), *USED))
    rows = rows.values("pk", "title", "team_id", "review_on", "week")
    reasons: dict[int, str] = {}
    next_href = ""
    if query:
        ranked = search(
            query, day, most=2 * CANDIDATES if theme_id else MOST
        ).ranked  # of a theme also what is further down
        reasons = {one.pk: one.found_by for one in ranked}
        by_pk = {row["pk"]: row for row in rows.filter(pk__in=reasons)}
        found = [by_pk[one.pk] for one in ranked if one.pk in by_pk][:MOST]
    else:
        title, bar, last = after.rpartition("|")
        if bar and (pk := whole(last)):
            rows = rows.filter(Q(title__gt=title) | Q(title=title, pk__gt=pk))
        found = list(rows.order_by("title", "pk")[: PAGE + 1])
        if len(found) > PAGE:
            found = found[:PAGE]
            onward = {"thema": theme if theme_id else "", "vanaf": f"{found[-1]['title']}|{found[-1]['pk']}"}
            next_href = f"{reverse('knowledge:articles')}?{urlencode(onward)}"
    shown = chosen if chosen is not None else (found[0]["pk"] if query and found else None)
    place = {"q": query, "thema": theme if theme_id else "", "vanaf": after if not query else ""}
    suffix = urlencode({name: value for name, value in place.items() if value})
    suffix = f"?{suffix}" if suffix else ""
    return Listing(
        query=query,
        theme=theme if theme_id else "",
        themes=[Choice(str(one.pk), one.name, one.pk == theme_id) for one in themes(house)],
        rows=[_row(row, reasons.get(row["pk"], ""), query, shown, suffix, house, day) for row in found],
        hits=_hits(query, len(found)),
        next_href=next_href,
        lead=_lead(day),
        work=_work(user, day),
        may_add=any(may_write_for(user, pk) for pk in house.teams),
        first=shown,
        suffix=suffix,
    )


def themes(house: Organisation) -> list:
    parents = {one.parent_id for one in house.subjects.values() if one.parent_id}
    return sorted((house.subjects[pk] for pk in parents if pk in house.subjects), key=lambda one: one.name)


def _row(row: dict, reason: str, query: str, chosen: int | None, suffix: str, house: Organisation, day: date) -> Row:
    team = house.teams.get(row["team_id"])
    parts = [team.name if team else ""]
    if reason and reason != plain(query):
        parts.append(_("found by “%(words)s”") % {"words": reason})
    elif row["week"]:
        parts.append(
            ngettext("%(count)s time this week", "%(count)s times this week", row["week"]) % {"count": row["week"]}
        )
    badge, is_late = "", row["review_on"] <= day
    if is_late:
        badge = _("look at it again")
    elif row["review_on"] <= day + SOON:
        badge = _("look at it before %(day)s") % {"day": short_day(row["review_on"], day)}
    href = address("knowledge:article", row["pk"]) + suffix
    return Row(href, row["title"], " · ".join(parts), badge, is_late, row["pk"] == chosen)


def _hits(query: str, count: int) -> str:
    if not query:
        return ""
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count}


def _lead(day: date) -> str:
    row = Article.objects.published().aggregate(
        all=Count("pk"), teams=Count("team", distinct=True), late=Count("pk", filter=Q(review_on__lte=day))
    )
    if not row["all"]:
        return _("Here stand the answers that everybody gives.")
    first = ngettext("%(count)s answer", "%(count)s answers", row["all"]) % {"count": row["all"]}
    second = ngettext("of %(count)s team", "of %(count)s teams", row["teams"]) % {"count": row["teams"]}
    late = ngettext("%(count)s must be looked at again.", "%(count)s must be looked at again.", row["late"])
    return f"{first} {second}. " + (late % {"count": row["late"]} if row["late"] else _("All are looked at in time."))


def _work(user: User, day: date) -> str:
    if not user.may(Right.ARTICLES_WRITE):
        return ""
    waiting = ArticleFeedback.objects.waiting_for(user).count()
    waiting += Article.objects.kept_by(user).due_on(day).count()
    waiting += ArticleVersion.objects.filter(
        state=ArticleVersion.State.REVIEW, article__in=Article.objects.kept_by(user)
    ).count()
    return str(waiting) if waiting else "0"
