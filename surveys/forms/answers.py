"""What a customer filled in: read leniently, and never lost. Any text survives, a number outside its scale does not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from contacts import normalize
from surveys.models import SurveyQuestion

MAX_TEXT = 10_000


@dataclass(frozen=True)
class Filled:
    """Per question the number or the words that were given; what is empty is left out. `errors`: question → sentence."""

    values: dict[int, int | str] = field(default_factory=dict)
    wants_contact: bool = False
    errors: dict[int, str] = field(default_factory=dict)


def name_of(question: SurveyQuestion) -> str:
    return f"v{question.pk}"


def read_answers(questions: Iterable[SurveyQuestion], posted: Mapping[str, str]) -> Filled:
    """Reads the form."""
    values: dict[int, int | str] = {}
    errors: dict[int, str] = {}
    for question in questions:
        given = posted.get(name_of(question), "")
        if question.kind == SurveyQuestion.Kind.TEXT:
            words = normalize.clean(given, MAX_TEXT)
            if words:
                values[question.pk] = words
        elif given.isascii() and given.isdigit() and len(given) <= 2 and 1 <= int(given) <= question.highest:
            values[question.pk] = int(given)
        if question.is_required and question.pk not in values:
            errors[question.pk] = (
                _("Choose a number.") if question.kind != SurveyQuestion.Kind.TEXT else _("Fill this in.")
            )
    return Filled(values, posted.get("contact") == "ja", errors)
