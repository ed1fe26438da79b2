"""A questionnaire that is held for some time, and a theme of words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation.forms.base import HouseModelForm, Lines
from surveys.models import Survey, SurveyRound, WordGroup

INTRO_NL = "U had contact met de gemeente. Wij horen graag wat u van onze hulp vindt. Doet u mee?"
INTRO_EN = (
    "You had contact with the municipality. We would like to hear what you think of our help. Will you take part?"
)


class RoundForm(HouseModelForm):
    """Everything that is decided before it begins."""

    class Meta:
        model = SurveyRound
        fields = [
            "name",
            "survey",
            "way",
            "starts_on",
            "ends_on",
            "intro_nl",
            "intro_en",
            "contacts_from",
            "contacts_until",
            "size_kind",
            "size",
            "reminder_days",
        ]
        labels = {"name": lazy("Name")}
        help_texts = {
            "name": lazy("For employees. For example: Customer research 2027."),
            "survey": lazy("Questionnaires for research. You write them at Questionnaires."),
            "reminder_days": lazy("Empty: nobody is reminded."),
        }
        widgets = {
            "starts_on": forms.DateInput,
            "ends_on": forms.DateInput,
            "contacts_from": forms.DateInput,
            "contacts_until": forms.DateInput,
            "intro_nl": forms.Textarea(attrs={"rows": 3}),
            "intro_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        survey = self.fields["survey"]
        survey.queryset = Survey.objects.filter(purpose=Survey.Purpose.RESEARCH)  # type: ignore[attr-defined]
        survey.empty_label = _("choose")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("The last day comes after the first."))
        if given.get("way") != SurveyRound.Way.SAMPLE:
            return given
        for name in ("contacts_from", "contacts_until"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        if (
            given.get("contacts_from")
            and given.get("contacts_until")
            and given["contacts_until"] < given["contacts_from"]
        ):
            self.add_error("contacts_until", _("The last day comes after the first."))
        days, first, last = given.get("reminder_days"), given.get("starts_on"), given.get("ends_on")
        if days and first and last and first <= last <= first + timedelta(days=days):
            self.add_error("reminder_days", _("That is too late: the reminder goes before the last day."))
        if given.get("size_kind") == SurveyRound.SizeKind.SHARE and (given.get("size") or 0) > 100:
            self.add_error("size", _("A share is at most 100 percent."))
        return given


class WordGroupForm(HouseModelForm):
    """Words that say the same."""

    words = Lines(label=lazy("Words"), line_length=40, most=40)

    class Meta:
        model = WordGroup
        fields = ["name", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "One on each line. The beginning of a word is enough: “wacht” also finds “wachten” and “wachttijd”."
        )

    def clean_words(self) -> list[str]:
        words = list(dict.fromkeys(word.lower() for word in self.cleaned_data["words"]))
        short = next((word for word in words if len(word) < 3), None)
        if short is not None:
            raise forms.ValidationError(_("“%(word)s” is too short: use three letters or more.") % {"word": short})
        return words
