"""What lays a template out is not sent, and glues nothing that must stay apart."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_attribute_is_glued_to_another(path: Path) -> None:
    """Within a tag of HTML a break beside a tag of Django would leave no space."""
    inside, text = False, ""
    for token in Lexer(path.read_text()).tokenize():
        if token.token_type != TokenType.TEXT:
            assert not (inside and re.search(r"\n\s*$", text)), (
                f"line {token.lineno}: a break before {token.contents!r}"
            )
            text = ""
            continue
        text = token.contents
        assert not (inside and re.match(r"\s*\n", text)), f"line {token.lineno}: a break after a tag of Django"
        last = max(text.rfind("<"), text.rfind(">"))
        if last >= 0:
            inside = text[last] == "<" and not text[last + 1 : last + 2].isspace()
