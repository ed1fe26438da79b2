"""What people fill in about a signal, and which of the list they want to see."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import DateInput, HouseForm


class _AboutOne(HouseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)


class DismissForm(_AboutOne):
    """Why nothing needs to be done."""

    reason = forms.CharField(
        label=_("Why does nothing need to be done?"),
        max_length=300,
        help_text=_("For example: the leaflet about bulky waste went out."),
    )


class FollowForm(_AboutOne):
    """What happens, who sees to it, until when."""

    note = forms.CharField(label=_("What happens now?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    owner_id = forms.TypedChoiceField(label=_("Who sees to it"), coerce=int)
    until = forms.DateField(label=_("Look again on"), widget=DateInput)

    def offer(self, people: Iterable[tuple[int, str]]) -> FollowForm:
        """Who may be chosen."""
        self.fields["owner_id"].choices = list(people)  # type: ignore[attr-defined]
        return self


class SettleForm(_AboutOne):
    """How it ended."""

    reason = forms.CharField(label=_("How did it end?"), max_length=300, required=False)
