"""Templates are laid out by indentation, and what only lays them out is not sent (docs/adr/0031-layout-is-not-sent.md).

As in JSX: white space with a line break in it is nothing beside a tag, be it of HTML or of Django, and one space between two words.
A space that the reader must see stands on the line.
"""

from __future__ import annotations

import re
from typing import Final

from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import IfNode

_BREAK: Final = re.compile(r"\s*\n\s*")


def lay_out(nodelist: NodeList) -> None:
    """Takes the layout out of every text in the list and in the lists below it, in place."""
    for node in nodelist:
        if isinstance(node, TextNode):
            node.s = without_layout(node.s)
        for below in lists_of(node):
            lay_out(below)


def without_layout(text: str) -> str:
    """The text between two tags of Django, which stand at its beginning and its end."""
    return _BREAK.sub(_space, text) if "\n" in text else text


def _space(found: re.Match[str]) -> str:
    text, begin, end = found.string, found.start(), found.end()
    is_beside_a_tag = begin == 0 or end == len(text) or text[begin - 1] == ">" or text[end] == "<"
    return "" if is_beside_a_tag else " "


def lists_of(node: Node) -> list[NodeList]:
    """The lists of nodes right below a node."""
    if isinstance(node, IfNode):
        return [below for _condition, below in node.conditions_nodelists]
    named = (getattr(node, name, None) for name in node.child_nodelists)
    return [below for below in named if isinstance(below, NodeList)]
