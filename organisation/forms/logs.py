"""Filters of the two logs."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import DateInput, HouseForm

KINDS = (
    ("", _("everything")),
    ("login", _("signing in")),
    ("role", _("roles")),
    ("person", _("people")),
    ("password", _("passwords")),
    ("second_factor", _("second factor")),
    ("team", _("teams")),
    ("calendar", _("calendars")),
    ("subject", _("subjects")),
    ("municipality", _("municipality")),
    ("norm", _("norms")),
    ("rule", _("routing")),
    ("template", _("templates")),
    ("mailbox", _("mailboxes")),
    ("api_client", _("connections")),
    ("export", _("exports")),
    ("message", _("messages")),
    ("customer", _("customers")),
    ("question", _("questions")),
)


class LogDay(forms.DateField):
    """A day on which there can be lines."""

    widget = DateInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not 2000 <= value.year <= 2100:
            raise forms.ValidationError(_("Choose a date between 2000 and 2100."))


class LogFilter(HouseForm):
    """Who and when."""

    person = forms.CharField(label=_("Employee"), max_length=100, required=False)
    start = LogDay(label=_("From"), required=False)
    end = LogDay(label=_("Up to and including"), required=False)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        start, end = found.get("start"), found.get("end")
        if start and end and end < start:
            self.add_error("end", _("This day is before the first day. Turn the two around."))
        return found


class AuditFilter(LogFilter):
    kind = forms.ChoiceField(label=_("What"), choices=KINDS, required=False)


class ReadFilter(LogFilter):
    customer = forms.IntegerField(
        label=_("Customer number"),
        min_value=1,
        max_value=2**62,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
