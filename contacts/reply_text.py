"""Fills the fields of a reply template; words in braces that are no field stay as they are, and no code is run (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIELD = re.compile(r"\{([a-z]+)\}")


def fill(body: str, fields: Mapping[str, str]) -> str:
    """The text with its fields filled in; what was filled in is not looked at again."""
    return _FIELD.sub(lambda match: fields.get(match.group(1), match.group(0)), body)


def with_closing(text: str, closing: str) -> str:
    """The text with the end of every reply below it, unless it ends in that way already (a template that greets)."""
    closing = closing.strip()
    if not closing:
        return text
    greeting = _bare(closing.split("\n", 1)[0])
    if any(_bare(line) == greeting for line in text.splitlines()):
        return text
    return f"{text.rstrip()}\n\n{closing}"


def on_one_line(closing: str) -> str:
    """The closing as one line, to show before it is added: `Met vriendelijke groet, Henk Bos, Gemeente Opmeer`."""
    return ", ".join(line.strip(" ,") for line in closing.splitlines() if line.strip(" ,"))


def greets(text: str) -> bool:
    """Whether it begins with a greeting of its own, a line that ends in a comma: `Geachte mevrouw De Wit,`."""
    first = text.lstrip().split("\n", 1)[0].strip()
    return first.endswith(",") and first.lower().startswith(
        ("beste ", "geacht", "dag ", "goede", "hallo", "l.s.", "mevrouw", "meneer")
    )


def _bare(line: str) -> str:
    return line.strip(" ,.").casefold()


def salutation(kind: str, title: str, name: str) -> str:
    """`Beste mevrouw De Wit,` from `mrs` and `A. de Wit-Schouten`; without a salutation the whole name."""
    words = {"mrs": "mevrouw", "mr": "meneer"}.get(title)
    name = " ".join(name.split())
    if not name or kind != "person":
        return f"Beste {name}," if name and kind != "person" else "Beste heer, mevrouw,"
    if words is None:
        return f"Beste {name},"
    return f"Beste {words} {_surname(name)},"


def _surname(name: str) -> str:
    """Without initials and first names, with a capital: `A. de Wit-Schouten` → `De Wit-Schouten`."""
    parts = name.split(" ")
    for index, part in enumerate(parts):
        if index and (part[0].islower() or index == len(parts) - 1):
            rest = " ".join(parts[index:])
            return rest[0].upper() + rest[1:]
    return name[0].upper() + name[1:]
