"""Forms about what a person asked and until when it is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import DateInput, HouseForm
from privacy.forms.requests import NO_NAMES
from privacy.models import RightsRequest


class NoteRightForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("What does the person ask?"),
        choices=(
            (RightsRequest.Kind.INSPECT, _("See what you keep about me")),
            (RightsRequest.Kind.RECTIFY, _("Correct my data")),
            (RightsRequest.Kind.ERASE, _("Erase everything about me")),
            (RightsRequest.Kind.RESTRICT, _("Keep my data, but do not use them")),
            (RightsRequest.Kind.OBJECT, _("I do not agree with how you use my data")),
        ),
    )
    received_on = forms.DateField(label=_("When did it come in?"), widget=DateInput)
    reason = forms.CharField(label=_("How did it come in?"), max_length=300, help_text=NO_NAMES)


class PutOffForm(HouseForm):
    reason = forms.CharField(
        label=_("Why does it take longer?"),
        max_length=300,
        help_text=_("The person reads this sentence. For example: we must also look through the paper archive."),
    )
    told_by = forms.ChoiceField(label=_("How does the person hear it?"))

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [way for way in RightsRequest.Told.choices if address or way[0] != RightsRequest.Told.EMAIL]
        self.fields["told_by"].choices = ways  # type: ignore[attr-defined]
        if address:
            self.fields["told_by"].help_text = _("The e-mail goes to %(address)s.") % {"address": address}


class ToldForm(HouseForm):
    """After an e-mail that did not arrive."""

    told_by = forms.ChoiceField(
        label=_("How did the person hear it?"),
        choices=[way for way in RightsRequest.Told.choices if way[0] != RightsRequest.Told.EMAIL],
    )


class AnswerForm(HouseForm):
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=RightsRequest.Outcome.choices)
    remark = forms.CharField(
        label=_("What was the person told, and how?"),
        max_length=300,
        help_text=_("For example: letter of 25 November with the file. Do not use names here; the remark is kept."),
    )
