"""What lays a template out is not sent, and glues nothing that must stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.template.loader import get_template

from organisation.layout import without_layout

FOLDER = Path(settings.BASE_DIR / "templates")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<p>\n  Word\n</p>", "<p>Word</p>"),
        ("\n    <li>", "<li>"),
        ("one\n  two", "one two"),
        ('<a class="x"\n    href="y">', '<a class="x" href="y">'),
        ("</b> <i>", "</b> <i>"),
        ("Subject ", "Subject "),
        ("\n", ""),
        ("a\r\n  b", "a b"),
        ("", ""),
    ],
)
def test_a_break_is_nothing_beside_a_tag_and_a_space_between_words(written: str, sent: str) -> None:
    assert without_layout(written) == sent


def test_pages_are_sent_without_layout_and_mail_as_it_stands() -> None:
    assert "\n  " not in get_template("includes/keys_list.html").render({})
    assert "\n" in get_template("mail/message.txt").render({})


def test_no_attribute_is_glued_to_another() -> None:
    """Within a tag of HTML a break beside a tag of Django would leave no space."""
    found = [
        f"{path.relative_to(FOLDER)}:{line}"
        for path in sorted(FOLDER.rglob("*.html"))
        for line in glued(path.read_text())
    ]
    assert not found
    assert list(glued("<a\n  {% if x %}hidden{% endif %}\n  href='y'>")) == [2, 2]


def glued(source: str) -> Iterator[int]:
    """The lines of such breaks."""
    inside, before = False, ""
    for token in Lexer(source).tokenize():
        if token.token_type != TokenType.TEXT:
            if inside and re.search(r"\n\s*$", before):
                yield token.lineno
            before = ""
            continue
        before = token.contents
        if inside and re.match(r"\s*\n", before):
            yield token.lineno
        last = max(before.rfind("<"), before.rfind(">"))
        if last >= 0:
            inside = before[last] == "<" and not before[last + 1 : last + 2].isspace()
