"""What people fill in about reports: which one, and who gets it when."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.models.reports import KINDS
from organisation.forms.base import HouseForm


class ScheduleForm(HouseForm):
    """Which report, over which teams, to whom."""

    kind = forms.ChoiceField(label=_("Every"), choices=KINDS)
    team = forms.ChoiceField(label=_("About"), required=False)
    people = forms.TypedMultipleChoiceField(
        label=_("Who gets an e-mail"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, teams: Iterable[tuple[str, str]], people: Iterable[tuple[int, str]]) -> ScheduleForm:
        self.fields["team"].choices = list(teams)  # type: ignore[attr-defined]
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        return self
