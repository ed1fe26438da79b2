"""Adds the surveys that come with the product, once; what stands already is left as it is. Nobody is asked until somebody says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from surveys.choices import asking_choices
from surveys.defaults import DEFAULTS, Asked
from surveys.models import ChannelRule, Survey, SurveyQuestion, SurveyVersion


@transaction.atomic
def add_defaults(*, at: datetime) -> int:
    """Says how many surveys were added."""
    asking_choices()
    known = set(Survey.objects.values_list("code", flat=True))
    names = set(Survey.objects.values_list("name", flat=True))
    fresh = [one for one in DEFAULTS if one.code not in known and one.name not in names]
    for default in fresh:
        survey = Survey.objects.create(code=default.code, name=default.name)
        version = SurveyVersion.objects.create(
            survey=survey, number=1, title_nl=default.title[0], title_en=default.title[1], created_at=at
        )
        for order, asked in enumerate(default.questions, start=1):
            _question(version, order, asked).save()
        version.state = SurveyVersion.State.RUNNING
        version.published_at = at
        version.save()
        for channel in default.channels:
            ChannelRule.objects.get_or_create(channel=channel, defaults={"survey": survey})
    return len(fresh)


def _question(version: SurveyVersion, order: int, asked: Asked) -> SurveyQuestion:
    return SurveyQuestion(
        version=version,
        order=order,
        key=asked.key,
        kind=asked.kind,
        text_nl=asked.text[0],
        text_en=asked.text[1],
        low_nl=asked.low[0],
        low_en=asked.low[1],
        high_nl=asked.high[0],
        high_en=asked.high[1],
        is_required=asked.is_required,
    )
