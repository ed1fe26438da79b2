"""Numbers as people write them in a form: with points between thousands, a comma before the cents, and a sign for euros."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation import wording

_NUMBER: Final = re.compile(r"(-?)([1-9]\d{0,2}(?:([.,])\d{3})(?:\3\d{3})*|\d+)(?:[.,](\d{1,2}))?")
"""Three digits behind a point or comma are thousands, one or two are decimals: no number here has three decimals.
No thousands begin with a nought: who types `0,500` may mean a half."""


def plain_number(text: str) -> str:
    """`12.500,50`, `€ 12.500,-` and `12500.5` as `12500.50`, `12500` and `12500.5`; what is no number as it was (pure)."""
    bare = re.sub(r"[.,]\s*[-–—]+$", "", re.sub(r"[€\s]", "", text).replace("−", "-"))
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return text
    sign, whole, _point, decimals = found.groups()
    return sign + re.sub(r"\D", "", whole) + (f".{decimals}" if decimals else "")


class NumberField(forms.DecimalField):
    """Shows a number as it is written in the language of the page, and reads it in either notation."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "decimal"
        self.error_messages["invalid"] = _("We cannot read this number. Write it like 7.5 or 12,500.50.")

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return _shown(value) if isinstance(value, Decimal) else value


def _shown(value: Decimal) -> str:
    """Without zeros at the end, but cents come in twos."""
    decimals = (
        0 if value == value.to_integral_value() else 1 if abs(value) < 100 and value * 10 == int(value * 10) else 2
    )
    return wording.number(value, decimals)
