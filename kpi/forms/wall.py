"""What is filled in for a big screen."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.actions.wall_links import LinkTerms
from organisation.forms.base import DateInput, HouseForm


class LinkForm(HouseForm):
    name = forms.CharField(
        label=_("Where the screen hangs"), max_length=60, help_text=_("For example: hall, office of Burgerzaken.")
    )
    teams = forms.TypedMultipleChoiceField(
        label=_("Teams"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every team."),
    )
    last_day = forms.DateField(label=_("Valid up to and including"), widget=DateInput(), help_text=_("At most a year."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer(self, teams: Iterable[tuple[int, str]]) -> LinkForm:
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]
        return self

    def terms(self) -> LinkTerms:
        found = self.cleaned_data
        return LinkTerms(name=found["name"], team_ids=found["teams"], last_day=found["last_day"])
