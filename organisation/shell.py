"""What stands around every page: the places this person may go, who they are, what waits. One query, only when it is shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.clock import today
from organisation.counts import CappedCount
from organisation.models import Municipality, Presence, User
from organisation.prepared import marked_user, run_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.workdays import day_start

MOST_SHOWN = 99
IN_BAR = 5
"""So many places fit in the bar of a phone."""
PRESENCE_ON = frozenset(
    {Presence.Status.AVAILABLE, Presence.Status.IN_CALL, Presence.Status.WRAP_UP, Presence.Status.HOME}
)

MANAGE_RIGHTS = frozenset(
    {
        Right.PEOPLE_READ,
        Right.CALENDAR_READ,
        Right.SUBJECTS_READ,
        Right.NORMS_READ,
        Right.ROUTING_READ,
        Right.MUNICIPALITY_READ,
        Right.TEMPLATES_WRITE,
        Right.MAILBOXES_WRITE,
        Right.API_CLIENTS_READ,
        Right.READ_LOG_READ,
        Right.SETTINGS_HISTORY_READ,
    }
)


@dataclass(frozen=True)
class Place:
    """A destination in the rail; shown to whoever has one of the rights."""

    key: str
    word: Promise
    icon: str
    url_name: str
    rights: frozenset[Right]
    is_extra: bool = False
    """Extra places leave the bar of a phone when it is full; there they stand in the menu of the person."""

    def address(self) -> str:
        return _address(self.url_name)


PLACES = (
    Place("desk", _("Workplace"), "headset", "contacts:registration", frozenset({Right.QUESTIONS_WRITE})),
    Place("reception", _("Reception"), "walk", "contacts:visits", frozenset({Right.VISITS_WRITE})),
    Place("queue", _("Queue"), "inbox", "contacts:queue", frozenset({Right.QUESTIONS_READ})),
    Place("callbacks", _("Call back"), "phone-outgoing", "contacts:callbacks", frozenset({Right.QUESTIONS_WRITE})),
    Place("chats", _("Chat"), "message-circle", "contacts:chats", frozenset({Right.QUESTIONS_WRITE}), True),
    Place("knowledge", _("Knowledge base"), "book-2", "knowledge:articles", frozenset({Right.ARTICLES_READ})),
    Place("figures", _("Figures"), "chart-bar", "kpi:dashboard", frozenset({Right.FIGURES_READ})),
    Place("surveys", _("Surveys"), "mood-smile", "surveys:results", frozenset({Right.SURVEYS_READ}), True),
    Place("progress", _("Progress"), "building-community", "programme:front", frozenset({Right.PROGRAMME_READ}), True),
    Place(
        "channels",
        _("Channels"),
        "mail-forward",
        "channels_app:channels",
        frozenset({Right.PARKED_COUNT, Right.PARKED_READ, Right.MAILBOXES_WRITE}),
        True,
    ),
    Place(
        "directory", _("Employees"), "address-book", "organisation:directory", frozenset({Right.DIRECTORY_READ}), True
    ),
    Place("manage", _("Management"), "settings", "organisation:manage", MANAGE_RIGHTS, True),
)

WAITING: dict[str, Callable[[User], QuerySet]] = {}
"""Place → what waits there for this person. Apps above fill it when they start; the rows are counted, at most `MOST_SHOWN` + 1."""


@dataclass(frozen=True)
class Toast:
    """A message in the corner; `undo_url` gives it a button that takes the act back."""

    text: str
    level: str
    undo_url: str = ""

    @property
    def icon(self) -> str:
        return {"error": "alert-circle", "warning": "alert-triangle", "info": "info-circle"}.get(
            self.level, "circle-check"
        )


@dataclass(frozen=True)
class RailItem:
    """One place as the template shows it."""

    key: str
    word: Promise
    icon: str
    href: str
    is_extra: bool
    count: str = ""


@lru_cache(maxsize=128)
def _address(name: str) -> str:
    """The address, or nothing while that part is not installed. Found once: it is asked twenty times a page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _facts_of(user: User, midnight: datetime) -> QuerySet[Any]:
    """One row for this person."""
    counts = {
        f"waiting_{key}": CappedCount(waiting(user).values("pk")[: MOST_SHOWN + 1]) for key, waiting in WAITING.items()
    }
    return (
        User.objects.filter(pk=user.pk)
        .annotate(
            short=Subquery(Municipality.objects.filter(pk=1).values("short_name")),
            full=Subquery(Municipality.objects.filter(pk=1).values("name")),
            status=Subquery(Presence.objects.filter(user=OuterRef("pk"), changed_at__gte=midnight).values("status")),
            **counts,
        )
        .values("short", "full", "status", *counts)
    )


