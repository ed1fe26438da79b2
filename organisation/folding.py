"""Templates whose unchanging parts are put together once per language, when they are first shown.

Half of the nodes of a page give the same text at every request: `{% translate "Save" %}`, `{% icon "phone" %}`, `{% static … %}`,
`{% url 'name' %}` and the markup between them. After a template was compiled, every run of such nodes becomes one node that remembers
what they gave; of the other nodes names are looked up the straight way (organisation/straight.py). Templates are written as always; see
docs/adr/0016-templates-are-folded.md.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.context import Context
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from organisation.layout import lay_out, lists_of
from organisation.straight import straighten
from organisation.templatetags.opmeer import icon

OURS = settings.BASE_DIR / "templates"
PURE_TAGS = frozenset({icon})
"""Own tags that give the same for the same arguments, in every language."""


def language_of(context: Context) -> str:
    """The language of this rendering: asked once."""
    state = context.render_context
    language = state.get(Folded)
    if language is None:
        language = state[Folded] = get_language()
    return str(language)


class Folded(Node):
    """Nodes whose text depends on nothing but the language and whether the template escapes."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token = nodes[0].token
        self.origin = nodes[0].origin
        self.held: dict[tuple[str, bool], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (language_of(context), context.autoescape)
        text = self.held.get(key)
        if text is None:
            text = self.held[key] = SafeString("".join(node.render_annotated(context) for node in self.nodes))
        return text


def fold(nodelist: NodeList) -> None:
    """Folds the list and every list below it, in place."""
    folded: list[Node] = []
    run: list[Node] = []

    def close() -> None:
        if len(run) == 1 and isinstance(run[0], TextNode):
            folded.append(run[0])
        elif run:
            folded.append(Folded(run.copy()))
        run.clear()

    for node in nodelist:
        if is_constant(node):
            run.append(node)
            continue
        close()
        folded.append(straighten(node))
        for below in lists_of(node):
            fold(below)
    close()
    nodelist[:] = folded


def is_constant(node: Node) -> bool:
    """Whether the node gives the same at every request in one language, and leaves nothing in the context."""
    if isinstance(node, TextNode | LoadNode | CommentNode):
        return True
    if isinstance(node, TranslateNode):
        texts = [node.filter_expression, *([node.message_context] if node.message_context else [])]
        return not node.asvar and not node.noop and all(_is_literal(text) for text in texts)
    if isinstance(node, URLNode):
        return not (node.asvar or node.args or node.kwargs) and _is_literal(node.view_name)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, SimpleNode):
        is_pure = node.func in PURE_TAGS and node.target_var is None and not node.takes_context
        return is_pure and all(_is_literal(value) for value in [*node.args, *node.kwargs.values()])
    return False


def _is_literal(value: Any) -> bool:
    """A text between quotes, without filters."""
    if isinstance(value, FilterExpression):
        if value.filters:
            return False
        value = value.var
    if isinstance(value, Variable):
        return value.lookups is None
    return isinstance(value, str)


def forget_source(template: Template) -> None:
    """Of what it was compiled from nothing is read again but for the page with which Django explains an error to who builds; in every process
    that would be the text of all pages, twice."""
    template.source = ""
    _forget_tokens(template.nodelist)


def _forget_tokens(nodelist: NodeList) -> None:
    for node in nodelist:
        with suppress(AttributeError):  # two tags may share a node
            del node.token
        for below in lists_of(node):
            _forget_tokens(below)


class Loader(cached.Loader):
    """The cached loader; what it compiles is folded, and pages of ours lose their layout."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        is_known = self.cache_key(template_name, skip) in self.get_template_cache
        template = super().get_template(template_name, skip)
        if not is_known:
            if not template.engine.debug:
                forget_source(template)
            if template_name.endswith(".html") and Path(template.origin.name).is_relative_to(OURS):
                lay_out(template.nodelist)
            fold(template.nodelist)
        return template
