"""How each thing that is measured is answered: always the same way, so that versions can be compared (pure)."""

from __future__ import annotations

from typing import Final

MOST_QUESTIONS: Final = 5
MOST_RESEARCH: Final = 20
"""Questions of a questionnaire that is held for some time."""
MOST_OPTIONS: Final = 10
OWN: Final = ("mark", "scale", "yes", "yesno", "one", "many", "text")
"""How a question of one's own can be answered."""
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
Given = int | str | list[int]
"""An answer: a number, own words, or the options that were chosen."""
NEWSLETTER: Final = "newsletter"
"""Where answers come from that are about no contact."""
OWN_PREFIX: Final = "own:"
HAS_OPTIONS: Final = frozenset({"one", "many"})


def kind_of(chosen: str) -> str:
    """How a question is answered: by what it measures, or as was chosen for one of one's own (`own:one`)."""
    return KIND_OF.get(chosen) or chosen.removeprefix(OWN_PREFIX)


def own_key(number: int) -> str:
    return f"q{number}"


def own_number(key: str) -> int:
    """`q12` → 12; 0 for what measures something of the list."""
    return int(key[1:]) if key[:1] == "q" and key[1:].isdigit() else 0


def part_key(key: str, option: int) -> str:
    """Of a question with several answers each option counts by itself: 2 chosen, 1 not."""
    return f"{key}.{option}"
