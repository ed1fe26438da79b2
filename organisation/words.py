"""Words made comparable, so that `café` finds `cafe` (pure)."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Lower case, without accents, control characters or double spaces."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", ""))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) and (c.isprintable() or c.isspace()))
    return _SPACES.sub(" ", letters).strip().lower()
