"""HTML as plain text; nothing of it is ever shown as HTML, so script, styles and tracking pictures fall away (pure)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import islice

from channels_app.adapters.email.limits import MAX_HTML

_SKIP = frozenset(
    {"script", "style", "head", "title", "noscript", "template", "svg", "math", "object", "iframe", "select"}
)
_BLOCK = frozenset(
    {"address", "article", "div", "dl", "dt", "dd", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul", "blockquote"}
)
_PARAGRAPH = frozenset({"p", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"})
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_LETTERS = re.compile(r"(?:^|[;\s])font-size\s*:\s*(?P<size>[^;!]{1,40})", re.I)
_NOUGHT = re.compile(r"\s*0+(?:\.0+)?\s*(?:[a-z]{2,4}|%)?\s*", re.I)
_VOID = frozenset(
    {"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
)
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_UNCLOSED = re.compile(r"<(?=[^<>]*<)")
_TAG = re.compile(r"<[^<>]*>")
MAX_UNCLOSED = 5
MAX_TAG = 20_000
MAX_HIDDEN_DEPTH = 500


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.skipping: list[str] = []
        self.small: list[tuple[str, bool]] = []
        """What is open since letters got no size, and whether those within it still have none: a part inside may give them one."""
        self.quotes = 0
        self.link = ""
        self.link_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.skipping or tag in _SKIP or _HIDDEN.search(given.get("style") or ""):
            if tag not in _VOID and len(self.skipping) < MAX_HIDDEN_DEPTH:
                self.skipping.append(tag)
            return
        self._size_letters(tag, given.get("style") or "")
        if tag == "body":
            return
        if tag == "br":
            self._line()
        elif tag in _BLOCK:
            self._block(tag)
            if tag == "blockquote":
                self.quotes = min(self.quotes + 1, 5)
            elif tag == "li":
                self._add("- ")
        elif tag in ("td", "th") and self.lines[-1].strip():
            self._add(" ")
        elif tag == "a" and not self._is_unseen():
            self.link, self.link_text = (given.get("href") or "").strip(), ""

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag in self.skipping:
                while self.skipping.pop() != tag:
                    pass
            return
        if any(tag == opened for opened, _is_unseen in self.small):
            while self.small.pop()[0] != tag:
                pass
        if tag == "a" and self.link:
            shown = self.link.removeprefix("mailto:").removeprefix("tel:")
            if re.match(r"https?://|mailto:|tel:", self.link, re.I) and shown.rstrip("/") not in self.link_text:
                self._add(f" ({shown[:300]})")
            self.link = ""
        elif tag in _BLOCK:
            self._block(tag)
            if tag == "blockquote":
                self.quotes = max(self.quotes - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self.skipping and not self._is_unseen():
            text = _SPACES.sub(" ", data)
            self.link_text = (self.link_text + text)[:500]
            self._add(text)

    def _is_unseen(self) -> bool:
        return bool(self.small) and self.small[-1][1]

    def _size_letters(self, tag: str, style: str) -> None:
        told = _LETTERS.search(style)
        is_nought = bool(told and _NOUGHT.fullmatch(told["size"]))
        if (is_nought or self.small) and tag not in _VOID and len(self.small) < MAX_HIDDEN_DEPTH:
            self.small.append((tag, is_nought if told else self.small[-1][1]))

    def _add(self, text: str) -> None:
        line = self.lines[-1]
        if not line:
            text = text.lstrip(" ")
            if not text:
                return
            text = "> " * self.quotes + text
        elif line.endswith(" "):
            text = text.lstrip(" ")
        self.lines[-1] = line + text

    def _line(self) -> None:
        self.lines.append("")

    def _block(self, tag: str) -> None:
        if self.lines[-1]:
            self._line()
        if tag in _PARAGRAPH and len(self.lines) > 1 and self.lines[-2]:
            self._line()


def html_to_text(html: str) -> str:
    """The words of a page as a person reads them; bounded in time by its length, never raises on bad markup."""
    short = _without_traps(_SPACES.sub(" ", _without_comments(html[: 4 * MAX_HTML]))[:MAX_HTML])
    reader = _Reader()
    try:
        reader.feed(short)
        reader.close()
    except (AssertionError, ValueError, IndexError):  # the standard parser trips over broken declarations
        return re.sub(r"<[^<>]{0,2000}>", " ", short)
    text = "\n".join(line.rstrip() for line in reader.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_comments(html: str) -> str:
    """Without comments and declarations; what opens and never closes stays as words."""
    pieces: list[str] = []
    at = 0
    while (begin := html.find("<!--", at)) >= 0:
        end = html.find("-->", begin + 4)
        if end < 0:
            break
        pieces.append(html[at:begin])
        at = end + 3
    pieces.append(html[at:].replace("<!--", ""))
    return _DECLARATION.sub("", "".join(pieces)).replace("<!", "&lt;!").replace("<?", "&lt;?")


def _without_traps(html: str) -> str:
    """Tags without end and tags without measure as words: the standard parser reads to the end of the page for each of them."""
    if sum(1 for _one in islice(_UNCLOSED.finditer(html), MAX_UNCLOSED + 1)) > MAX_UNCLOSED:
        html = _UNCLOSED.sub("&lt;", html)
    html = _TAG.sub(lambda tag: tag.group(0) if len(tag.group(0)) <= MAX_TAG else "", html)
    last = html.rfind("<")
    return html if last < 0 or ">" in html[last:] else f"{html[:last]}&lt;{html[last + 1 :]}"
