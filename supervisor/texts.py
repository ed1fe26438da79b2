"""Every text for people in the code, and whether the Dutch catalogue has it. Runs where Django is installed."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from supervisor.place import ROOT

APPS = ("opmeer_kcc", "organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme")
CATALOGUE = ROOT / "opmeer_kcc" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "kept"}
"""`kept` (channels_app/reasons.py) translates a sentence that goes into a row."""
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
BOTH = {"npgettext", "npgettext_lazy"}
ASKS = re.compile(r"gettext|\bkept\b")
"""In a module that has a text at all: `_` is what gettext is called there."""
IN_TEMPLATE = re.compile(r"\b(n?p?gettext|_)\(((?:\s*u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?)+)")
LITERAL = re.compile(r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")", re.DOTALL)


@dataclass(frozen=True, order=True)
class Text:
    """One text as the code has it."""

    msgid: str
    plural: str = ""
    context: str = ""


class Unreadable(ValueError):
    """A text that cannot be looked up, such as an f-string inside gettext()."""


def used() -> dict[Text, str]:
    """Every text → the first place that uses it."""
    found: dict[Text, str] = {}
    for path in _files():
        place = str(path.relative_to(ROOT))
        texts = _in_python(path) if path.suffix == ".py" else _in_template(path)
        for text in texts:
            found.setdefault(text, place)
    return found


def _files() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    for folder in folders:
        yield from (
            path for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".js", ".txt", ".svg", ".xml"}
        )


def _in_python(path: Path) -> Iterator[Text]:
    written = path.read_text()
    if not ASKS.search(written):
        return
    nodes = [node for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Call | ast.ImportFrom)]
    known = _imported(nodes)
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        name = known.get(name, name)
        count = 1 if name in PLAIN else 2 if name in PLURAL | CONTEXT else 3 if name in BOTH else 0
        if not count or len(node.args) < count:
            continue
        values = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args[:count]]
        if any(isinstance(arg, ast.JoinedStr) for arg in node.args[:count]):
            raise Unreadable(f"{path}:{node.lineno}: an f-string cannot be translated")
        words = [value for value in values if isinstance(value, str)]
        if len(words) == count:
            yield _text(name, words)


def _imported(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """What Django's functions are called in this module: `gettext_lazy as lazy` gives {"lazy": "gettext_lazy"}."""
    return {
        alias.asname or alias.name: alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def _in_template(path: Path) -> Iterator[Text]:
    from django.utils.translation.template import templatize

    for match in IN_TEMPLATE.finditer(templatize(path.read_text(), origin=str(path))):
        words = [ast.literal_eval(literal) for literal in LITERAL.findall(match[2])]
        if match[1].startswith("p") and len(words) < 2:
            continue
        yield _text(match[1], words)


def _text(name: str, words: list[str]) -> Text:
    if name in BOTH:
        return Text(words[1], words[2], words[0])
    if name in PLURAL:
        return Text(words[0], words[1])
    if name in CONTEXT:
        return Text(words[1], context=words[0])
    return Text(words[0])
