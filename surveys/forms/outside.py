"""What others measure, what they found, and a file of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import ServiceNorm
from organisation import wording
from organisation.forms.base import HouseForm, HouseModelForm, Lines
from organisation.snapshot import organisation
from surveys.actions.outside import Plan
from surveys.models import OutsideImport, OutsideIndicator, OutsideResult
from surveys.outside import FIXED, HIGHEST, NEEDED, PARTS, number_of
from surveys.table_file import MOST_BYTES

PART_WORDS = {
    "indicator": lazy("What was measured"),
    "year": lazy("Year"),
    "value": lazy("Score"),
    "size": lazy("Number of answers"),
    "source": lazy("Source"),
    "place": lazy("Municipality"),
}

RESERVED = {"nieuw", "inlezen"}
"""Addresses beside those of what is measured."""


class IndicatorForm(HouseModelForm):
    """What is measured, the same way every time."""

    other_names = Lines(label=lazy("Other names in files"), line_length=100, most=20, required=False)

    class Meta:
        model = OutsideIndicator
        fields = ["name", "question", "unit", "is_lower_better", "norm_code", "every_years", "other_names"]
        help_texts = {
            "norm_code": lazy("Whose target the scores are held against."),
            "every_years": lazy("Empty: there is no fixed time."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        norms = ServiceNorm.objects.filter(unit__in=[ServiceNorm.Unit.SCORE, ServiceNorm.Unit.SHARE])
        named = dict(norms.order_by("name", "valid_from").values_list("code", "name"))
        field = self.fields["norm_code"]
        self.fields["norm_code"] = forms.ChoiceField(
            label=field.label, help_text=field.help_text, required=False, choices=[("", _("none")), *named.items()]
        )
        self.fields["other_names"].help_text = _("One on each line. So a file that says it otherwise is understood.")
        if self.instance.pk:
            self.fields["unit"].disabled = True
        self.dress()

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def coded(self) -> OutsideIndicator:
        """The new row, with a code of its own."""
        row: OutsideIndicator = self.save(commit=False)
        base = slugify(row.name)[:50] or "onderwerp"
        taken = RESERVED | set(OutsideIndicator.objects.filter(code__startswith=base).values_list("code", flat=True))
        row.code = next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}-{n}") not in taken)
        return row


class ResultForm(HouseModelForm):
    """What one study found."""

    value = forms.CharField(label=lazy("Score"), max_length=20)

    class Meta:
        model = OutsideResult
        fields = ["year", "month", "value", "sample_size", "source", "is_example"]
        help_texts = {"source": lazy("For example: Waarstaatjegemeente 2025.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = enumerate(wording.MONTHS_LONG[wording.language()], start=1)
        self.fields["month"] = forms.TypedChoiceField(
            label=_("Month"), coerce=int, choices=[(0, _("the whole year")), *months], required=False, empty_value=0
        )
        self.fields["value"].widget.attrs["inputmode"] = "decimal"
        if self.instance.pk:
            self.initial["value"] = wording.number(self.instance.value.normalize(), _places(self.instance.value))
        self.dress()

    def clean_value(self) -> Decimal:
        value, unit = number_of(self.cleaned_data["value"]), self.instance.indicator.unit
        low = Decimal(1) if unit == OutsideIndicator.Unit.MARK else Decimal(0)
        if value is None or not low <= value <= HIGHEST[unit]:
            raise forms.ValidationError(
                _("Fill in a number from %(low)s to %(high)s.")
                % {"low": wording.number(low), "high": wording.number(HIGHEST[unit])}
            )
        return value

    def clean_source(self) -> str:
        return " ".join(str(self.cleaned_data["source"]).split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not {"year", "source"} - given.keys():
            there = OutsideResult.objects.filter(
                indicator=self.instance.indicator,
                source__iexact=given["source"],
                year=given["year"],
                month=given.get("month") or 0,
            ).exclude(pk=self.instance.pk)
            if there.exists():
                self.add_error("year", _("There is a score of this source and year already."))
        return given


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class FileForm(HouseForm):
    """A table with scores."""

    file = forms.FileField(label=lazy("File (CSV or Excel)"), allow_empty_file=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Split it."))
        return file


class ColumnsForm(HouseForm):
    """What stands in which column; `fixed_…` says it once for all rows. Of a wide table the scores stand in columns that are known by their heads."""

    def __init__(self, row: OutsideImport, plan: Plan, *args: Any, **kwargs: Any) -> None:
        self.is_wide = plan.shape is not None
        self.parts = ("place", "indicator", "year", "source") if self.is_wide else PARTS
        self.said = ("indicator", "year", "source") if self.is_wide else tuple(sorted(FIXED))
        found: dict[str, Any] = {part: row.columns.get(part, "") for part in self.parts}
        if plan.shape is not None and plan.shape.where is not None:
            found["place"] = plan.shape.where
        found |= {f"fixed_{part}": row.fixed.get(part, "") for part in (*self.said, "place")}
        super().__init__(*args, initial=found, **kwargs)
        columns = [(str(place), head or _("column %(n)s") % {"n": place + 1}) for place, head in enumerate(row.heads)]
        for part in self.parts:
            self.fields[part] = forms.ChoiceField(
                label=PART_WORDS[part], choices=[("", _("in no column")), *columns], required=False
            )
        indicators = [(one.code, one.name) for one in OutsideIndicator.objects.all()]
        self.fields["fixed_indicator"] = forms.ChoiceField(
            label=_("For all rows: what was measured"),
            choices=[("", _("stands in the column")), *indicators],
            required=False,
        )
        if self.is_wide:
            self.fields["fixed_year"] = forms.CharField(label=_("For all rows: year"), max_length=20, required=False)
        self.fields["fixed_source"] = forms.CharField(label=_("For all rows: source"), max_length=200, required=False)
        if plan.places:
            own = organisation().municipality.short_name
            self.fields["fixed_place"] = forms.ChoiceField(
                label=_("Which municipality"),
                choices=[("", own), *((one, one) for one in plan.places if one != own)],
                required=False,
            )
        self.dress()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = [given[part] for part in self.parts if given.get(part)]
        for part in self.parts:
            if given.get(part) and chosen.count(given[part]) > 1:
                self.add_error(part, _("This column is chosen twice."))
            elif not self.is_wide and part in NEEDED and not given.get(part) and not given.get(f"fixed_{part}"):
                self.add_error(part, _("Choose a column."))
        return given

    @property
    def columns(self) -> dict[str, int]:
        return {part: int(self.cleaned_data[part]) for part in self.parts if self.cleaned_data.get(part)}

    @property
    def fixed(self) -> dict[str, str]:
        return {
            part: " ".join(self.cleaned_data[f"fixed_{part}"].split())
            for part in (*self.said, "place")
            if self.cleaned_data.get(f"fixed_{part}")
        }
