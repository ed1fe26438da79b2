"""Names, texts and addresses in templates the straight way; `organisation/folding.py` puts them in, see ADR 16.

For `{{ page.title }}` Django tries a key, fails, looks for an attribute, asks whether it is a function, makes the answer local, escapes it.
What pages show is nearly always a text or whole number in the context, under a key of a dict, or in an attribute of an object without
keys: that is looked up and written at once. Whatever is anything else, or is not there, goes Django's own way.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.conf import settings
from django.template.base import (
    FilterExpression,
    Node,
    Template,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, TemplateLiteral, URLNode
from django.template.loader_tags import IncludeNode
from django.utils.safestring import SafeString

from organisation.addresses import address

_WITHOUT_KEYS: set[type] = set()
"""Classes of objects that were asked for a name and have no keys: nearly always one of these."""


def _has_no_keys(kind: type) -> bool:
    if hasattr(kind, "__getitem__"):
        return False
    _WITHOUT_KEYS.add(kind)
    return True


class StraightVariable(Variable):
    """A name with or without dots."""

    def __init__(self, var: str) -> None:
        super().__init__(var)
        self.first, *self.rest = self.lookups or ("",)

    def _resolve_lookup(self, context: Context) -> Any:
        first = self.first
        for layer in reversed(context.dicts):
            if first in layer:
                found = layer[first]
                break
        else:
            return super()._resolve_lookup(context)
        for name in self.rest:
            kind = type(found)
            if kind is dict:
                if name in found:
                    found = found[name]
                elif hasattr(dict, name) or name.isdigit():
                    return super()._resolve_lookup(context)
                else:
                    raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, found))
            elif kind in _WITHOUT_KEYS or _has_no_keys(kind):
                try:
                    found = getattr(found, name)
                except Exception:  # some errors say of themselves that a template may pass over them
                    return super()._resolve_lookup(context)
            else:
                return super()._resolve_lookup(context)
        if callable(found):
            return super()._resolve_lookup(context)
        return found


class Unfiltered(FilterExpression):
    """An expression of a name alone, without filters to go through."""

    __slots__ = ()

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        try:
            return self.var._resolve_lookup(context)
        except VariableDoesNotExist:
            return None if ignore_failures else super().resolve(context)


class Shown(VariableNode):
    """`{{ … }}`."""

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is str and context.autoescape:
            return escape(value)
        if kind is SafeString:
            return str(value)
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return render_value_in_context(value, context)


class Address(Node):
    """`{% url 'name' value … %}`."""

    child_nodelists = ()

    def __init__(self, name: str, values: list[FilterExpression]) -> None:
        self.name, self.values = name, values

    def render(self, context: Context) -> str:
        found = address(self.name, *[value.resolve(context) for value in self.values])
        return escape(found) if context.autoescape else found


class FormToken(CsrfTokenNode):
    """`{% csrf_token %}`: written once for all forms of a template."""

    def render(self, context: Context) -> SafeString:
        state = context.render_context
        field: SafeString | None = state.get(FormToken)
        if field is None:
            field = state[FormToken] = super().render(context)
        return field


class Named:
    """The template that `{% include "…" %}` names: looked up once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: Template | None = None

    def resolve(self, context: Context) -> Template:
        if self.found is None:
            self.found = context.template.engine.get_template(self.name)
        return self.found


def straighten(node: Node) -> Node:
    """The node that gives the same, the straight way where there is one."""
    for part in vars(node).values():
        _straighten_names(part)
    if type(node) is IncludeNode and _names_a_template(node.template):
        node.template = Named(node.template.var)
    made: Node | None = None
    if type(node) is VariableNode:
        made = Shown(node.filter_expression)
    elif type(node) is URLNode and not (node.asvar or node.kwargs) and isinstance(node.view_name.var, str):
        made = Address(node.view_name.var, node.args)
    elif type(node) is CsrfTokenNode:
        made = FormToken()
    if made is None:
        return node
    made.token, made.origin = node.token, node.origin
    return made


def _names_a_template(said: FilterExpression) -> bool:
    """By its whole name between quotes; one that begins with a dot depends on where it stands."""
    return isinstance(said.var, str) and not said.filters and not said.var.startswith(".")


def _straighten_names(part: Any) -> None:
    """Of everything that a tag was given: expressions, lists of them, and the conditions of `{% if %}`."""
    if isinstance(part, FilterExpression):
        if type(part.var) is Variable:
            part.var = StraightVariable(part.var.var)
            if type(part) is FilterExpression and part.var.lookups and not part.filters:
                part.__class__ = Unfiltered
    elif isinstance(part, TemplateLiteral):
        _straighten_names(part.value)
    elif isinstance(part, dict):
        _straighten_names(list(part.values()))
    elif type(part) in (list, tuple):
        for one in part:
            _straighten_names(one)
    elif hasattr(part, "first") and hasattr(part, "second"):  # `and`, `==`, … of a condition
        _straighten_names([part.first, part.second])
