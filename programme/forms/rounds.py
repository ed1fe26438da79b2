"""What is filled in around a round: opening one, an update of a project, the story, for whom the report is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import DateInput, HouseForm
from programme.forms.days import check_days
from programme.models import Light, Milestone
from programme.models.rounds import Body, StepDays


class OpenForm(HouseForm):
    title = forms.CharField(label=_("Name of the round"), max_length=60, help_text=_("For example: 4th quarter 2026"))
    last_day = forms.DateField(label=_("Last day for updates"), widget=DateInput)


class StoryForm(HouseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    narrative = forms.CharField(
        label=_("The story"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "What goes well, what does not, and what do you ask? Short sentences, an empty line between parts."
        ),
    )


class IssueForm(HouseForm):
    body = forms.ChoiceField(label=_("Give the report to"))

    def offer(self, given: Iterable[str]) -> IssueForm:
        taken = set(given)
        self.fields["body"].choices = [(code, name) for code, name in Body.choices if code not in taken]  # type: ignore[attr-defined]
        return self


class UpdateForm(HouseForm):
    """State, reason, what was done and what comes next; two days for each milestone, and what those were when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    light = forms.ChoiceField(label=_("How does the project stand?"), choices=Light.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why does it stand like this?"), max_length=300)
    done = forms.CharField(
        label=_("What was done?"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    ahead = forms.CharField(
        label=_("What comes next?"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, milestones: Iterable[Milestone] = (), is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_draft:
            self.fields["light"].required = self.fields["reason"].required = False
        self.milestones = list(milestones)
        for step in self.milestones:
            self.fields[f"due_{step.pk}"] = forms.DateField(label=_("Planned on"), widget=DateInput)
            self.fields[f"done_{step.pk}"] = forms.DateField(label=_("Reached on"), widget=DateInput, required=False)
            self.fields[f"was_{step.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=StepDays.of(step).as_text()
            )
        self.dress()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_days(self, came=[f"done_{step.pk}" for step in self.milestones])
        return data

    def days(self) -> dict[int, tuple[StepDays, StepDays]]:
        """Milestone → as the owner saw it, and as the owner wants it."""
        data = self.cleaned_data
        return {
            step.pk: (
                StepDays.from_text(data[f"was_{step.pk}"]) or StepDays.of(step),
                StepDays(data[f"due_{step.pk}"], data.get(f"done_{step.pk}")),
            )
            for step in self.milestones
        }

    def see(self, milestones: Iterable[Milestone]) -> None:
        """The owner reads now how they stand: handing in once more is a choice."""
        self.data = self.data.copy()
        for step in milestones:
            self.data[f"was_{step.pk}"] = StepDays.of(step).as_text()
