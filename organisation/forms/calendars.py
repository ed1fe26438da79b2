"""Working calendars: hours per weekday, and days that differ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation import opening_hours
from organisation.clock import today
from organisation.dutch_holidays import FIRST_YEAR, LAST_YEAR
from organisation.forms.base import DateInput, HouseForm
from organisation.models import CalendarDay, WorkingCalendar

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SENTENCES = {
    "unreadable": _("We cannot read “%(part)s”. Write hours like 8:30–12:30, 13:00–17:00."),
    "reversed": _(
        "“%(part)s” ends before it begins. Hours past midnight belong to two days: until 24:00, and from 0:00 on the next."
    ),
    "overlap": _("These hours overlap: %(part)s."),
    "too_many": _("Use at most 6 times a day."),
}


class HoursField(forms.CharField):
    """Opening hours of one day as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else opening_hours.words(value or ())

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return opening_hours.parse(text)
        except opening_hours.NotHours as error:
            raise forms.ValidationError(SENTENCES[error.kind], params={"part": error.part}) from error


class HoursForm(HouseForm):
    """Name and the hours of every weekday."""

    name = forms.CharField(label=_("Name"), max_length=100)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, calendar: WorkingCalendar | None = None, **kwargs: Any) -> None:
        self.calendar = calendar
        if calendar is not None:
            weekly: dict[int, list[tuple[int, int]]] = {}
            for hours in calendar.hours.all():
                weekly.setdefault(hours.weekday, []).append((hours.opens, hours.closes))
            kwargs.setdefault("initial", {}).update(
                name=calendar.name, version=calendar.version, **{f"day{day}": weekly.get(day, []) for day in range(7)}
            )
        super().__init__(*args, **kwargs)
        for day, word in enumerate(WEEKDAYS):
            self.fields[f"day{day}"] = HoursField(label=word)
        self.dress()
        for day in range(7):
            self.fields[f"day{day}"].widget.attrs["class"] = "utrecht-textbox"
            self.fields[f"day{day}"].widget.attrs["placeholder"] = _("closed")

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        same = WorkingCalendar.objects.filter(name__iexact=name)
        if same.exclude(pk=self.calendar.pk if self.calendar else None).exists():
            raise forms.ValidationError(_("There is already a calendar with this name."))
        return name

    def weekly(self) -> dict[int, tuple[tuple[int, int], ...]]:
        return {day: self.cleaned_data[f"day{day}"] for day in range(7)}

    def days(self) -> list[forms.BoundField]:
        return [self[f"day{day}"] for day in range(7)]


class DayForm(HouseForm):
    """A date on which the hours differ."""

    on = forms.DateField(label=_("Date"), widget=DateInput)
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(k, label) for k, label in CalendarDay.Kind.choices if k != CalendarDay.Kind.HOLIDAY],
        initial=CalendarDay.Kind.CLOSED,
    )
    day_name = forms.CharField(label=_("Name"), max_length=100)
    hours = HoursField(label=_("Hours"), help_text=_("Only for other hours, for example 8:30–12:00."))

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise forms.ValidationError(_("Choose a date between 2020 and 2100."))
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == CalendarDay.Kind.CLOSED and data.get("hours"):
            self.add_error("kind", _("On a closing day nobody is there. Choose other hours, or leave the hours empty."))
        return data


class ProposeForm(HouseForm):
    """For which year, with or without the two days that differ per municipality."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    good_friday = forms.BooleanField(label=_("Closed on Good Friday"), required=False)
    liberation_day = forms.BooleanField(label=_("Closed on Liberation Day, every year"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = today().year
        self.fields["year"].choices = [(y, str(y)) for y in range(this_year, this_year + 4)]  # type: ignore[attr-defined]
        self.fields["year"].initial = this_year + 1
