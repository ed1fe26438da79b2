"""What the coordinator fills in to change a norm."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.actions.change_norm import FIXED_UNIT, NormTerms
from contacts.models import ServiceNorm
from contacts.norms.clock import TIME_UNITS
from contacts.norms.promises import VISIT
from organisation.forms.base import DateInput, HouseForm
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from organisation.models import Subject

Choices = list[tuple[str, Any]]


def team_choices(house: Organisation, none: Any, kept: int | None = None) -> Choices:
    """Teams in use, by name, and the one that stands there already; `none` is the word for no choice."""
    shown = (team for team in house.teams.values() if team.is_active or team.pk == kept)
    teams = sorted(shown, key=lambda team: team.name.lower())
    return [("", none), *((str(team.pk), team.name) for team in teams)]


def subject_choices(house: Organisation, none: Any, shown: Callable[[Subject], bool] = lambda _one: True) -> Choices:
    """Subjects under their themes."""
    subjects = sorted(house.subjects.values(), key=lambda subject: subject.name.lower())
    below: dict[int, list[tuple[str, str]]] = {}
    for subject in filter(shown, subjects):
        below.setdefault(subject.parent_id or subject.pk, []).append((str(subject.pk), subject.name))
    themes = [subject for subject in subjects if subject.pk in below]
    for theme in themes:
        below[theme.pk].sort(key=lambda pair: pair[0] != str(theme.pk))  # the theme itself goes first
    return [("", none), *((theme.name, below[theme.pk]) for theme in themes)]


def subjects_in_use(house: Organisation, none: Any, kept: int | None = None) -> Choices:
    """Those that a question can be about now, and the one that it is about already."""
    return subject_choices(house, none, lambda one: one.is_active or one.pk == kept)


class NormForm(HouseForm):
    """One version of a norm; fields that its kind does not have are left out."""

    length = forms.IntegerField(label=_("Term"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    unit = forms.ChoiceField(label=_("Unit"))
    target = forms.DecimalField(
        label=_("Target in %"),
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=DateInput())
    team = forms.ChoiceField(label=_("Only for team"), required=False)
    subject = forms.ChoiceField(label=_("Only for subject"), required=False)
    may_pause = forms.BooleanField(label=_("Clock stands still while “waiting for customer”"), required=False)
    recompute = forms.BooleanField(label=_("Compute running clocks again"), required=False)
    reason = forms.CharField(
        label=_("Why?"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, norm: ServiceNorm, house: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norm = norm
        units = [choice for choice in ServiceNorm.Unit.choices if choice[0] in TIME_UNITS]
        if norm.code in FIXED_UNIT or norm.unit not in TIME_UNITS:
            units = [choice for choice in ServiceNorm.Unit.choices if choice[0] == norm.unit]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["team"].choices = team_choices(house, _("all teams"), norm.team_id)  # type: ignore[attr-defined]
        self.fields["subject"].choices = subject_choices(house, _("all subjects"))  # type: ignore[attr-defined]
        if norm.unit == ServiceNorm.Unit.SCORE:
            self.fields["target"].label = _("Target (mark)")
        if norm.unit not in TIME_UNITS:
            for name in ("length", "unit", "may_pause", "recompute", "team", "subject"):
                del self.fields[name]
        elif norm.code == VISIT:
            del self.fields["may_pause"]
        elif norm.code in FIXED_UNIT:
            for name in ("may_pause", "recompute", "team", "subject"):
                del self.fields[name]

    def terms(self) -> NormTerms:
        """The checked values; a norm without clocks keeps what it has no field for."""
        found = self.cleaned_data
        return NormTerms(
            length=found.get("length"),
            unit=found.get("unit") or self.norm.unit,
            target=found["target"],
            may_pause=found["may_pause"] if "may_pause" in self.fields else self.norm.may_pause,
            valid_from=found["valid_from"],
            team_id=self._chosen("team", self.norm.team_id),
            subject_id=self._chosen("subject", self.norm.subject_id),
        )

    def _chosen(self, name: str, otherwise: int | None) -> int | None:
        if name not in self.fields:
            return otherwise
        value = self.cleaned_data.get(name)
        return int(value) if value else None
