"""One line or bubble of the timeline, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

CUSTOMER, NOTE, EVENT = "klant", "notitie", "stap"

PICTURES = ("image/",)
MOST_PICTURES = 6

Json = dict[str, Any]


@dataclass(frozen=True)
class File:
    """An attachment with its size in words."""

    pk: int
    name: str
    size: str
    icon: str
    can_be_shown: bool = False
    """Its pages can be looked at here."""
    withheld: str = ""
    """Why it is not handed out: it is being checked, or holds a virus."""


@dataclass(frozen=True)
class Waiting:
    """A reply that did not leave: it waits (`seconds`: so long it can be taken back), or its text waits for somebody to go on."""

    pk: int
    is_waiting: bool
    is_scheduled: bool
    seconds: int | None = None


@dataclass(frozen=True)
class Paper:
    """A letter that waits to be posted."""

    pk: int
    is_late: bool
    recipient: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """One line or bubble, all that is shown of it as values (ADR 15); `group` is what the filter of the timeline looks at."""

    at: datetime
    when: str
    group: str
    icon: str
    head: str
    css: str = ""
    """Suffix of the square: out, note, auto."""
    tag: str = ""
    text: str = ""
    quoted: str = ""
    bubble: str = ""
    """Suffix of the bubble: out, note."""
    files: tuple[File, ...] = ()
    remarks: tuple[str, ...] = ()
    sending: str = ""
    """How far an outgoing message is, in words; the icon and colour follow."""
    sending_css: str = ""
    sending_icon: str = ""
    again: int | None = None
    """Contact whose message was not delivered and may be sent again."""
    anchor: str = ""
    adopt: int | None = None
    """Contact that a colleague passed on: its sender becomes the customer in one click."""
    letter: int | None = None
    """Contact that we wrote as a letter, to be printed."""
    posted: int | None = None
    """Letter that was posted, with its history."""
    waiting: Waiting | None = None
    paper: Paper | None = None
    is_below_post: bool = False
    """Then `quoted` is the public post below which this stands."""

    def __hash__(self) -> int:
        """Of all its values, worked out once: markup is kept under them, and looked up at every page."""
        known = self.__dict__.get("_hash")
        if known is None:
            known = self.__dict__["_hash"] = hash(tuple(self.__dict__.values()))
        return int(known)

    @property
    def has_buttons(self) -> bool:
        """Then it is shown with what this page and this person need for them."""
        return bool(self.waiting or self.paper or self.adopt or self.again)

    @property
    def pictures(self) -> list[File]:
        """Shown on request, made anew from the files; never what a message would load from elsewhere."""
        return [one for one in self.files if one.icon == "photo" and one.can_be_shown and not one.withheld][
            :MOST_PICTURES
        ]

    @property
    def is_line(self) -> bool:
        """Grey and one line: a machine or a step."""
        return self.css == "auto"


def moment_of(text: str | None) -> datetime | None:
    """A moment as PostgreSQL writes it in JSON."""
    return datetime.fromisoformat(text) if text else None
