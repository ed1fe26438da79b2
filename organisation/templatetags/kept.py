"""`{% kept … %}` and `{% keptrow … %}`: pieces of a page that are the same for many requests, rendered once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from organisation.folding import language_of
from organisation.kept import Kept

register = template.Library()

MOST: Final = 128
"""Of one piece."""
MOST_ROWS: Final = 400
"""Of one row of a list."""
LONGEST: Final = 16_000
"""Signs of such a row; what is longer is made again every time, so that long letters do not fill the process."""


class KeptNode(template.Node):
    """Holds its markup under the language and the values that the tag names."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList, most: int) -> None:
        self.values = values
        self.nodelist = nodelist
        self.held: Kept[SafeString] = Kept(most, (lambda markup: len(markup) <= LONGEST) if most == MOST_ROWS else None)

    def render(self, context: Context) -> SafeString:
        key = (language_of(context), *(_hashable(value.resolve(context)) for value in self.values))
        return self.held.get(key, lambda: self.nodelist.render(context))


def _hashable(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


def _compiled(parser: Parser, token: Token, most: int) -> KeptNode:
    name, *words = token.split_contents()
    values = [parser.compile_filter(word) for word in words]
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return KeptNode(values, nodelist, most)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept nav shell.frame %} … {% endkept %}`: everything that the piece shows and that differs must be named.

    No person's data, no message and no `csrf_token` inside: the markup outlives the request.
    """
    return _compiled(parser, token, MOST)


@register.tag
def keptrow(parser: Parser, token: Token) -> KeptNode:
    """`{% keptrow row %} … {% endkeptrow %}`: a row of a list whose object holds, as values, all that the row shows (ADR 15)."""
    return _compiled(parser, token, MOST_ROWS)
