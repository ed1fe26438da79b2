"""Messages for colleagues as the templates show them: the line on the desk, the list, and who read one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.differences import differences
from knowledge.markup import Html, html_of
from knowledge.models import News, NewsRead
from knowledge.pages.versions import Change
from knowledge.permissions import may_tell_for
from organisation import wording
from organisation.addresses import address
from organisation.clock import local_day
from organisation.models import Membership, User
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right, Role, roles_with
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

READERS = roles_with(Right.ARTICLES_READ)
EARLIER = timedelta(days=365)
MOST = 100
SHOWN = 20
"""So many others are counted on the desk."""


@dataclass(frozen=True)
class NewsLine:
    """On the desk: the message that waits longest of those that must be read, else the newest."""

    pk: int
    title: str
    href: str
    must_read: bool
    is_reminder: bool
    more: int
    """So many others wait."""


@dataclass(frozen=True)
class NewsRow:
    pk: int
    href: str
    title: str
    note: str
    must_read: bool
    is_unread: bool
    is_reminder: bool


@dataclass(frozen=True)
class NewsList:
    unread: list[NewsRow]
    read: list[NewsRow]
    coming: list[NewsRow]
    earlier: list[NewsRow]
    may_add: bool


@dataclass(frozen=True)
class TeamReads:
    team: str
    words: str
    missing: list[str]
    """Names, only for who leads that team."""
    is_done: bool


@dataclass(frozen=True)
class Before:
    """What somebody changed in a message."""

    when: str
    by: str
    changes: list[Change]


@dataclass(frozen=True)
class NewsPage:
    pk: int
    title: str
    text: Html
    must_read: bool
    is_unread: bool
    is_running: bool
    is_withdrawn: bool
    when: str
    for_whom: str
    by: str
    article: tuple[str, str] | None
    may_change: bool
    reads: list[TeamReads]
    reads_words: str
    history: list[Before]
    reminded: str
    version: int


def news_line(user: User) -> NewsLine | None:
    """One statement, made once for everybody with the same roles: it stands on the desk."""
    if not user.may(Right.ARTICLES_READ):
        return None

    def waiting(marks: dict[str, Any]) -> QuerySet[Any]:
        rows = News.objects.unread_by(marked_user(user, marks))
        rows = rows.order_by("-must_read", F("reminded_at").desc(nulls_last=True), "-from_at", "-pk")
        return rows.values("pk", "title", "must_read", "reminded_at")[: SHOWN + 1]

    shape = ("line of news", user_shape(user), tuple(sorted(user.roles)))
    rows = rows_prepared(shape, waiting, user_values(user))
    if not rows:
        return None
    first = rows[0]
    href = address("knowledge:news_item", first["pk"])
    return NewsLine(
        first["pk"], first["title"], href, first["must_read"], first["reminded_at"] is not None, len(rows) - 1
    )


def news_list(user: User, at: datetime) -> NewsList:
    """One query for the messages, one for the rights of the teams that is held already."""
    read = NewsRead.objects.filter(news=OuterRef("pk"), user=user, round__gte=OuterRef("round"))
    mine = News.objects.addressed_to(user).order_by().values("pk")
    rows = (
        News.objects.visible_to(user)
        .filter(until_at__gt=at - EARLIER)
        .annotate(is_read=Exists(read), is_mine=Q(pk__in=mine))
        .select_related("team")[: 3 * MOST]
    )
    day = local_day(at)
    unread, seen, coming, earlier = [], [], [], []
    for one in rows:
        is_running = one.withdrawn_at is None and one.from_at <= at < one.until_at
        is_unread = is_running and one.is_mine and not one.is_read
        row = NewsRow(
            one.pk,
            address("knowledge:news_item", one.pk),
            one.title,
            _note(one, at, day),
            one.must_read,
            is_unread,
            is_unread and one.reminded_at is not None,
        )
        if is_unread:
            unread.append(row)
        elif is_running:
            seen.append(row)
        elif one.withdrawn_at is None and one.from_at > at:
            coming.append(row)
        else:
            earlier.append(row)
    unread.sort(key=lambda row: not row.must_read)
    return NewsList(unread, seen, coming, earlier[:MOST], user.may(Right.ARTICLES_PUBLISH))


def news_page(user: User, news: News, house: Organisation, at: datetime) -> NewsPage:
    """At most five queries; who read it only for who may change it."""
    may_change = may_tell_for(user, news.team_id)
    is_running = news.withdrawn_at is None and news.from_at <= at < news.until_at
    is_unread = News.objects.unread_by(user).filter(pk=news.pk).exists() if is_running else False
    day = local_day(at)
    reads = _reads(user, news, house, day) if may_change and news.readers_then is None else []
    article = news.article
    return NewsPage(
        pk=news.pk,
        title=news.title,
        text=html_of(news.text),
        must_read=news.must_read,
        is_unread=is_unread,
        is_running=is_running,
        is_withdrawn=news.withdrawn_at is not None,
        when=_note(news, at, day),
        for_whom=_for_whom(news),
        by=str(news.written_by or ""),
        article=(address("knowledge:article", article.pk), article.title)
        if article is not None and article.is_published
        else None,
        may_change=may_change,
        reads=reads,
        reads_words=_total(news) if may_change else "",
        history=_history(news, day) if may_change else [],
        reminded=wording.moment(news.reminded_at, day) if news.reminded_at else "",
        version=news.version,
    )


def readers_of(news: News, day: date) -> QuerySet[Membership]:
    """The memberships, valid on this day, to which the message is addressed."""
    rows = Membership.objects.valid_on(day).filter(user__is_active=True, role__in=READERS)
    if news.for_everybody:
        return rows
    return rows.filter(Q(role__in=news.for_roles) | Q(team__in=news.for_teams.all()))


def _reads(user: User, news: News, house: Organisation, day: date) -> list[TeamReads]:
    """By team; somebody in two teams counts in both."""
    done = set(NewsRead.objects.filter(news=news, round__gte=news.round).values_list("user_id", flat=True))
    teams: dict[int | None, dict[int, str]] = {}
    for user_id, name, team_id in readers_of(news, day).values_list("user_id", "user__name", "team_id"):
        teams.setdefault(team_id, {})[user_id] = name
    led = set(user.led_team_ids)
    if Role.COORDINATOR in user.roles:
        led.add(house.front_office.pk)
    found = []
    for team_id, people in teams.items():
        team = house.teams.get(team_id or 0)
        missing = sorted(name for pk, name in people.items() if pk not in done)
        words = _("%(read)s of %(all)s read it") % {"read": len(people) - len(missing), "all": len(people)}
        found.append(
            TeamReads(team.name if team else _("Without a team"), words, missing if team_id in led else [], not missing)
        )
    return sorted(found, key=lambda one: (one.is_done, one.team))


def _history(news: News, day: date) -> list[Before]:
    """The newest change first; reminding and withdrawing change no word and stand elsewhere."""
    rows = list(news.history.select_related("history_user").order_by("history_date", "history_id")[:MOST])
    found = []
    for old, new in pairwise(rows):
        changes = [
            Change(str(label), differences(getattr(old, name), getattr(new, name)))
            for name, label in (("title", _("title")), ("text", _("text")))
            if getattr(old, name) != getattr(new, name)
        ]
        if changes:
            found.append(Before(wording.moment(new.history_date, day), str(new.history_user or ""), changes))
    return found[::-1]


def _total(news: News) -> str:
    if news.readers_then is None:
        return ""
    return ngettext("%(count)s colleague read it", "%(count)s colleagues read it", news.readers_then) % {
        "count": news.readers_then
    }


def _note(one: News, at: datetime, day: date) -> str:
    last = wording.day(local_day(one.until_at - timedelta(minutes=1)), day)
    if one.withdrawn_at is not None:
        words = _("withdrawn on %(day)s") % {"day": wording.day(local_day(one.withdrawn_at), day)}
    elif one.from_at > at:
        words = _("from %(day)s") % {"day": wording.day(local_day(one.from_at), day)}
    elif one.until_at <= at:
        words = _("until %(day)s") % {"day": last}
    else:
        words = _("since %(first)s, until %(last)s") % {"first": wording.day(local_day(one.from_at), day), "last": last}
    return f"{one.team.name} · {words}"


def _for_whom(news: News) -> str:
    if news.for_everybody:
        return _("everybody")
    roles = [str(Role(role).label) for role in news.for_roles if role in Role.values]
    return ", ".join([*roles, *(one.name for one in news.for_teams.all())])
