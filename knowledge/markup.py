"""The little marks that an article may have, as safe HTML: `# heading`, `- line of a list`, `**strong**`, whole https addresses and telephone numbers. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import Final

_STRONG: Final = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_ADDRESS: Final = re.compile(r"https://[^\s<>\"'()]{1,300}[^\s<>\"'().,;:!?]")
_PHONE: Final = re.compile(r"(?<![\w€.,/@-])0\d[\d -]{6,11}\d(?![\w-])|(?<![\w€.,/@-])(?<!€ )112(?![\w-]|[.,]\d| euro)")
_CALL: Final = re.compile(r"\bbel(?:t|len)?\b", re.IGNORECASE)
_LINKED: Final = re.compile(f"{_ADDRESS.pattern}|{_PHONE.pattern}")
_LINK: Final = re.compile(r"https://[A-Za-z0-9.-]{1,200}(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'\\]{0,300})?")


class Html(str):
    """Text of which every typed character was escaped: a template shows it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def html_of(text: str, level: int = 3, *, calls: bool = True) -> Html:
    """Headings get `level`; whatever looks like HTML in the text stays text, so a template may show it as it is.

    `calls`: telephone numbers are links; not beside the caller, where one press of Tab goes to the whole answer.
    """
    made: list[str] = []
    held: list[str] = []
    kind = ""

    def close() -> None:
        nonlocal kind
        if kind == "list":
            made.append("<ul>" + "".join(f"<li>{_inline(one, calls=calls)}</li>" for one in held) + "</ul>")
        elif kind == "text":
            made.append("<p>" + "<br>".join(_inline(one, calls=calls) for one in held) + "</p>")
        held.clear()
        kind = ""

    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip()
        if not line:
            close()
        elif line.startswith("#") and line.lstrip("#").strip():
            close()
            made.append(f"<h{level}>{_inline(line.lstrip('#').strip(), calls=calls)}</h{level}>")
        else:
            is_item = line.startswith(("- ", "* ", "• "))
            wanted = "list" if is_item else "text"
            if kind != wanted:
                close()
                kind = wanted
            held.append(line[2:].strip() if is_item else line)
    close()
    return Html("".join(made))


def plain_of(text: str) -> str:
    """The same for a letter or an e-mail: headings and strong words without their marks."""
    lines = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.rstrip()
        if line.lstrip().startswith("#"):
            line = line.lstrip().lstrip("#").strip()
        lines.append(_STRONG.sub(r"\1", line))
    return "\n".join(lines).strip()


def line_of(typed: str) -> str:
    """What somebody typed as one line that can be kept."""
    return " ".join(typed.replace("\x00", "").split())


def link_of(line: str) -> tuple[str, str]:
    """`Words | https://address` as words and address; the address is empty when it is not one that may be opened."""
    words, bar, address = line.rpartition("|")
    words, address = (words.strip(), address.strip()) if bar else ("", line.strip())
    if not _LINK.fullmatch(address):
        return words or line.strip(), ""
    return words or address.removeprefix("https://").rstrip("/"), address


def _inline(line: str, *, calls: bool) -> str:
    safe = _STRONG.sub(r"<strong>\1</strong>", escape(line, quote=False))
    says_call = _CALL.search(line) is not None
    linked = _LINKED if calls else _ADDRESS
    return linked.sub(lambda found: _anchor(found.group(), says_call=says_call), safe)


def _anchor(words: str, *, says_call: bool) -> str:
    """An address or a number that can be called; `112` is one only where the line says to call."""
    if words.startswith("https://"):
        return f'<a href="{words}" rel="noreferrer">{words.removeprefix("https://").rstrip("/")}</a>'
    number = re.sub(r"\D", "", words)
    is_free = number[:4] in ("0800", "0900") and len(number) in (8, 11)
    is_number = says_call if number == "112" else is_free or len(number) == 10
    return f'<a href="tel:{number}">{words}</a>' if is_number else words
