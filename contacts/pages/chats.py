"""The desk's side of the chat: who waits, who talks with whom, and one talk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.chats.desk import chats_of
from contacts.finding.subject_index import subject_entries
from contacts.models import Chat, ChatLine
from organisation.models import Membership, Presence
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.shell import PRESENCE_ON
from organisation.snapshot import Organisation
from organisation.wording import clock, moment
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from organisation.models import User

MOST = 100
HOUR = 60
MOST_COLLEAGUES = 60


@dataclass(frozen=True)
class ChatRow:
    pk: int
    name: str
    about: str
    since: str
    state: str
    badge: str
    words: str
    lines: int
    is_mine: bool
    asks: bool
    """Somebody of ours is to say something."""


@dataclass(frozen=True)
class Line:
    number: int
    who: str
    name: str
    at: str
    text: str


@dataclass(frozen=True)
class Talk:
    """One talk as the employee sees it."""

    pk: int
    name: str
    email: str
    site: str
    number: str
    team: str
    state: str
    state_words: str
    is_mine: bool
    is_closed: bool
    taken_by: str
    taken_by_id: int | None
    subject_id: int | None
    count: int


def chat_rows(user: User, at: datetime) -> list[ChatRow]:
    """One's own first, then who waits longest. One query."""
    rows = rows_prepared(("chats", user_shape(user)), lambda marks: _chats(marked_user(user, marks)), user_values(user))
    made = [_row(one, user, at) for one in rows]
    return sorted(made, key=lambda one: (not one.is_mine, one.state != Chat.State.WAITING))


def _chats(user: User) -> QuerySet[Chat]:
    last = ChatLine.objects.filter(chat=OuterRef("pk"), number=OuterRef("line_count")).values("who")
    rows = chats_of(user).select_related("taken_by", "question").annotate(last_who=Subquery(last))
    return rows.order_by("waits_since", "pk")[:MOST]


def mark_of(rows: list[ChatRow], talk: Talk | None) -> str:
    """Changes when the list or the talk has something to show."""
    return hashlib.sha256(repr((rows, talk)).encode()).hexdigest()[:16]


def talk_of(chat: Chat, user: User) -> Talk:
    """No query when the chat was fetched by `get_chat`."""
    is_mine = chat.taken_by_id == user.pk
    if chat.state == Chat.State.CLOSED:
        words = str(chat.get_ended_display()).capitalize()
    elif chat.state == Chat.State.WAITING:
        words = _("Waits for an answer")
    else:
        words = _("You are talking") if is_mine else _("%(name)s is talking") % {"name": chat.taken_by}
    return Talk(
        pk=chat.pk,
        name=chat.name or _("Visitor"),
        email=chat.email,
        site=chat.site,
        number=chat.question.number,
        team=chat.question.team.name,
        state=chat.state,
        state_words=words,
        is_mine=is_mine and chat.state == Chat.State.OPEN,
        is_closed=chat.state == Chat.State.CLOSED,
        taken_by=str(chat.taken_by) if chat.taken_by else "",
        taken_by_id=chat.taken_by_id,
        subject_id=chat.question.subject_id,
        count=chat.line_count,
    )


def lines_of(chat: Chat, after: int = 0) -> list[Line]:
    rows = ChatLine.objects.filter(chat=chat, number__gt=after).select_related("author").order_by("number")
    visitor = chat.name or _("Visitor")
    return [
        Line(
            one.number,
            one.who,
            visitor if one.who == ChatLine.Who.VISITOR else one.author.get_short_name() if one.author else "",
            clock(one.at),
            one.text,
        )
        for one in rows
    ]


def targets(user: User, house: Organisation, at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """To whom a talk can go: colleagues who are here, and teams. One query."""
    here = Presence.objects.filter(changed_at__gte=day_start(local_day(at)), status__in=PRESENCE_ON)
    members = (
        Membership.objects.valid_on(local_day(at))
        .reading()
        .filter(user__is_active=True, team__is_active=True, user__in=here.values("user"))
        .exclude(user=user)
        .order_by("user__name", "user_id")
        .values_list("user_id", "user__name", "team__name")
    )
    people: dict[int, str] = {}
    for pk, name, team in members[:MOST_COLLEAGUES]:
        people.setdefault(pk, f"{name} ({team})")
    teams = sorted((one for one in house.teams.values() if one.is_active), key=lambda one: one.name)
    return [
        (_("Colleagues who are here"), [(f"p{pk}", words) for pk, words in people.items()]),
        (_("Teams"), [(f"t{one.pk}", one.name) for one in teams]),
    ]


def subjects(house: Organisation) -> list[Any]:
    return sorted((house.subjects[one.id] for one in subject_entries(house)), key=lambda one: one.name)


def _row(chat: Chat, user: User, at: datetime) -> ChatRow:
    is_mine = chat.taken_by_id == user.pk
    minutes = max(0, int((at - chat.waits_since).total_seconds() // 60))
    is_asked = is_mine and chat.last_who == ChatLine.Who.VISITOR  # type: ignore[attr-defined]
    if is_asked:
        badge, words = "danger", _("new message")
    elif chat.state == Chat.State.WAITING and not minutes:
        badge, words = "warning", _("waits")
    elif chat.state == Chat.State.WAITING and minutes >= HOUR:
        badge, words = "danger", _("waits since %(moment)s") % {"moment": moment(chat.waits_since, local_day(at))}
    elif chat.state == Chat.State.WAITING:
        badge, words = (
            "warning",
            ngettext("waits %(count)s minute", "waits %(count)s minutes", minutes) % {"count": minutes},
        )
    else:
        badge, words = ("active", _("you")) if is_mine else ("inactive", str(chat.taken_by))
    return ChatRow(
        pk=chat.pk,
        name=chat.name or _("Visitor"),
        about=chat.question.title,
        since=clock(chat.begun_at)
        if local_day(chat.begun_at) == local_day(at)
        else moment(chat.begun_at, local_day(at)),
        state=chat.state,
        badge=badge,
        words=words,
        lines=chat.line_count,
        is_mine=is_mine,
        asks=is_asked or chat.state == Chat.State.WAITING,
    )
