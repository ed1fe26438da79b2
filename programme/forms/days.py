"""What holds for every day in a form of the programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from organisation.clock import today

FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2100, 12, 31)


def check_days(form: forms.BaseForm, *, came: Collection[str] = ()) -> None:
    """Refuses a year that was mistyped, and for the fields in `came` a day that has not come yet."""
    for name, field in form.fields.items():
        day = form.cleaned_data.get(name)
        if not isinstance(field, forms.DateField) or day is None:
            continue
        if not FIRST <= day <= LAST:
            form.add_error(name, _("Choose a day between 2000 and 2100."))
        elif name in came and day > today():
            form.add_error(name, _("This day has not come yet."))
