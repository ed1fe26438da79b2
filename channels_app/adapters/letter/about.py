"""The text of a letter made ready to read, and what it says that it is about (pure)."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 120
_ABOUT: Final = re.compile(r"^[ ]?(?:betreft|betreffende|onderwerp|inzake)[ ]?(?:[:;.][ ]?|[ ])(\S.{3,})$", re.I | re.M)
_HEAD: Final = 5_000
"""Characters in which it must stand."""


def tidy(text: str) -> str:
    """Lines as they stand on the paper, without the spaces between columns and without more than one empty line."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def about(text: str) -> str:
    """What stands behind “Betreft:” in a tidy text, at most `MOST` characters; empty when it is not there."""
    found = _ABOUT.search(text[:_HEAD])
    if found is None:
        return ""
    words = found.group(1).strip()
    words = words[0].upper() + words[1:]
    return words if len(words) <= MOST else words[:MOST].rpartition(" ")[0] + " …"
