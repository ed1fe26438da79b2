"""What every form of the house does with what is typed."""

from __future__ import annotations

import pytest
from django import forms

from organisation.forms.base import HouseForm, HouseModelForm
from organisation.models import Municipality


class Remark(HouseForm):
    name = forms.CharField(max_length=5)
    words = forms.CharField(max_length=10, widget=forms.Textarea)


class Welcome(HouseModelForm):
    class Meta:
        model = Municipality
        fields = ["name"]
        widgets = {"name": forms.Textarea}


@pytest.mark.parametrize("form", [Remark, Welcome])
def test_a_long_text_is_not_cut_by_the_browser(form: type[HouseForm]) -> None:
    page = str(form())
    assert "<textarea" in page
    assert "maxlength" not in page.split("<textarea")[1].split(">")[0]


def test_a_text_that_is_too_long_comes_back_whole_with_a_sentence() -> None:
    form = Remark({"name": "Wit", "words": "tien en meer"})
    assert list(form.errors) == ["words"]
    assert "tien en meer" in str(form)
    assert 'maxlength="5"' in str(form)


class Amount(HouseForm):
    days = forms.IntegerField(min_value=1, max_value=9)


@pytest.mark.parametrize(("typed", "said"), [("0", "Vul 1 of meer in."), ("10", "Vul 9 of minder in.")])
def test_a_number_out_of_bounds_is_told_in_our_own_words(typed: str, said: str) -> None:
    assert Amount({"days": typed}).errors["days"] == [said]


class House(HouseModelForm):
    class Meta:
        model = Municipality
        fields = ("reopen_days",)


@pytest.mark.django_db
def test_what_the_model_says_of_a_number_is_in_our_own_words_too() -> None:
    (said,) = House({"reopen_days": "9999"}).errors["reopen_days"]
    assert said.startswith("Vul ") and said.endswith(" of minder in.")
