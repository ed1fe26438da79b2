"""Fields of forms written the straight way are, to the letter, what Django's templates of widgets give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from organisation.forms.renderer import WRITERS, StraightWidgets

CHOICES = [
    ("", "---------"),
    ("a<b", 'Één & "twee"'),
    (1000, 1000),
    ("safe", mark_safe("<i>schuin</i>")),
    ("lazy", gettext_lazy("Save")),
    ("Groep & co", [("x", "X"), (None, "niets")]),
]
WIDGETS: list[tuple[forms.Widget, list[Any]]] = [
    (
        forms.TextInput({"class": "a b", "maxlength": 1000, "required": True, "disabled": False}),
        ["", None, "a'\"<&", 12],
    ),
    (forms.TextInput({"title": mark_safe("&lt;"), "data-x": gettext_lazy("Save")}), [mark_safe("&amp;")]),
    (forms.NumberInput(), [1234.5, "12", None]),
    (forms.EmailInput(), ["a@b.nl"]),
    (forms.URLInput(), ["https://x.nl/?a=1&b=2"]),
    (forms.PasswordInput(), ["geheim"]),
    (forms.HiddenInput(), ["1", None]),
    (forms.DateInput({"type": "date"}), [date(2026, 11, 30), "gisteren", None]),
    (forms.DateTimeInput(), ["2026"]),
    (forms.TimeInput(), ["12:00"]),
    (forms.FileInput({"accept": ".pdf"}), [None]),
    (forms.CheckboxInput(), [True, False, None, "waarde"]),
    (forms.Textarea({"rows": 3}), ["", None, "regel\n<b>&", mark_safe("<b>")]),
    (forms.Select(choices=CHOICES), ["", "a<b", "1000", "x", None]),
    (forms.SelectMultiple(choices=CHOICES), [["a<b", "x"], []]),
    (forms.NullBooleanSelect(), [True, None]),
    (forms.RadioSelect({"class": "rij"}, CHOICES), ["a<b", "x", None]),
    (forms.CheckboxSelectMultiple(choices=CHOICES), [["safe", "1000"], None]),
    (forms.SelectDateWidget(), [date(2026, 11, 30)]),
    (forms.SplitDateTimeWidget(), [None]),
    (forms.MultipleHiddenInput(), [["1", "2"]]),
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("widget", "values"), WIDGETS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("attrs", [{"id": "id_veld"}, {}], ids=["with id", "without id"])
def test_a_field_is_what_django_gives(
    widget: forms.Widget, values: list[Any], attrs: dict[str, str], language: str
) -> None:
    with translation.override(language):
        for value in values:
            straight = widget.render("veld", value, attrs, StraightWidgets())
            assert straight == widget.render("veld", value, attrs, DjangoTemplates())


class Framed(forms.Select):
    """Options with a template that is not of a list."""

    option_template_name = "django/forms/widgets/radio_option.html"


def test_another_template_of_an_option_is_respected() -> None:
    widget = Framed(choices=[("a", "A")])

    assert widget.render("veld", "a", {}, StraightWidgets()) == widget.render("veld", "a", {}, DjangoTemplates())


def test_every_form_is_written_so() -> None:
    form = type("Asked", (forms.Form,), {"name": forms.CharField()})()

    assert isinstance(form.renderer, StraightWidgets)
    assert form.fields["name"].widget.template_name in WRITERS
