"""The page for two people who changed the same thing: both texts, and the choice (quality rule 22)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def conflict(
    request: HttpRequest,
    *,
    form: forms.BaseForm,
    before: dict[str, Any],
    now_version: int,
    back_url: str,
    nav: str = "manage",
    again_url: str = "",
) -> HttpResponse:
    """409 with what differs: `before` is how the row is now, as the form would show it. `again_url`: where mine is saved over it, when not here."""
    theirs, yours = [], []
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.HiddenInput):
            continue
        now_there = _words(form, field, field.prepare_value(before.get(name)))
        typed = _words(form, field, form[name].value())
        if now_there != typed:
            theirs.append((field.label, now_there))
            yours.append((field.label, typed))
    again = [
        (key, value)
        for key, values in request.POST.lists()
        for value in values
        if key not in ("csrfmiddlewaretoken", "version")
    ]
    again.append(("version", str(now_version)))
    context = {
        "theirs": theirs,
        "yours": yours,
        "again": again,
        "again_url": again_url,
        "back_url": back_url,
        "nav": nav,
    }
    return render(request, "409.html", context, status=409)


def _words(form: forms.BaseForm, field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if value in (True, "on", "True", "true") else _("no")
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(word) for code, word in field.choices if code in (value or []))
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        for code, word in field.choices:
            if str(code) == str(value if value is not None else ""):
                return str(word)
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def as_shown(row: Model, form: forms.BaseForm) -> dict[str, Any]:
    """The present values of the row under the names of the form."""
    values: dict[str, Any] = {}
    for name in form.fields:
        if hasattr(row, name):
            value = getattr(row, name)
            values[name] = value.pk if isinstance(value, Model) else value
    return values
