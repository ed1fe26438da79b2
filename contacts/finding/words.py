"""What somebody typed as a query for the word index: every word also as the beginning of a longer one.

Dutch writes words together: who types “lantaarn” means the lantaarnpaal too. PostgreSQL reads the text (quotes, “or”, a minus) and makes
the stems; each stem gets the mark of a beginning, except those of three letters or fewer, which begin too much.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.postgres.search import SearchQuery


def _with_beginnings(query: str) -> str:
    """In the text of a query `'bom' & 'lantaarn'`: first every stem gets the mark, then short ones lose it."""
    marked = rf"regexp_replace({query}::text, $$'((?:[^']|'')+)'$$, $$'\1':*$$, 'g')"
    return rf"regexp_replace({marked}, $$'((?:[^']|''){{1,3}})':\*$$, $$'\1'$$, 'g')::tsquery"


WORDS_ASKED: Final = _with_beginnings("websearch_to_tsquery('dutch_plain', %s)")
"""SQL with one value, the text; every function in it is immutable, so it is worked out once a statement."""


class WordsAsked(SearchQuery):
    """The same in a queryset: `filter(search=WordsAsked(text))`."""

    template = _with_beginnings(SearchQuery.template)

    def __init__(self, text: Any) -> None:
        super().__init__(text, config="dutch_plain", search_type="websearch")
