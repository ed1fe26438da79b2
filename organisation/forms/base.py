"""The look of every form: classes of the design on the controls, our own sentences for what is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Input
from django.utils.translation import gettext_lazy as _

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "utrecht-checkbox"),
    (forms.RadioSelect, "utrecht-radio-button"),
    (forms.CheckboxInput, "utrecht-checkbox"),
    (forms.Textarea, "utrecht-textarea"),
    (forms.Select, "utrecht-select"),
    (Input, "utrecht-textbox"),
)

OWN_WORDS = {
    "min_value": _("Fill in %(limit_value)s or more."),
    "max_value": _("Fill in %(limit_value)s or less."),
}
"""Instead of Django's "Ensure that this value is…", also for what a model says."""


class DateInput(forms.DateInput):
    """The browser's own calendar; the value travels as 2026-11-25."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Lines(forms.CharField):
    """A list as one line each; empty lines and repeats fall away."""

    widget = forms.Textarea

    def __init__(self, *, line_length: int, most: int, **kwargs: Any) -> None:
        self.line_length, self.most = line_length, most
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list | tuple):
            return list(value)
        return list(dict.fromkeys(" ".join(line.split()) for line in (value or "").splitlines() if line.strip()))

    def run_validators(self, value: list[str]) -> None:
        if len(value) > self.most:
            raise forms.ValidationError(_("Use at most %(most)s lines.") % {"most": self.most})
        for line in value:
            if len(line) > self.line_length:
                raise forms.ValidationError(
                    _("This line is too long: “%(start)s…”. Use at most %(length)s characters.")
                    % {"start": line[:30], "length": self.line_length}
                )
            forms.CharField().run_validators(line)


class House:
    """Mixed into forms: puts the classes on and marks what is wrong."""

    fields: dict[str, forms.Field]
    use_required_attribute = False

    def dress(self) -> None:
        for field in self.fields.values():
            if "required" in field.error_messages:
                field.error_messages["required"] = _("Fill this in.")
            field.error_messages |= OWN_WORDS
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop(
                    "maxlength", None
                )  # the browser cuts what is pasted without a word; we say that it is too long
            if isinstance(field, forms.TypedChoiceField) and ("", "---------") in (shown := list(field.choices)):
                field.choices = [(value, label if value else _("choose")) for value, label in shown]
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
                field.empty_label = _("choose") if field.required else _("none")
            for kind, css in CLASSES:
                if isinstance(field.widget, kind) and not isinstance(field.widget, forms.HiddenInput):
                    field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {css}".strip()
                    break


class HouseForm(House, forms.Form):
    """A plain form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class HouseModelForm(House, forms.ModelForm):
    """A form of a row; carries the version of the row as the person saw it when the row has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "version"):
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=self.instance.version
            )
        for field in self.fields.values():
            if isinstance(field.widget, forms.DateInput):
                field.widget = DateInput()
        self.dress()

    @property
    def seen_version(self) -> int:
        """The version that stood in the form; 0 when it was taken out."""
        return self.cleaned_data.get("version") or 0