class Shell:
    """Built for every page, asks the database only when the frame is rendered."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)

    @property
    def is_demo(self) -> bool:
        return settings.DEMO_MODE

    @cached_property
    def _facts(self) -> dict[str, object]:
        """Presence, what waits and the name of the municipality, in one query."""
        if self.user is None or not self.user.is_authenticated:
            return Municipality.objects.filter(pk=1).values(short=F("short_name"), full=F("name")).first() or {}
        user = self.user
        values = {**user_values(user), "midnight": day_start(today())}
        shape = ("shell", user_shape(user), tuple(sorted(user.roles)))  # news is told to roles
        return run_prepared(shape, lambda marks: _facts_of(marked_user(user, marks), marks["midnight"]), values) or {}

    @property
    def short_name(self) -> str:
        return str(self._facts.get("short") or "Opmeer")

    @property
    def full_name(self) -> str:
        return str(self._facts.get("full") or "Gemeente Opmeer")

    @property
    def presence(self) -> str:
        return str(self._facts.get("status") or Presence.Status.AWAY)

    @property
    def presence_word(self) -> str:
        return str(Presence.Status(self.presence).label)

    @property
    def is_present(self) -> bool:
        return self.presence in PRESENCE_ON

    @property
    def presences(self) -> list[tuple[str, Promise]]:
        return Presence.Status.choices

    @property
    def frame(self) -> Hashable:
        """What decides which places and links this person has, and what waits there."""
        rights = self.user.rights if self.user is not None and self.user.is_authenticated else None
        return (rights, *(self._facts.get(f"waiting_{key}") for key in WAITING))

    @cached_property
    def places(self) -> list[RailItem]:
        if self.user is None or not self.user.is_authenticated:
            return []
        mine = [place for place in PLACES if any(self.user.may(right) for right in place.rights) and place.address()]
        in_bar = {place.key for place in sorted(mine, key=lambda place: place.is_extra)[:IN_BAR]}
        return [
            RailItem(
                place.key,
                place.word,
                place.icon,
                place.address(),
                place.is_extra and place.key not in in_bar,
                self._count(place.key),
            )
            for place in mine
        ]

    def _count(self, key: str) -> str:
        waiting = int(self._facts.get(f"waiting_{key}") or 0)  # type: ignore[call-overload]
        return "" if not waiting else f"{MOST_SHOWN}+" if waiting > MOST_SHOWN else str(waiting)

    @property
    def extra_places(self) -> list[RailItem]:
        return [place for place in self.places if place.is_extra]

    @property
    def new_contact_url(self) -> str:
        address = _address("contacts:registration") if self.user.may(Right.QUESTIONS_WRITE) else ""
        return f"{address}?nieuw=1" if address else ""

    @property
    def quick_url(self) -> str:
        """Reporting from a phone."""
        return _address("contacts:quick") if self.user.may(Right.QUESTIONS_WRITE) else ""

    @property
    def search_url(self) -> str:
        return _address("contacts:search") if self.user.may(Right.CUSTOMERS_READ) else ""

    @property
    def own_figures_url(self) -> str:
        return _address("kpi:own") if self.user.may(Right.FIGURES_OWN) else ""

    @property
    def notices_url(self) -> str:
        return _address("contacts:notices")

    @property
    def notices_count(self) -> str:
        """Unread notices of who has no queue: elsewhere they stand at its place in the rail."""
        return "" if self.user.may(Right.QUESTIONS_READ) else self._count("queue")

    @property
    def toasts(self) -> list[Toast]:
        """The messages of this person, shown once."""
        toasts = []
        for message in get_messages(self.request):
            extra = message.extra_tags or ""
            undo = extra.removeprefix("undo:") if extra.startswith("undo:") else ""
            toasts.append(Toast(str(message), message.level_tag, undo))
        return toasts


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
