"""The version of a survey that is being written: a heading and at most five questions, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms.base import HouseForm
from surveys.kinds import HAS_ENDS, KIND_OF, MOST_QUESTIONS
from surveys.models import SurveyQuestion, SurveyVersion

Key = SurveyQuestion.Key


class HeadForm(HouseForm):
    """What stands above the questions; carries which draft the writer saw, and how far it was."""

    draft = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    title_nl = forms.CharField(label=_("Heading"), max_length=120)
    title_en = forms.CharField(label=_("Heading in English"), max_length=120)


class QuestionForm(HouseForm):
    """One question; without "what it measures" there is none."""

    key = forms.ChoiceField(label=_("What it measures"), choices=[("", _("no question")), *Key.choices], required=False)
    text_nl = forms.CharField(label=_("Question"), max_length=200, required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=200, required=False)
    low_nl = forms.CharField(label=_("Word at the lowest"), max_length=40, required=False)
    low_en = forms.CharField(label=_("Word at the lowest, in English"), max_length=40, required=False)
    high_nl = forms.CharField(label=_("Word at the highest"), max_length=40, required=False)
    high_en = forms.CharField(label=_("Word at the highest, in English"), max_length=40, required=False)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("key"):
            return given
        needed = ["text_nl", "text_en"]
        if KIND_OF.get(given["key"]) in HAS_ENDS:
            needed += ["low_nl", "low_en", "high_nl", "high_en"]
        for name in needed:
            if not given.get(name):
                self.add_error(name, _("Fill this in."))
        return given


class QuestionSet(forms.BaseFormSet):
    def clean(self) -> None:
        keys = [form.cleaned_data.get("key") for form in self.forms if form.is_valid()]
        keys = [key for key in keys if key]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("Two questions measure the same. Choose something else for one of them."))
        mark = next((form for form in self.forms if form.is_valid() and form.cleaned_data.get("key") == Key.MARK), None)
        if mark is None or not mark.cleaned_data["is_required"]:
            raise forms.ValidationError(_("A survey asks for a mark for the contact, and that must be answered."))

    def questions(self) -> list[dict[str, Any]]:
        """In the order of the form; without the empty ones."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("key")]


QuestionFormSet = forms.formset_factory(
    QuestionForm, formset=QuestionSet, extra=0, max_num=MOST_QUESTIONS, validate_max=True, absolute_max=MOST_QUESTIONS
)
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
    known = [{name: getattr(one, name) for name in NAMES} for one in (version.questions.all() if version.pk else ())]
    rows = known + [{} for _row in range(MOST_QUESTIONS - len(known))]
    questions: Any = QuestionFormSet(posted, initial=rows, prefix="vraag")
    return head, questions
