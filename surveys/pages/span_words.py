"""The times of results in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from organisation import wording
from surveys.spans import LATELY, Span, codes, span_of


def span_name(span: Span, today: date) -> str:
    """`november 2026`, `kwartaal 4 van 2026`, `2026`, `laatste 12 maanden`."""
    if span.code == LATELY:
        return _("Last 12 months")
    if "-k" in span.code:
        return _("Quarter %(quarter)s of %(year)s") % {"quarter": span.code[-1], "year": span.first.year}
    if "-" in span.code:
        return month_name(span.first)
    return span.code


def month_name(day: date) -> str:
    """`November 2026`."""
    name = f"{wording.MONTHS_LONG[wording.language()][day.month - 1]} {day.year}"
    return name[:1].upper() + name[1:]


def choices_of(today: date) -> list[tuple[str, str]]:
    return [(code, span_name(span_of(code, today), today)) for code in codes(today)]
