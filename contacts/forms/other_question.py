"""Two questions that belong together: the form says which other one, without a number to remember."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.acts import ActForm, Choices
from contacts.models import Question, QuestionLink
from organisation import wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day


class OtherForm(ActForm):
    """Which other question: one of the same customer, or the number of any."""

    of_customer = forms.ChoiceField(
        label=_("Also of this customer"), required=False, widget=forms.RadioSelect, choices=()
    )
    number = forms.CharField(label=_("Number of the other question"), max_length=20)
    only_open = False

    def fill(self, house: Organisation) -> None:
        found = self.choices_of_customer() if self.question.customer_id else []
        if found:
            self.set_choices("of_customer", found)
            self.fields["number"].required = False
            self.fields["number"].label = _("Or the number of another question")
        else:
            del self.fields["of_customer"]

    def choices_of_customer(self) -> Choices:
        rows = Question.objects.visible_to(self.user).filter(customer=self.question.customer_id)
        rows = rows.open() if self.only_open else rows.exclude(status=Question.Status.CANCELLED)
        newest = rows.exclude(pk=self.question.pk).order_by("-received_at", "-pk")[:6]
        return [
            (number, f"{title} ({number}, {wording.day(received_at, local_day(self.at))})")
            for number, title, received_at in newest.values_list("number", "title", "received_at")
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["number"] = data.get("number") or data.get("of_customer") or ""
        if not data["number"] and "number" not in self.errors:
            self.add_error("number", _("Choose a question, or fill in its number."))
        return data


class LinkForm(OtherForm):
    kind = forms.ChoiceField(
        label=_("How do they belong together?"),
        choices=[
            (QuestionLink.Kind.RELATED, _("They are about the same")),
            (QuestionLink.Kind.FOLLOW_UP, _("This one follows the other")),
        ],
        widget=forms.RadioSelect,
        initial=QuestionLink.Kind.RELATED,
    )


class MergeForm(OtherForm):
    number = forms.CharField(label=_("Number of the question that stays"), max_length=20)
    only_open = True
