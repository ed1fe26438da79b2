"""Scans of the post that somebody brings, with the day on the stamp."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from organisation.clock import today
from organisation.forms.base import DateInput, HouseForm

OLDEST: Final = timedelta(days=366)
MOST_FILES: Final = 20
ACCEPT: Final = ".pdf,.tif,.tiff,.jpg,.jpeg,.png"


class PostForm(HouseForm):
    """The files themselves are read by the view: there may be many."""

    stamped_on = forms.DateField(
        label=_("Day on the receipt stamp"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty to have it read from the stamp."),
    )

    for_desk = forms.BooleanField(
        label=_("I register them myself at the desk"),
        required=False,
        help_text=_("Otherwise each letter becomes a question by itself."),
    )

    def clean_stamped_on(self) -> date | None:
        day = self.cleaned_data["stamped_on"]
        if day is not None and day > today():
            raise forms.ValidationError(_now("This day has not come yet."))
        if day is not None and day < today() - OLDEST:
            raise forms.ValidationError(_now("This day is more than a year back. Is the year right?"))
        return day
