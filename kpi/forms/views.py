"""What somebody fills in to keep a view of the dashboard."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseForm


class ViewForm(HouseForm):
    """The name, and whether the dashboard begins with it."""

    name = forms.CharField(label=_("Name of this view"), max_length=60)
    is_default = forms.BooleanField(label=_("Begin with this view"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
