"""Address headers, read in one pass: the standard parser needs 19 s for 100 kB of commas (pure; email-cases 53–57)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels_app.adapters.email.limits import MAX_ADDRESSES, Unreadable
from channels_app.adapters.email.words import header_text, one_line, unfolded

_SIGN = r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
"""No sign that nobody sees: an address that looks like a customer's must be it."""
_ADDRESS = re.compile(f"^{_SIGN}{{1,64}}@{_SIGN}{{1,255}}$")
_SPACED = re.compile(r" ?([@.]) ?")
"""Space that may stand in an address (RFC 5322 §4.4). Elsewhere it is no address: pulled together it would be somebody else's."""
MAX_LENGTH = 60_000


@dataclass(frozen=True)
class Address:
    """`address` in lower case, empty when it could not be read; `name` as the sender wrote it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def read_addresses(values: list[str]) -> tuple[Address, ...]:
    """Every address of these headers, once each. Raises `Unreadable` above the limit."""
    found: dict[tuple[str, str], Address] = {}
    for value in map(unfolded, values):
        if len(value) > MAX_LENGTH:
            raise Unreadable("too_many_addresses")
        for part in _split(value):
            address = _read(part)
            if address is not None:
                found.setdefault((address.address, address.name if not address.address else ""), address)
            if len(found) > MAX_ADDRESSES:
                raise Unreadable("too_many_addresses")
    return tuple(found.values())


def _split(value: str) -> list[str]:
    """Parts between commas or semicolons that stand outside quotes and brackets."""
    parts: list[str] = []
    start, in_quotes, in_angle, is_escaped = 0, False, False, False
    for index, sign in enumerate(value):
        if is_escaped:
            is_escaped = False
        elif sign == "\\":
            is_escaped = True
        elif sign == '"' and not in_angle:
            in_quotes = not in_quotes
        elif in_quotes:
            continue
        elif sign == "<":
            in_angle = True
        elif sign == ">":
            in_angle = False
        elif sign in ",;" and not in_angle:
            if value[start:index].strip():
                parts.append(value[start:index])
            start = index + 1
            if len(parts) > 5 * MAX_ADDRESSES:
                raise Unreadable("too_many_addresses")
    rest = value[start:]
    if in_quotes and "," in rest:  # a quote that never closes must not swallow the other addresses
        parts.extend(part for part in rest.replace('"', "").split(",")[: 5 * MAX_ADDRESSES] if part.strip())
    elif rest.strip():
        parts.append(rest)
    return parts


def _read(part: str) -> Address | None:
    group, colon, members = part.partition(":")
    if colon and "@" not in group and '"' not in group and "=?" not in group:
        part = members
    left, right = part.rfind("<"), part.rfind(">")
    if 0 <= left < right:
        name, address = part[:left], part[left + 1 : right]
    elif left >= 0:
        name, address = part[:left], part[left + 1 :]
    else:
        name, address = _bare(part)
    address = (
        _SPACED.sub(r"\1", " ".join(address.split())).strip("<>'\"").strip().lower().removeprefix("mailto:").rstrip(".")
    )
    shown = header_text(name.replace('\\"', "'").replace('"', "")).strip("' ")[:200]
    if not _ADDRESS.match(address):
        if "=?" in part and "@" in (whole := header_text(part)) and "=?" not in whole:
            return _read(whole)  # a program that encodes the address together with the name
        shown = shown or one_line(header_text(part))[:200]
        return Address("", shown) if shown else None
    return Address(address[:320], "" if shown.lower() == address else shown)


def _bare(part: str) -> tuple[str, str]:
    """`jan@x.nl (Jan)` or `jan@x.nl`: a name may stand in brackets."""
    opened = part.find("(")
    if opened >= 0:
        return part[opened + 1 :].rstrip(") "), part[:opened]
    return "", part
