"""The address of a question, made quickly for long lists."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse


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
