"""The forms of the programme, one a kind of row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kpi.registry import MEASURES
from organisation.forms.base import HouseForm, HouseModelForm
from organisation.models import Team, User
from programme.access import may_write, updatable
from programme.forms.days import check_days
from programme.forms.numbers import NumberField
from programme.models import (
    BudgetLine,
    Condition,
    Decision,
    Goal,
    GoalTarget,
    Milestone,
    MoneyEntry,
    Pillar,
    Programme,
    Project,
    Risk,
)

BOUNDS: Final = {
    Goal.Unit.PERCENT: (0, 100, _("A percentage lies between 0 and 100.")),
    Goal.Unit.MARK: (1, 10, _("A mark lies between 1 and 10.")),
}


def out_of_bounds(value: Decimal | None, unit: str | None) -> str:
    """What is wrong with a value of a goal in this unit; empty when nothing is."""
    low, high, words = BOUNDS.get(unit, (0, float("inf"), _("This number cannot be below zero.")))  # type: ignore[call-overload]
    return "" if value is None or low <= value <= high else str(words)


class RowForm(HouseModelForm):
    """Knows who fills it in."""

    came: tuple[str, ...] = ()
    """Days on which something happened: they do not lie ahead."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
            if name in ("pillar", "condition"):
                field.help_text = _("Choose a pillar or a condition, not both.")
        self.limit()

    def limit(self) -> None:
        """What may be chosen."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "pillar" in self.fields and bool(data.get("pillar")) == bool(data.get("condition")):
            self.add_error("pillar", _("Choose a pillar or a condition: one of the two."))
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end lies before the beginning."))
        check_days(self, came=self.came)
        return data


class ProgrammeForm(RowForm):
    class Meta:
        model = Programme
        fields = ("name", "vision", "values_in_words", "starts_on", "ends_on", "narrative")


class PlaceForm(RowForm):
    """A part of the house; pillars and conditions say the same of themselves."""

    class Meta:
        fields: tuple[str, ...] = ("name", "short_name", "aim", "order")


class PillarForm(PlaceForm):
    class Meta(PlaceForm.Meta):
        model = Pillar


class ConditionForm(PlaceForm):
    class Meta(PlaceForm.Meta):
        model = Condition


class ProjectForm(RowForm):
    class Meta:
        model = Project
        fields = (
            "code",
            "name",
            "pillar",
            "condition",
            "want",
            "plan",
            "measure",
            "owner",
            "starts_on",
            "ends_on",
            "dates_are_example",
            "light",
            "light_reason",
            "order",
        )

    def limit(self) -> None:
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]


class MilestoneForm(RowForm):
    came = ("done_on",)

    class Meta:
        model = Milestone
        fields = ("project", "name", "due_on", "done_on")

    def limit(self) -> None:
        self.fields["project"].queryset = updatable(self.user)  # type: ignore[attr-defined]


class RiskForm(RowForm):
    class Meta:
        model = Risk
        fields = ("project", "text", "chance", "impact", "measure", "state")

    def limit(self) -> None:
        field: Any = self.fields["project"]
        field.queryset = updatable(self.user)
        field.required = not may_write(self.user)
        field.empty_label = _("choose") if field.required else _("the whole programme")


class GoalForm(RowForm):
    kpi_code = forms.ChoiceField(label=_("Figure of the Servicecentrum"), required=False)

    class Meta:
        model = Goal
        fields = (
            "name",
            "pillar",
            "condition",
            "explanation",
            "kpi_code",
            "indicator",
            "channel",
            "team",
            "unit",
            "direction",
            "baseline",
            "baseline_year",
            "baseline_source",
            "order",
        )
        field_classes = {"baseline": NumberField}

    def limit(self) -> None:
        figures = [(code, str(measure.name)) for code, measure in MEASURES.items() if measure.is_rolled_up]
        self.fields["kpi_code"].choices = [("", str(_("none"))), *figures]  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        given = [data.get("baseline") is not None, bool(data.get("baseline_year")), bool(data.get("baseline_source"))]
        if any(given) and not all(given):
            self.add_error("baseline", _("Give number, year and source together, or none of them."))
        if wrong := out_of_bounds(data.get("baseline"), data.get("unit")):
            self.add_error("baseline", wrong)
        if data.get("indicator") and data.get("kpi_code"):
            self.add_error(
                "indicator", _("A goal follows a figure of the Servicecentrum or a score from outside, not both.")
            )
        elif data.get("indicator") and any(given):
            self.add_error("baseline", _("This goal begins at the first score from outside. Leave out where it began."))
        if not data.get("kpi_code") and (data.get("channel") or data.get("team")):
            self.add_error("kpi_code", _("A channel or team only narrows a figure of the Servicecentrum."))
        return data


class TargetForm(RowForm):
    class Meta:
        model = GoalTarget
        fields = ("goal", "year", "value", "source", "is_example")
        field_classes = {"value": NumberField}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        goal = data.get("goal")
        if goal is not None and (wrong := out_of_bounds(data.get("value"), goal.unit)):
            self.add_error("value", wrong)
        return data


class BudgetForm(RowForm):
    class Meta:
        model = BudgetLine
        fields = ("year", "pillar", "condition", "amount", "source", "is_example")
        field_classes = {"amount": NumberField}


class LineField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.year} · {(obj.pillar or obj.condition).short_name}"


class MoneyForm(RowForm):
    came = ("on",)
    line = LineField(
        label=capfirst(_("budget")),
        queryset=BudgetLine.objects.select_related("pillar", "condition").order_by("-year", "pk"),
    )

    class Meta:
        model = MoneyEntry
        fields = ("line", "kind", "amount", "on", "note", "project", "is_example")
        field_classes = {"amount": NumberField}
        help_texts = {
            "amount": _("Is something paid that was committed before? Then also write the commitment off, below zero.")
        }

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("An amount of zero says nothing."))
        return amount


class DecisionForm(RowForm):
    class Meta:
        model = Decision
        fields = ("on", "body", "text", "project", "is_example")


class StateForm(HouseModelForm):
    """How a project stands; for its owner."""

    class Meta:
        model = Project
        fields = ("light", "light_reason", "done_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_days(self, came=("done_on",))
        return data


class WithdrawForm(HouseForm):
    """Why it is no part of the programme any more."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("It stays to read, and in the reports that were issued; it no longer counts."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)


class DependencyForm(HouseForm):
    needs = forms.ModelChoiceField(label=_("Waits for"), queryset=Project.objects.none())

    def offer(self, project: Project) -> DependencyForm:
        self.fields["needs"].queryset = Project.objects.standing().exclude(pk=project.pk)  # type: ignore[attr-defined]
        return self
