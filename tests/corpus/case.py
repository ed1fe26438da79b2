"""One case of bad input: what comes in and what must become of it (quality.md §3).

`answer`: A accept, W accept with a visible remark, Q put aside with its reason, R refuse with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ANNA = "anna@burger.example"
LETTERS = "Eén café, geïnd voor € 12: reëel"
"""The letters that Dutch people write and old programs lose."""


@dataclass(frozen=True)
class Mail:
    """A message and its expectations; None or empty: nothing is expected of that."""

    name: str
    answer: str
    raw: bytes | Callable[[], bytes]
    outcome: str = "registered"
    text: str = ""
    """Must occur in what the desk reads."""
    exact: str | None = None
    """Is what the desk reads, to the letter."""
    absent: tuple[str, ...] = ()
    """May occur nowhere in text or title."""
    sender: str = ANNA
    name_of_sender: str | None = None
    title: str | None = None
    files: tuple[str, ...] | None = ()
    """Names of the files; None: whatever there is."""
    remarks: tuple[str, ...] = ()
    """Exactly these, apart from what the class adds."""
    reason: str = ""
    """Code of `channels_app.reasons` for what was parked, refused or ignored."""
    acknowledged: bool | None = True
    same: bool = False
    suggested: bool = False
    before: str = ""
    """State of the earlier question: closed, long_closed, waiting, merged."""
    more: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        return self.raw if isinstance(self.raw, bytes) else self.raw()
