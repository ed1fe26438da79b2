"""What a notice is about that is about no question: who wrote it says so in words, also an app above the desk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.account_mail import WORDS
from contacts.models import Notice
from knowledge.models import Article, News
from organisation.models import RoleRequest, User
from organisation.roles import Right


@dataclass(frozen=True)
class Topic:
    """A thing with a screen of its own."""

    title: str
    href: str


@dataclass(frozen=True)
class Topics:
    """One kind of notice: who may still read it (None: whoever got it), and what the keys stand for. A key that is not found is not shown."""

    right: Right | None
    find: Callable[[User, Collection[str]], Mapping[str, Topic]]


def _roles(user: User, keys: Collection[str]) -> dict[str, Topic]:
    asked = RoleRequest.objects.filter(pk__in=[key.removeprefix("role:") for key in keys]).select_related("user")
    href = reverse("organisation:people")
    return {f"role:{one.pk}": Topic(f"{one.user.name}, {one.get_role_display()}", href) for one in asked}


FLOODS: Final = {
    "form": lazy("Very many forms come from one network"),
    "chat": lazy("More people want to chat than there is room for"),
    "mail": lazy("Automatic e-mail waits because there is too much of it"),
}


def _floods(user: User, keys: Collection[str]) -> dict[str, Topic]:
    href = reverse("channels_app:channels")
    kinds = {key: key.split(":")[1] for key in keys if key.count(":") == 2}
    return {key: Topic(str(FLOODS[kind]), href) for key, kind in kinds.items() if kind in FLOODS}


def _past_provider(user: User, keys: Collection[str]) -> dict[str, Topic]:
    """The keys are `past:<person>:<hour>`."""
    ids = {key: int(key.split(":")[1]) for key in keys}
    names = dict(User.objects.filter(pk__in=ids.values()).values_list("pk", "name"))
    href = reverse("organisation:health")
    return {key: Topic(names[pk], href) for key, pk in ids.items() if pk in names}


def account_key(person: int, action: str, at: datetime) -> str:
    """Of whose account, what changed in it, and when."""
    return f"account:{person}:{action}:{at:%Y%m%d%H%M%S}"


def _accounts(user: User, keys: Collection[str]) -> dict[str, Topic]:
    parts = {key: key.split(":") for key in keys}
    names = dict(User.objects.filter(pk__in={int(part[1]) for part in parts.values()}).values_list("pk", "name"))
    found = {}
    for key, (_account, person, action, _at) in parts.items():
        words, pk = str(WORDS.get(action, "")), int(person)
        if pk == user.pk:
            found[key] = Topic(words, reverse("organisation:profile"))
        elif pk in names and user.may(Right.PEOPLE_WRITE):
            found[key] = Topic(f"{names[pk]}, {words}", reverse("organisation:person", args=[pk]))
    return found


def news_key(pk: int, reminded_at: datetime) -> str:
    """Of a message and the reminder."""
    return f"news:{pk}:{reminded_at:%Y%m%d%H%M%S}"


def _news(user: User, keys: Collection[str]) -> dict[str, Topic]:
    ids = {key: int(key.split(":")[1]) for key in keys}
    titles = dict(News.objects.visible_to(user).filter(pk__in=ids.values()).values_list("pk", "title"))
    return {
        key: Topic(titles[pk], reverse("knowledge:news_item", args=[pk])) for key, pk in ids.items() if pk in titles
    }


def article_key(pk: int, review_on: date) -> str:
    """Of an answer and the day before which it must be looked at."""
    return f"article:{pk}:{review_on}"


def _articles(user: User, keys: Collection[str]) -> dict[str, Topic]:
    ids = {key: int(key.split(":")[1]) for key in keys}
    titles = dict(Article.objects.visible_to(user).filter(pk__in=ids.values()).values_list("pk", "title"))
    return {key: Topic(titles[pk], reverse("knowledge:article", args=[pk])) for key, pk in ids.items() if pk in titles}


TOPICS: Final[dict[str, Topics]] = {
    Notice.Kind.ROLE_ASKED: Topics(Right.PEOPLE_WRITE, _roles),
    Notice.Kind.PROVIDER_PASSED: Topics(Right.PEOPLE_WRITE, _past_provider),
    Notice.Kind.ACCOUNT_CHANGED: Topics(None, _accounts),
    Notice.Kind.FLOOD: Topics(Right.PARKED_RETRY, _floods),
    Notice.Kind.NEWS_WAITS: Topics(Right.ARTICLES_READ, _news),
    Notice.Kind.ARTICLE_DUE: Topics(Right.ARTICLES_READ, _articles),
}
"""Kind of notice → its topics. An app above adds its own when it is loaded."""


_WORDS: Final = dict(Notice.Kind.choices)


def kind_words(kind: str) -> str:
    """While a newer version is put in place it may write kinds that this one does not know."""
    return str(_WORDS.get(kind, _("notice")))


def unreadable_kinds(user: User) -> list[str]:
    """What this person was told once and has no right to any more."""
    return [kind for kind, topics in TOPICS.items() if not _may_read(user, topics)]


def _may_read(user: User, topics: Topics) -> bool:
    return topics.right is None or user.may(topics.right)


def topics_of(user: User, told: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Topic]:
    """Of (kind, key) → what it is about, as far as this person may see it; one query for each kind that occurs."""
    keys: dict[str, set[str]] = {}
    for kind, key in told:
        if kind in TOPICS and _may_read(user, TOPICS[kind]):
            keys.setdefault(kind, set()).add(key)
    return {(kind, key): topic for kind, some in keys.items() for key, topic in TOPICS[kind].find(user, some).items()}
