"""The version of a survey that is being written: a heading and at most five questions (of research twenty), in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseForm, HouseModelForm, Lines
from surveys.kinds import (
    HAS_ENDS,
    HAS_OPTIONS,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_RESEARCH,
    OWN,
    OWN_PREFIX,
    kind_of,
    own_number,
)
from surveys.models import Survey, SurveyQuestion, SurveyVersion

Key = SurveyQuestion.Key
FEWEST_OPTIONS = 2
FIRST, SPARE = 5, 2
"""Rows of an empty questionnaire, and empty rows below the questions of one: save to get more."""
RESEARCH_CHOICES = [
    ("", _("no question")),
    (_("A question of your own"), [(OWN_PREFIX + kind, SurveyQuestion.Kind(kind).label) for kind in OWN]),
    (_("To compare with the norm and other surveys"), Key.choices),
]


class HeadForm(HouseForm):
    """What stands above the questions; carries which draft the writer saw, and how far it was."""

    draft = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    title_nl = forms.CharField(label=_("Heading"), max_length=120)
    title_en = forms.CharField(label=_("Heading in English"), max_length=120)


class Measured(forms.Select):
    """Says of each choice which fields go with it, so that the page shows only those, also while one chooses."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        kind = kind_of(str(value))
        option["attrs"] |= {"data-ends": kind in HAS_ENDS, "data-options": kind in HAS_OPTIONS}
        return option


class QuestionForm(HouseForm):
    """One question; without "what it measures" there is none."""

    key = forms.ChoiceField(
        label=_("What it measures"), choices=[("", _("no question")), *Key.choices], required=False, widget=Measured
    )
    own_key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    """Of a question of one's own: under what it was asked before."""
    text_nl = forms.CharField(label=_("Question"), max_length=200, required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=200, required=False)
    low_nl = forms.CharField(label=_("Word at the lowest"), max_length=40, required=False)
    low_en = forms.CharField(label=_("Word at the lowest, in English"), max_length=40, required=False)
    high_nl = forms.CharField(label=_("Word at the highest"), max_length=40, required=False)
    high_en = forms.CharField(label=_("Word at the highest, in English"), max_length=40, required=False)
    options_nl = Lines(label=_("What can be chosen"), line_length=80, most=MOST_OPTIONS, required=False)
    options_en = Lines(label=_("What can be chosen, in English"), line_length=80, most=MOST_OPTIONS, required=False)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)

    def __init__(self, *args: Any, is_research: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_research:
            for name in ("options_nl", "options_en"):
                self.fields[name].widget.attrs["rows"] = 5
            self.fields["key"].choices = RESEARCH_CHOICES  # type: ignore[attr-defined]
        else:
            del self.fields["options_nl"], self.fields["options_en"], self.fields["own_key"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("key"):
            return given
        needed = ["text_nl", "text_en"]
        kind = given["kind"] = kind_of(given["key"])
        if kind in HAS_ENDS:
            needed += ["low_nl", "low_en", "high_nl", "high_en"]
        for name in needed:
            if not given.get(name):
                self.add_error(name, _("Fill this in."))
        given["options"] = self._options(given) if kind in HAS_OPTIONS else []
        return given

    def _options(self, given: Mapping[str, Any]) -> list[list[str]]:
        """Each in both languages."""
        dutch, english = given.get("options_nl") or [], given.get("options_en") or []
        if len(dutch) < FEWEST_OPTIONS:
            self.add_error("options_nl", _("Give two or more, one on each line."))
        elif len(english) != len(dutch):
            self.add_error("options_en", _("Give as many lines as in Dutch, in the same order."))
        return [list(pair) for pair in zip(dutch, english, strict=False)]


class QuestionSet(forms.BaseFormSet):
    is_research = False

    def clean(self) -> None:
        keys = [form.cleaned_data.get("key") for form in self.forms if form.is_valid()]
        if self.is_research and not any(keys):
            raise forms.ValidationError(_("Ask at least one question."))
        keys = [key for key in keys if key and not key.startswith(OWN_PREFIX)]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("Two questions measure the same. Choose something else for one of them."))
        if self.is_research:
            return
        mark = next((form for form in self.forms if form.is_valid() and form.cleaned_data.get("key") == Key.MARK), None)
        if mark is None or not mark.cleaned_data["is_required"]:
            raise forms.ValidationError(_("A survey asks for a mark for the contact, and that must be answered."))

    def questions(self) -> list[dict[str, Any]]:
        """In the order of the form; without the empty ones."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("key")]


NAMES = ("key", "text_nl", "text_en", "low_nl", "low_en", "high_nl", "high_en", "is_required")


def forms_of(version: SurveyVersion, posted: Mapping[str, Any] | None) -> tuple[HeadForm, QuestionSet]:
    """Filled from what was sent, else from the version as it is."""
    head = HeadForm(
        posted,
        initial={
            "draft": version.pk,
            "version": version.version,
            "title_nl": version.title_nl,
            "title_en": version.title_en,
        },
    )
    is_research = version.survey.purpose == Survey.Purpose.RESEARCH
    most = MOST_RESEARCH if is_research else MOST_QUESTIONS
    known = [_initial(one) for one in (version.questions.all() if version.pk else ())]
    shown = min(most, max(len(known) + SPARE, FIRST)) if is_research else most
    rows = known + [{} for _row in range(shown - len(known))]
    of = forms.formset_factory(
        QuestionForm, formset=QuestionSet, extra=0, max_num=most, validate_max=True, absolute_max=most
    )
    questions: Any = of(posted, initial=rows, prefix="vraag", form_kwargs={"is_research": is_research})
    questions.is_research = is_research
    return head, questions


def _initial(one: SurveyQuestion) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(one, name) for name in NAMES}
    if own_number(one.key):
        values |= {"key": OWN_PREFIX + one.kind, "own_key": one.key}
    values["options_nl"] = [pair[0] for pair in one.options]
    values["options_en"] = [pair[1] for pair in one.options]
    return values


class NewSurveyForm(HouseModelForm):
    """A new questionnaire; its questions are written afterwards."""

    class Meta:
        model = Survey
        fields = ["name", "purpose"]

    def coded(self) -> Survey:
        row: Survey = self.save(commit=False)
        base = slugify(row.name)[:30] or "enquete"
        taken = set(Survey.objects.filter(code__startswith=base).values_list("code", flat=True))
        row.code = next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}-{n}") not in taken)
        return row
