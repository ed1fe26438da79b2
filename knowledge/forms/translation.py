"""What somebody writes of an answer in another language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.forms.article import seen_of
from knowledge.markup import link_of
from knowledge.models import LONG, MOST_LINES, SHORT, TITLE, ArticleTranslation
from organisation.forms.base import HouseForm, Lines
from organisation.numbers import whole

TEXTS = ("title", "short_answer", "answer", "for_business", "links", "words")


class TranslationForm(HouseForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE)
    short_answer = forms.CharField(label=_("Short answer"), max_length=SHORT, widget=forms.Textarea(attrs={"rows": 4}))
    answer = forms.CharField(
        label=_("Full answer"), max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    for_business = forms.CharField(
        label=_("Other for entrepreneurs"), max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    links = Lines(
        label=_("Forms and links"),
        line_length=400,
        most=MOST_LINES,
        required=False,
        help_text=_("One per line: words | https://address"),
    )
    words = Lines(
        label=_("Other words"),
        line_length=80,
        most=MOST_LINES,
        required=False,
        help_text=_("How people say it in this language, one per line. Search finds the answer by them."),
    )
    of_number = forms.CharField(widget=forms.HiddenInput, max_length=6)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name].widget.attrs["lang"] = language
        for name in ("links", "words"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean_links(self) -> list[str]:
        lines: list[str] = self.cleaned_data["links"]
        for line in lines:
            if not link_of(line)[1]:
                raise forms.ValidationError(
                    _("This is not an address that begins with https://: “%(start)s”.") % {"start": line[:60]}
                )
        return lines

    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}

    @property
    def seen(self) -> tuple[int, int]:
        """Number and version of the text that stood in the form; 0 and a number when it began from that published one."""
        return seen_of(self.cleaned_data.get("version") or "")

    @property
    def of_seen(self) -> int:
        """The Dutch version that stood beside it."""
        return whole(self.cleaned_data["of_number"]) or 0


def initial_of_translation(row: ArticleTranslation | None, *, is_draft: bool, of_number: int) -> dict[str, Any]:
    """As the form shows it; a new one begins with what is published in this language."""
    values: dict[str, Any] = {name: getattr(row, name) for name in TEXTS} if row else {}
    version = (f"{row.number}.{row.version}" if is_draft else f"0.{row.number}") if row else ""
    return {**values, "of_number": str(of_number), "version": version}
