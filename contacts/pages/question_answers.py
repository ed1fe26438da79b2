"""What the knowledge base says about a question, ready to be put in the reply: in the customer's language first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from channels_app.models.channel import DIGITAL_CHANNELS
from channels_app.tongue import DUTCH, language_of
from knowledge.models import Language

if TYPE_CHECKING:
    from knowledge.snapshot import Said

NAMES: Final = {
    "de": gettext_lazy("German"),
    "pl": gettext_lazy("Polish"),
    "fr": gettext_lazy("French"),
    "tr": gettext_lazy("Turkish"),
    "uk": gettext_lazy("Ukrainian"),
    "ru": gettext_lazy("Russian"),
    "ar": gettext_lazy("Arabic"),
}
"""Languages in which customers write and nobody answers; those of the knowledge base have their own names."""
MOST: Final = 8
"""Of the answers about a subject, those that are about the fewest others; who needs another one searches."""
LOOKED_AT: Final = 20
"""The newest contacts; who wrote English ten letters ago and Dutch since then writes Dutch."""


@dataclass(frozen=True)
class Insert:
    """One answer in one language."""

    pk: int
    title: str
    plain: str
    language: str
    language_name: str
    """Told where there is something to choose, or where it is not the customer's."""
    note: str
    """What to know before it is sent."""
    query: str
    """Behind the address of the answer, for all of its text."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What the knowledge base says about the subject: the same object for the same, so that a page can keep what it shows of it."""

    articles: Sequence[Said]
    inserts: Sequence[Insert]
    wrote_in: str
    """The name of the customer's language, when it is not Dutch."""
    more: int
    """Answers about the subject that the knowledge base has besides."""
    about: str
    """The name of the subject, to look for these."""


def answers_for(articles: Sequence[Said], contacts: Sequence[dict[str, Any]], about: str = "") -> Answers:
    """Per answer the customer's language first, or else the Dutch text with a word that there is none; then the other languages."""
    first = tuple(articles[:MOST])
    asked = asked_in(contacts) if first else DUTCH
    return _answers(first, asked, len(articles) - len(first), about, get_language())


@lru_cache(maxsize=128)
def _answers(articles: tuple[Said, ...], asked: str, more: int, about: str, _words_in: str | None) -> Answers:
    inserts = tuple(one for said in articles for one in _texts(said, asked))
    return Answers(articles, inserts, _name(asked) if asked != DUTCH else "", more, about)


def asked_in(contacts: Sequence[dict[str, Any]]) -> str:
    """The language of what the customer wrote last, of which it can be told. Oldest first; Dutch when nothing tells."""
    for row in reversed(contacts[-LOOKED_AT:]):
        is_written = row["direction"] == "in" and row["channel"] in DIGITAL_CHANNELS and not row["is_automatic"]
        language = language_of(row["text"]) if is_written else ""
        if language:
            return language
    return DUTCH


def _texts(said: Said, asked: str) -> list[Insert]:
    known = {one.language: one for one in said.translations}
    is_lacking = asked != DUTCH and asked not in known
    only = _("Only in Dutch. The customer wrote in %(language)s.")
    if known:
        only = _("Not in the language of the customer, who wrote in %(language)s.")
    note = only % {"language": _name(asked)} if is_lacking else ""
    has_names = bool(known) or asked != DUTCH
    made = [Insert(said.pk, said.title, said.plain, DUTCH, _("Dutch") if has_names else "", note, "")]
    for one in said.translations:
        old = _("Translation outdated: the Dutch answer changed. Read both.") if one.is_outdated else ""
        made.append(
            Insert(said.pk, one.title, one.plain, one.language, _name(one.language), old, f"&taal={one.language}")
        )
    return sorted(made, key=lambda one: one.language != asked)


def _name(language: str) -> str:
    return str(Language(language).label) if language in Language.values else str(NAMES.get(language, language))
