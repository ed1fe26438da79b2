"""Forms about the data of a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import DateInput, HouseForm
from privacy.models import PersonRequest

NO_NAMES = _(
    "For example: letter of 25 November, identity checked at the counter. Do not use names here; the reason is kept."
)


class AskForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("What does the person ask?"),
        choices=(
            (PersonRequest.Kind.ERASE, _("Erase everything about me")),
            (PersonRequest.Kind.RESTRICT, _("Keep my data, but do not use them")),
        ),
        initial=PersonRequest.Kind.ERASE,
    )
    received_on = forms.DateField(label=_("When did it come in?"), required=False, widget=DateInput)
    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=NO_NAMES)


class RemarkForm(HouseForm):
    remark = forms.CharField(label=_("Why?"), max_length=300)


class RefusalForm(RemarkForm):
    remark = forms.CharField(label=_("Why do you refuse?"), max_length=300)


class ReviewForm(HouseForm):
    remark = forms.CharField(
        label=_("What came of it?"),
        max_length=300,
        help_text=_("For example: nothing unusual, or: asked about two looks."),
    )


class HoldForm(HouseForm):
    number = forms.CharField(
        label=_("Question"), max_length=20, help_text=_("The number, for example OPM-2026-000123.")
    )
    reason = forms.CharField(
        label=_("Why must it stay?"),
        max_length=300,
        help_text=_("For example: objection before the court. Do not use names here; the reason is kept."),
    )
    until = forms.DateField(label=_("Until and including"), required=False, widget=DateInput)


class CustomerHoldForm(HoldForm):
    number = None  # type: ignore[assignment]
