"""The measurements of the plan with what was found in 2017, once; what stands already is left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction

from surveys.models import OutsideIndicator, OutsideResult

FOUND_IN: Final = 2017


@dataclass(frozen=True)
class Measured:
    code: str
    name: str
    question: str
    unit: str
    norm_code: str
    found: str
    source: str
    every_years: int | None = None
    other_names: tuple[str, ...] = ()


MEASURED: Final = (
    Measured(
        "digitaal",
        "Waardering digitaal",
        "Hoe waardeert u de digitale dienstverlening van de gemeente?",
        "mark",
        "rating.digital",
        "6.7",
        "Waarstaatjegemeente 2017, plan 6.1",
        None,
        ("Digitale dienstverlening", "Waardering digitale dienstverlening"),
    ),
    Measured(
        "algemeen",
        "Waardering algemeen",
        "Hoe waardeert u de dienstverlening van de gemeente in het algemeen?",
        "mark",
        "rating.general",
        "6.7",
        "Waarstaatjegemeente 2017, plan 6.4",
        None,
        ("Dienstverlening", "Dienstverlening algemeen", "Waardering dienstverlening"),
    ),
    Measured(
        "heldere-taal",
        "Heldere taal",
        "De gemeente gebruikt heldere taal: eens of helemaal eens.",
        "percent",
        "rating.clear_language",
        "68",
        "Waarstaatjegemeente 2017, plan 6.3",
        2,
        ("De gemeente gebruikt heldere taal", "Gemeente gebruikt heldere taal"),
    ),
)
"""Plan 6.1, 6.3 and 6.4 (norms-and-kpis §1)."""


@transaction.atomic
def add_outside() -> int:
    """Says how many were added. A measurement that somebody took over, changed or began himself is not touched."""
    known = set(OutsideIndicator.objects.values_list("code", flat=True))
    names = set(OutsideIndicator.objects.values_list("name", flat=True))
    fresh = [one for one in MEASURED if one.code not in known and one.name not in names]
    for one in fresh:
        row = OutsideIndicator.objects.create(
            code=one.code,
            name=one.name,
            question=one.question,
            unit=one.unit,
            norm_code=one.norm_code,
            every_years=one.every_years,
            other_names=list(one.other_names),
        )
        OutsideResult.objects.create(indicator=row, year=FOUND_IN, value=Decimal(one.found), source=one.source)
    return len(fresh)
