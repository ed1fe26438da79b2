"""The survey as the customer sees it: one short page, in Dutch or English, that works without JavaScript."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation import wording
from organisation.clock import today
from surveys.forms.answers import Filled, name_of
from surveys.models import Invitation, SurveyQuestion, SurveyRound, SurveyVersion
from surveys.wording import what_happened

PER_MINUTE = 5
"""So many questions somebody answers in a minute."""
GRIDS = {
    "mark": "score__grid",
    "yes": "score__grid score__grid--three",
    "yesno": "score__grid score__grid--three",
    "one": "score__list",
    "many": "score__list",
    "text": "",
}


@dataclass(frozen=True)
class Option:
    value: str
    word: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """One question. `grid`: how the choices stand; empty for own words."""

    name: str
    label: str
    is_text: bool
    is_many: bool
    """More than one option can be chosen."""
    is_required: bool
    grid: str
    options: list[Option]
    low: str
    high: str
    value: str
    error: str


@dataclass(frozen=True)
class AskPage:
    title: str
    intro: str
    fields: list[Field]
    errors: list[tuple[str, str]]
    """(name of the field, sentence)."""
    asks_contact: bool
    wants_contact: bool
    other_language: str
    """`en` or `nl`: the language that the page is not in."""
    no_more_token: str
    is_answered: bool
    """What is sent now takes the place of an earlier answer."""


def ask_page(
    version: SurveyVersion,
    questions: Sequence[SurveyQuestion],
    invitation: Invitation | None,
    token: str,
    filled: Filled | None = None,
    *,
    asks_contact: bool | None = None,
    held: SurveyRound | None = None,
) -> AskPage:
    """`invitation`: None on a screen or a code that anybody may use. `held`: the questionnaire, when it is one that is held for some time."""
    language = wording.language()
    filled = filled or Filled()
    held = held or (invitation.round if invitation is not None else None)
    fields = [_field(question, language, filled) for question in questions]
    return AskPage(
        title=version.title_en if language == "en" else version.title_nl,
        intro=_intro(invitation, held, len(fields)),
        fields=fields,
        errors=[(field.name, f"{field.label} {field.error}") for field in fields if field.error],
        asks_contact=_knows_whom(invitation) if asks_contact is None else asks_contact,
        wants_contact=filled.wants_contact,
        other_language="nl" if language == "en" else "en",
        no_more_token=token if invitation is not None else "",
        is_answered=invitation is not None and invitation.is_answered,
    )


def _knows_whom(invitation: Invitation | None) -> bool:
    """Nobody promises to call a customer who was erased; in a questionnaire nobody is asked who he or she is."""
    return invitation is not None and invitation.contact_id is not None and invitation.round_id is None


def _intro(invitation: Invitation | None, held: SurveyRound | None, count: int) -> str:
    sentences = []
    if held is not None:
        sentences.append(held.intro_en if wording.language() == "en" else held.intro_nl)
    elif invitation is not None:
        sentences.append(what_happened(invitation.channel, wording.day_long(invitation.contact_on, today())))
        if invitation.subject is not None and invitation.contact_id and not getattr(invitation, "hides_subject", True):
            sentences.append(
                _("It was about: %(subject)s.") % {"subject": invitation.subject.name_in(wording.language())[0]}
            )
    sentences.append(
        ngettext("This is %(count)s question.", "These are %(count)s questions.", count) % {"count": count}
    )
    minutes = max(1, math.ceil(count / PER_MINUTE))
    sentences.append(
        ngettext("It takes %(count)s minute.", "It takes %(count)s minutes.", minutes) % {"count": minutes}
    )
    return " ".join(sentences)


def _field(question: SurveyQuestion, language: str, filled: Filled) -> Field:
    value = filled.values.get(question.pk, "")
    in_english = language == "en"
    kind = question.kind
    return Field(
        name=name_of(question),
        label=question.text_en if in_english else question.text_nl,
        is_text=kind == SurveyQuestion.Kind.TEXT,
        is_many=kind == SurveyQuestion.Kind.MANY,
        is_required=question.is_required,
        grid=GRIDS.get(kind, "score__grid score__grid--five"),
        options=[
            Option(str(number), word, number in value if isinstance(value, list) else value == number)
            for number, word in options_of(question)
        ],
        low=question.low_en if in_english else question.low_nl,
        high=question.high_en if in_english else question.high_nl,
        value=str(value),
        error=filled.errors.get(question.pk, ""),
    )


def options_of(question: SurveyQuestion) -> list[tuple[int, str]]:
    """The numbers that can be chosen, with what stands on the button."""
    if question.kind == SurveyQuestion.Kind.YES:
        return [(3, _("Yes")), (2, _("Partly")), (1, _("No"))]
    if question.kind == SurveyQuestion.Kind.YES_NO:
        return [(2, _("Yes")), (1, _("No"))]
    if question.options:
        place = 1 if wording.language() == "en" else 0
        return [(number, words[place]) for number, words in enumerate(question.options, start=1)]
    return [(number, str(number)) for number in range(1, question.highest + 1)]
