"""Reads the forms of a page and fills them in as a person, a machine or an attacker would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TYPED = frozenset({"text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local", "month", "textarea", "password"})  # fmt: skip


@dataclass
class Form:
    """A form that is sent with POST: where to, its fields as they stand there, and which of them are typed in."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.by_id: dict[str, Form] = {}
        self.current: Form | None = None
        self.textarea = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = None
            if given.get("method", "").lower() == "post" or "hx-post" in given:
                self.current = Form(given.get("action", ""))
                self.forms[str(len(self.forms))] = self.current
                self.by_id[given.get("id", "")] = self.current
        form = self.by_id.get(given["form"]) if given.get("form") else self.current
        name = given.get("name", "")
        if form is None or not name or tag not in ("input", "textarea", "select", "button"):
            self.select = "" if tag == "select" else self.select
            if tag == "option" and self.select and self.current is not None and "selected" in given:
                self.current.values[self.select] = given.get("value", "")
            return
        kind = given.get("type", "text").lower() if tag == "input" else tag
        if kind in TYPED:
            form.typed.append(name)
            form.values[name] = given.get("value", "")
        elif kind == "hidden":
            form.hidden.append(name)
            form.values[name] = given.get("value", "")
        elif kind == "select":
            self.select = name
            form.chosen.append(name)
            form.values.setdefault(name, "")
        elif kind in ("radio", "checkbox"):
            form.chosen.append(name)
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        if tag == "textarea":
            self.textarea = name

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None


def forms_of(html: str, address: str) -> list[Form]:
    """The forms of a page; one without action is sent to the page itself."""
    reader = _Reader()
    reader.feed(html)
    for form in reader.forms.values():
        form.action = urljoin(address, form.action)
    return [form for form in reader.forms.values() if form.action.startswith("/") and "uitloggen" not in form.action]
