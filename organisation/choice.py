"""A choice of a select, a row of radio buttons or a filter: what is sent, what is read, and whether it is the one that holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    is_chosen: bool = False
