"""What the pages of the figures are called in the read log: by the name of the figure, not by its code."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as lazy

from kpi.registry import MEASURES
from organisation.pages.log_words import PAGES

for code, measure in MEASURES.items():
    PAGES[f"kpi.{code}"] = format_lazy("{}: {}", lazy("figure"), measure.name)
    PAGES[f"kpi.{code}.export"] = format_lazy("{}: {}", lazy("figure as a file"), measure.name)
