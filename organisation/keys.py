"""The keys without Ctrl (design "Keys"): what each does, where, and what a person made of it. Pure but for its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

EVERYWHERE: Final = "everywhere"
QUEUE: Final = "queue"
QUESTION: Final = "question"
REGISTRATION: Final = "registration"
RECEPTION: Final = "reception"


@dataclass(frozen=True)
class Key:
    """One act with the key of the house."""

    code: str
    key: str
    words: object  # a text that is translated when it is shown
    places: frozenset[str]

    def meets(self, other: Key) -> bool:
        """Whether there is a screen on which both work, so that they cannot share a key."""
        return EVERYWHERE in self.places | other.places or bool(self.places & other.places)


def _key(code: str, key: str, words: object, *places: str) -> Key:
    return Key(code, key, words, frozenset(places))


KEYS: Final[dict[str, Key]] = {
    one.code: one
    for one in (
        _key("new", "n", _("new contact"), EVERYWHERE),
        _key("search", "/", _("search"), EVERYWHERE),
        _key("keys", "?", _("this list"), EVERYWHERE),
        _key("news", "l", _("news: read"), EVERYWHERE),
        _key("next", "j", _("next"), QUEUE, QUESTION),
        _key("previous", "k", _("previous"), QUEUE, QUESTION),
        _key("assign", "a", _("assign"), QUEUE, QUESTION),
        _key("hand_over", "d", _("hand over"), QUEUE, QUESTION, REGISTRATION),
        _key("take", "p", _("take it"), QUEUE, QUESTION),
        _key("reply", "r", _("question: reply"), QUESTION),
        _key("note", "x", _("question: note"), QUESTION),
        _key("phone", "b", _("question: phone conversation"), QUESTION),
        _key("knowledge", "i", _("question: knowledge base"), QUESTION),
        _key("add", "+", _("registering: add to the open question"), REGISTRATION),
        _key("call_back", "t", _("registering: call back"), REGISTRATION),
        _key("waiting", "w", _("registering: waiting for customer"), REGISTRATION),
        _key("acknowledge", "o", _("letter: acknowledgement"), REGISTRATION),
        _key("answered", "b", _("letter: answered at once"), REGISTRATION),
        _key("visit", "b", _("reception: register a visit"), RECEPTION),
        _key("one_more", "v", _("registering: one more question"), REGISTRATION),
        _key("wrong_number", "f", _("registering: wrong number"), REGISTRATION),
        _key("place_1", "1", _("channel or list 1"), QUEUE, REGISTRATION),
        _key("place_2", "2", _("channel or list 2"), QUEUE, REGISTRATION),
        _key("place_3", "3", _("channel or list 3"), QUEUE, REGISTRATION),
        _key("place_4", "4", _("channel or list 4"), QUEUE, REGISTRATION),
        _key("place_5", "5", _("channel or list 5"), QUEUE, REGISTRATION),
        _key("place_6", "6", _("channel or list 6"), QUEUE, REGISTRATION),
        _key("place_7", "7", _("channel 7"), REGISTRATION),
        _key("place_8", "8", _("channel 8"), REGISTRATION),
        _key("place_9", "9", _("channel 9"), REGISTRATION),
        _key("place_0", "0", _("channel 10"), REGISTRATION),
    )
}


def own_key(code: str, changed: Mapping[str, str]) -> str:
    """The key this person presses for the act; empty when it is off."""
    return changed.get(code, KEYS[code].key)


def clash(keys: Mapping[str, str]) -> tuple[Key, Key] | None:
    """The first two acts that would answer to the same key on one screen; `keys` has every code."""
    taken: dict[str, list[Key]] = {}
    for code, pressed in keys.items():
        for other in taken.get(pressed, []) if pressed else []:
            if KEYS[code].meets(other):
                return other, KEYS[code]
        taken.setdefault(pressed, []).append(KEYS[code])
    return None


def what_differs(keys: Mapping[str, str]) -> dict[str, str]:
    """Only what is not as the house has it: that is what is kept with the person."""
    return {code: pressed for code, pressed in keys.items() if KEYS[code].key != pressed}


def meaning(changed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For the scripts: place → the key that is pressed → the key of the house that it stands for ("" = nothing)."""
    places: dict[str, dict[str, str]] = {}
    known = {code: pressed for code, pressed in changed.items() if code in KEYS}
    for code in known:
        for place in KEYS[code].places:
            places.setdefault(place, {})[KEYS[code].key] = ""
    for code, pressed in known.items():
        for place in KEYS[code].places if pressed else ():
            places[place][pressed] = KEYS[code].key
    return places
