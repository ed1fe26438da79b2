"""What a customer filled in: read leniently, and never lost. Any text survives, a number outside its scale does not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from contacts import normalize
from surveys.kinds import Given
from surveys.models import SurveyQuestion

MAX_TEXT = 10_000


@dataclass(frozen=True)
class Filled:
    """Per question the number or the words that were given; what is empty is left out. `errors`: question → sentence."""

    values: dict[int, Given] = field(default_factory=dict)
    wants_contact: bool = False
    errors: dict[int, str] = field(default_factory=dict)


def name_of(question: SurveyQuestion) -> str:
    return f"v{question.pk}"


def read_answers(questions: Iterable[SurveyQuestion], posted: Mapping[str, str]) -> Filled:
    """Reads the form."""
    values: dict[int, Given] = {}
    errors: dict[int, str] = {}
    for question in questions:
        given = posted.get(name_of(question), "")
        if question.kind == SurveyQuestion.Kind.TEXT:
            words = normalize.clean(given, MAX_TEXT)
            if words:
                values[question.pk] = words
        elif question.kind == SurveyQuestion.Kind.MANY:
            chosen = {_within(text, question) for text in _all(posted, name_of(question))} - {0}
            if chosen:
                values[question.pk] = sorted(chosen)
        elif number := _within(given, question):
            values[question.pk] = number
        if question.is_required and question.pk not in values:
            errors[question.pk] = {
                SurveyQuestion.Kind.TEXT: _("Fill this in."),
                SurveyQuestion.Kind.ONE: _("Choose an answer."),
                SurveyQuestion.Kind.MANY: _("Choose one or more answers."),
            }.get(SurveyQuestion.Kind(question.kind), _("Choose a number."))
    return Filled(values, posted.get("contact") == "ja", errors)


def _within(text: str, question: SurveyQuestion) -> int:
    """The number when it can be chosen; 0 otherwise."""
    is_number = text.isascii() and text.isdigit() and len(text) <= 2
    return int(text) if is_number and 1 <= int(text) <= question.highest else 0


def _all(posted: Mapping[str, str], name: str) -> list[str]:
    found: list[str] = posted.getlist(name) if isinstance(posted, MultiValueDict) else [posted.get(name, "")]
    return found[:20]
