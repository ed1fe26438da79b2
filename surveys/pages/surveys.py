"""The surveys with the version that runs and the one that is being written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation import wording
from surveys.models import ChannelRule, Survey, SurveyVersion


@dataclass(frozen=True)
class SurveyRow:
    code: str
    name: str
    version: str
    has_draft: bool
    channels: str
    is_research: bool


def survey_rows() -> list[SurveyRow]:
    """Three queries."""
    channels: dict[int, list[str]] = {}
    for rule in ChannelRule.objects.filter(is_active=True):
        channels.setdefault(rule.survey_id, []).append(str(wording.channel_name(rule.channel)))
    versions = SurveyVersion.objects.exclude(state=SurveyVersion.State.REPLACED)
    running = {one.survey_id: one for one in versions if one.state == SurveyVersion.State.RUNNING}
    drafts = {one.survey_id for one in versions if one.state == SurveyVersion.State.DRAFT}
    return [
        SurveyRow(
            survey.code,
            survey.name,
            version_words(running.get(survey.pk)),
            survey.pk in drafts,
            ", ".join(channels.get(survey.pk, [])) or _("not in use"),
            survey.purpose == Survey.Purpose.RESEARCH,
        )
        for survey in Survey.objects.all()
    ]


def version_words(version: SurveyVersion | None) -> str:
    """`versie 2, sinds wo 25 nov`; of the first only its number: it came with the product."""
    if version is None:
        return ""
    if version.published_by_id is None or version.published_at is None:
        return _("version %(number)s") % {"number": version.number}
    return _("version %(number)s, since %(day)s") % {
        "number": version.number,
        "day": wording.day(version.published_at),
    }
