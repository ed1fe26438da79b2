"""Who wrote the message that a colleague passed on (pure; case 63)."""

from __future__ import annotations

import re

from channels_app.adapters.email.addresses import Address, read_addresses
from channels_app.adapters.email.limits import Unreadable

_FROM = re.compile(r"^[\s>*]*(?:Van|From|Von)\s*:\**\s*(.{3,300})$", re.I | re.M)
_MARKDOWN = re.compile(r"\((?:mailto:)?[^()\s]*@[^()\s]*\)|\[mailto:([^\]]+)\]")


def forwarded_from(text: str) -> Address | None:
    """The sender in the first `Van:` line of a forwarded message; None when there is none that can be answered."""
    for match in _FROM.finditer(text[:50_000]):
        line = _MARKDOWN.sub(lambda m: f"<{m.group(1)}>" if m.group(1) else "", match.group(1)).replace("*", "")
        try:
            found = read_addresses([line])
        except Unreadable:
            return None
        if found and found[0].address:
            return found[0]
    return None


def forwarded_text(text: str) -> str:
    """What the citizen wrote: the part after the header lines of the forwarded message; the whole text without such lines."""
    match = _FROM.search(text)
    if match is None:
        return text
    lines = text[match.start() :].split("\n")
    for index, line in enumerate(lines[:15]):
        if not line.strip() and index:
            return "\n".join(lines[index:]).strip() or text
    return text
