"""What the coordinator fills in about an agreement with a team, and about the talk on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.actions.agree import Terms
from organisation.forms.base import DateInput, HouseForm


class AgreementForm(HouseForm):
    """Who, what and until when; `reason` only when something changes."""

    agreed_with = forms.TypedChoiceField(label=_("Agreed with"), coerce=int)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DateInput, required=False, help_text=_("Leave it empty when there is no last day.")
    )
    review_on = forms.DateField(
        label=_("Talk about it again on"),
        widget=DateInput,
        help_text=_("The team lead and the coordinator get an e-mail two weeks before."),
    )
    norms = forms.MultipleChoiceField(label=_("What the team promises"), widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("In words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you agreed beside the norms, such as who answers when somebody is ill or on holiday."),
    )
    support = forms.CharField(
        label=_("What the Servicecentrum does for it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("An agreement has two sides: for example, complete notes with every question that is handed over."),
    )
    reason = forms.CharField(label=_("Why does it change?"), max_length=100, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    def offer(
        self, people: Iterable[tuple[int, str]], norms: Iterable[tuple[str, str]], *, is_new: bool
    ) -> AgreementForm:
        """Who and what may be chosen."""
        self.fields["agreed_with"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["norms"].choices = list(norms)  # type: ignore[attr-defined]
        if is_new:
            del self.fields["reason"]
        return self

    def terms(self) -> Terms:
        data: dict[str, Any] = self.cleaned_data
        return Terms(
            agreed_with=data["agreed_with"],
            norms=tuple(data["norms"]),
            text=data["text"],
            support=data["support"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            review_on=data["review_on"],
        )


class TalkForm(HouseForm):
    """What came of it, and when the next one is."""

    held_on = forms.DateField(label=_("Day of the talk"), widget=DateInput)
    outcome = forms.CharField(
        label=_("What came of it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What goes well, what does not, and who does what about it."),
    )
    next_on = forms.DateField(label=_("Next talk"), widget=DateInput)
    seen_on = forms.DateField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)


class EndForm(HouseForm):
    """From when on it does not hold any more, and why."""

    ends_on = forms.DateField(label=_("Last day on which it holds"), widget=DateInput)
    end_reason = forms.CharField(label=_("Why does it end?"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
