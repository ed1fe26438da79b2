"""JSON of strangers, within limits, and its values as what they should be (pure; quality §3 "Webhooks")."""

from __future__ import annotations

import json
from typing import Any

from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.words import clean, one_line

MAX_BYTES = 1_048_576
MAX_DEPTH = 20
MAX_TEXT = 100_000
EARLIEST = 1_000_000_000.0
LATEST = 4_000_000_000.0


def read_json(body: bytes) -> dict[str, Any]:
    """The object in the body. Raises `Unreadable`, and nothing else, when it is none, too large or too deep."""
    if len(body) > MAX_BYTES:
        raise Unreadable("event_too_big")
    try:
        found = json.loads(body, parse_constant=_no_number)
    except RecursionError as error:
        raise Unreadable("too_deep") from error
    except ValueError as error:
        raise Unreadable("not_json") from error
    if not isinstance(found, dict):
        raise Unreadable("not_json")
    _check_depth(found)
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def _check_depth(found: object) -> None:
    level: list[object] = [found]
    for _depth in range(MAX_DEPTH):
        level = [
            one
            for value in level
            for one in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
            if isinstance(one, dict | list)
        ]
        if not level:
            return
    raise Unreadable("too_deep")


def items(value: object, most: int = 1000) -> list[dict[str, Any]]:
    """The objects of a list; anything else is an empty one."""
    return [one for one in value[:most] if isinstance(one, dict)] if isinstance(value, list) else []


def part(value: object, *names: str) -> dict[str, Any]:
    """The object at this path; an empty one when there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text(value: object, limit: int = MAX_TEXT) -> str:
    """Words of several lines, cleaned; what is no text is none."""
    return clean(value[: limit * 2])[:limit] if isinstance(value, str) else ""


def line(value: object, limit: int = 200) -> str:
    """One line: an id, a name. A number is read as its digits."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        value = str(value)
    return one_line(value[: limit * 2])[:limit] if isinstance(value, str) else ""


def moment(value: object) -> float | None:
    """Seconds since 1970 from seconds or milliseconds, as a number or its digits; None when it cannot be."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    if seconds > LATEST:
        seconds /= 1000
    return seconds if EARLIEST < seconds < LATEST else None
