"""A place where anybody may answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseModelForm
from organisation.models import Team
from surveys.models import Survey, SurveyPlace, SurveyVersion


class PlaceForm(HouseModelForm):
    class Meta:
        model = SurveyPlace
        fields = ["name", "survey", "channel", "team", "feeds_figures", "is_after_form", "is_on_letters", "is_active"]
        labels = {"name": _("Name of the place")}
        help_texts = {
            "is_on_letters": _("As a code below each answer by letter; never on one about something confidential."),
            "name": _(
                "For example: counter, exit, letter about taxes, newsletter of June. Each newsletter and letter gets a code of its own."
            ),
            "feeds_figures": _(
                "Anybody can answer here, also more than once. Without this the answers are shown apart and move no figure with a norm. It holds for answers from now on."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = SurveyVersion.objects.filter(
            state=SurveyVersion.State.RUNNING, survey__purpose=Survey.Purpose.CONTACT
        ).values("survey_id")
        survey, team = self.fields["survey"], self.fields["team"]
        survey.queryset = survey.queryset.filter(pk__in=running)  # type: ignore[attr-defined]
        survey.empty_label = None  # type: ignore[attr-defined]
        team.queryset = Team.objects.filter(Q(is_active=True) | Q(pk=self.instance.team_id))  # type: ignore[attr-defined]
        team.empty_label = _("no team: for the channel only")  # type: ignore[attr-defined]
