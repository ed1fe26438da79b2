"""The surveys that come with the product; a municipality writes its own versions of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Asked:
    """One question, in Dutch and English."""

    key: str
    kind: str
    text: tuple[str, str]
    low: tuple[str, str] = ("", "")
    high: tuple[str, str] = ("", "")
    is_required: bool = False


TITLE: Final = ("Hoe hebben wij u geholpen?", "How did we help you?")


@dataclass(frozen=True)
class Default:
    code: str
    name: str
    channels: tuple[str, ...]
    questions: tuple[Asked, ...]
    title: tuple[str, str] = TITLE


_BAD_GOOD: Final = {"low": ("heel slecht", "very bad"), "high": ("heel goed", "very good")}
_FRIENDLY: Final = Asked(
    "friendliness",
    "mark",
    ("Hoe vriendelijk waren wij?", "How friendly were we?"),
    ("niet", "not at all"),
    ("heel erg", "very"),
)
_ANSWERED: Final = Asked("answered", "yes", ("Is uw vraag beantwoord?", "Was your question answered?"))
_BETTER: Final = Asked("better", "text", ("Wat kunnen wij beter doen?", "What can we do better?"))

DEFAULTS: Final = (
    Default(
        "gesprek",
        "Na een gesprek",
        ("phone",),
        (
            Asked(
                "mark",
                "mark",
                ("Welk cijfer geeft u het gesprek?", "Which mark do you give the conversation?"),
                **_BAD_GOOD,
                is_required=True,
            ),
            _FRIENDLY,
            _ANSWERED,
            _BETTER,
        ),
    ),
    Default(
        "antwoord",
        "Na een antwoord",
        ("email", "letter", "form", "app", "chat", "whatsapp"),
        (
            Asked(
                "mark",
                "mark",
                ("Welk cijfer geeft u ons antwoord?", "Which mark do you give our answer?"),
                **_BAD_GOOD,
                is_required=True,
            ),
            Asked(
                "clear_language",
                "scale",
                ("Het antwoord was makkelijk te begrijpen.", "The answer was easy to understand."),
                ("niet mee eens", "disagree"),
                ("helemaal mee eens", "fully agree"),
            ),
            _ANSWERED,
            _BETTER,
        ),
    ),
    Default(
        "bezoek",
        "Na een bezoek",
        ("counter", "reception", "appointment", "home_visit"),
        (
            Asked(
                "mark",
                "mark",
                ("Welk cijfer geeft u uw bezoek?", "Which mark do you give your visit?"),
                **_BAD_GOOD,
                is_required=True,
            ),
            _FRIENDLY,
            Asked(
                "effort",
                "effort",
                ("Hoeveel moeite kostte het u?", "How much effort did it take you?"),
                ("weinig", "little"),
                ("veel", "a lot"),
            ),
            _BETTER,
        ),
    ),
    Default(
        "nieuwsbrief",
        "Over een nieuwsbrief",
        (),
        (
            Asked(
                "mark",
                "mark",
                ("Welk cijfer geeft u deze nieuwsbrief?", "Which mark do you give this newsletter?"),
                **_BAD_GOOD,
                is_required=True,
            ),
            Asked(
                "clear_language",
                "scale",
                ("De nieuwsbrief was makkelijk te begrijpen.", "The newsletter was easy to understand."),
                ("niet mee eens", "disagree"),
                ("helemaal mee eens", "fully agree"),
            ),
            _BETTER,
        ),
        ("Wat vindt u van onze nieuwsbrief?", "What do you think of our newsletter?"),
    ),
    Default(
        "formulier",
        "Over het formulier",
        (),
        (
            Asked(
                "mark",
                "mark",
                ("Welk cijfer geeft u dit formulier?", "Which mark do you give this form?"),
                **_BAD_GOOD,
                is_required=True,
            ),
            Asked(
                "effort",
                "effort",
                ("Hoeveel moeite kostte het u?", "How much effort did it take you?"),
                ("weinig", "little"),
                ("veel", "a lot"),
            ),
            _BETTER,
        ),
        ("Hoe was ons formulier?", "How was our form?"),
    ),
)
