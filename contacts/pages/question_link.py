"""The address of a question, made quickly for long lists, and how one belongs to another."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from contacts.models import QuestionLink


@lru_cache(maxsize=256)
def quoted(query: str) -> str:
    """A query inside a query."""
    return quote(query, safe="")


def question_href(number: str) -> str:
    """The address of a question; the pattern is looked up once."""
    return _question_pattern().replace("NUMMER", number)


@lru_cache(maxsize=1)
def _question_pattern() -> str:
    return reverse("contacts:question", args=["NUMMER"])


_SEEN_FROM_THE_OTHER: Final = {
    QuestionLink.Kind.FOLLOW_UP: lazy("is followed by"),
    QuestionLink.Kind.SPLIT: lazy("split off to"),
    QuestionLink.Kind.SUGGESTED: lazy("perhaps here belongs"),
}


def link_words(kind: str, *, is_back: bool) -> str:
    """How a question belongs to the one that it was linked with; `is_back`: as the page of that one says it."""
    words = _SEEN_FROM_THE_OTHER.get(QuestionLink.Kind(kind)) if is_back else None
    return str(words or QuestionLink.Kind(kind).label)
