"""How each thing that is measured is answered: always the same way, so that versions can be compared (pure)."""

from __future__ import annotations

from typing import Final

MOST_QUESTIONS: Final = 5
KIND_OF: Final = {
    "mark": "mark",
    "friendliness": "mark",
    "clear_language": "scale",
    "answered": "yes",
    "effort": "effort",
    "speed": "mark",
    "expertise": "mark",
    "better": "text",
}
HAS_ENDS: Final = frozenset({"mark", "scale", "effort"})
"""Numbers need a word at both ends."""
