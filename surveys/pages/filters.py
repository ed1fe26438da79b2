"""What is chosen on a page of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from organisation import wording
from organisation.choice import Choice
from organisation.numbers import whole
from organisation.snapshot import Organisation
from surveys.models import Survey, SurveyQuestion
from surveys.pages.span_words import choices_of
from surveys.querysets import sees_all_teams
from surveys.spans import Span, span_of

if TYPE_CHECKING:
    from organisation.models import User

Key = SurveyQuestion.Key


@dataclass(frozen=True)
class Filters:
    """What is chosen; values that nobody may choose fall away."""

    span: Span
    key: str
    survey: Survey | None
    channel: str
    team_id: int | None
    theme_id: int | None

    def narrowed(self) -> dict[str, Any]:
        return {
            "survey_id": self.survey.pk if self.survey else None,
            "channel": self.channel,
            "team_id": self.team_id,
            "theme_id": self.theme_id,
        }

    def query(self, **other: str) -> str:
        values = {
            "periode": self.span.code,
            "vraag": self.key,
            "enquete": self.survey.code if self.survey else "",
            "kanaal": self.channel,
            "team": str(self.team_id or ""),
            "thema": str(self.theme_id or ""),
            **other,
        }
        return urlencode({name: value for name, value in values.items() if value})

    def spans(self, today: date) -> list[Choice]:
        return [Choice(code, name, code == self.span.code) for code, name in choices_of(today)]

    def teams(self, user: User, house: Organisation) -> list[Choice]:
        """The teams that the reader may choose from."""
        return [
            Choice(str(pk), team.name, pk == self.team_id)
            for pk, team in sorted(house.teams.items(), key=lambda item: item[1].name)
            if sees_all_teams(user) or pk in user.reading_team_ids
        ]

    def themes(self, house: Organisation) -> list[Choice]:
        return [
            Choice(str(pk), theme.name, pk == self.theme_id)
            for pk, theme in sorted(house.subjects.items(), key=lambda item: item[1].name)
            if theme.parent_id is None
        ]


def filters_of(params: Mapping[str, str], user: User, house: Organisation, today: date) -> Filters:
    surveys = {one.code: one for one in Survey.objects.all()}
    team = whole(params.get("team"))
    teams = {pk for pk in house.teams if sees_all_teams(user) or pk in user.reading_team_ids}
    theme = whole(params.get("thema"))
    key = params.get("vraag", "")
    channel = params.get("kanaal", "")
    return Filters(
        span=span_of(params.get("periode", ""), today),
        key=key if key in Key.values and key != Key.BETTER else Key.MARK,
        survey=surveys.get(params.get("enquete", "")),
        channel=channel if channel in wording.CHANNEL_NAMES else "",
        team_id=team if team in teams else None,
        theme_id=theme if theme in house.subjects else None,
    )
