"""A questionnaire for research, and a round in which it is held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from channels_app.models import OutboundMessage
from surveys.models import Survey, SurveyQuestion, SurveyRound, SurveyVersion
from tests.surveys.conftest import AT, token_of

DAY = AT.date()


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def survey(asking: None) -> Survey:
    return research()


def research() -> Survey:
    """A mark, a statement, one of three and some of three."""
    row = Survey.objects.create(code="klanten", name="Klanten", purpose="research")
    version = SurveyVersion.objects.create(
        survey=row, number=1, title_nl="Wat vindt u?", title_en="Your view?", created_at=AT
    )
    places = [["Balie", "Counter"], ["Telefoon", "Phone"], ["Website", "Website"]]
    asked: list[dict[str, Any]] = [
        {"key": "mark", "kind": "mark", "is_required": True},
        {"key": "clear_language", "kind": "scale"},
        {"key": "q1", "kind": "one", "options": places},
        {"key": "q2", "kind": "many", "options": places},
        {"key": "better", "kind": "text"},
    ]
    for order, one in enumerate(asked, start=1):
        SurveyQuestion.objects.create(version=version, order=order, text_nl=one["key"], text_en=one["key"], **one)
    version.state, version.published_at = "running", AT
    version.save()
    return row


def a_round(survey: Survey, **more: Any) -> SurveyRound:
    values: dict[str, Any] = {
        "name": "Onderzoek",
        "survey": survey,
        "state": "planned",
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=20),
        "intro_nl": "Doet u mee?",
        "intro_en": "Will you take part?",
        "contacts_from": DAY - timedelta(days=90),
        "contacts_until": DAY,
        "size": 500,
        "reminder_days": 7,
        "seed": "abc",
        **more,
    }
    return SurveyRound.objects.create(**values)


def filled(survey: Survey, mark: int = 8, **more: Any) -> dict[str, Any]:
    keys = {f"v{one.pk}": one.key for one in SurveyQuestion.objects.filter(version__survey=survey)}
    values = {"mark": str(mark), "q1": "2", "q2": ["1", "3"], **more}
    return {name: values[key] for name, key in keys.items() if key in values}


def links() -> list[str]:
    return [token_of(one) for one in OutboundMessage.objects.filter(purpose="survey").order_by("pk")]
