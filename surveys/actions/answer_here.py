"""Takes in answers given at a place: from nobody that is known, so also without an invitation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.db import transaction

from organisation.clock import local_day
from surveys.actions.answer import write_answers
from surveys.kinds import Given
from surveys.links import here_hash, is_token
from surveys.models import Response, SurveyPlace, SurveyQuestion, SurveyVersion

CLOSES: Final = timedelta(hours=1)


class Heard(Enum):
    """What became of a form that was sent."""

    TAKEN_IN = "taken_in"
    BEFORE = "before"
    """The same form was sent before, too long ago to be replaced."""
    NO_FORM = "no_form"
    """Without the mark that a form has."""


@transaction.atomic
def answer_here(
    *, place: SurveyPlace, version: SurveyVersion, once: str, values: Mapping[int, Given], at: datetime
) -> Heard:
    """`once`: a mark that the form got when it was shown. The same form sent twice counts once: within the hour the second takes the place of
    the first, later the first stays (`surveys/actions/gather.py` forgets the mark after the next day)."""
    if not is_token(once):
        return Heard.NO_FORM
    response, is_new = Response.objects.select_for_update(of=("self",)).get_or_create(
        revise_hash=here_hash(place.code, once),
        defaults={
            "survey_version": version,
            "channel": place.channel if place.round_id is None else "",
            "team_id": place.team_id,
            "place": place if place.round_id is None else None,
            "round_id": place.round_id,
            "feeds_figures": place.feeds_figures and place.round_id is None,
            "answered_on": local_day(at),
            "closes_at": at + CLOSES,
        },
    )
    if not is_new:
        if response.closes_at is None or response.closes_at <= at:
            return Heard.BEFORE
        response.answers.all().delete()
    questions = SurveyQuestion.objects.filter(version=version).in_bulk(list(values))
    write_answers(response, place.survey_id, questions, values)
    return Heard.TAKEN_IN
