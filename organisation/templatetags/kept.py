"""`{% kept … %}`: a piece of a page that is the same for many requests, rendered once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST: Final = 64
"""Of one piece; when there are more, all are forgotten."""


class Kept(template.Node):
    """Holds its markup under the language and the values that the tag names."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        self.held: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(_hashable(value.resolve(context)) for value in self.values))
        markup = self.held.get(key)
        if markup is None:
            markup = self.nodelist.render(context)
            if len(self.held) >= MOST:
                self.held.clear()
            self.held[key] = markup
        return markup


def _hashable(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept nav shell.places %} … {% endkept %}`: everything that the piece shows and that differs must be named.

    No person's data, no message and no `csrf_token` inside: the markup outlives the request.
    """
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(values, nodelist)
