"""Adds the norms that ship with the product."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from contacts.models import ServiceNorm
from contacts.norms.defaults import DEFAULT_NORMS


def add_default_norms(*, valid_from: date) -> int:
    """Adds every default norm whose code the municipality does not have yet; says how many."""
    known = set(ServiceNorm.objects.values_list("code", flat=True))
    added = 0
    for norm in DEFAULT_NORMS:
        if norm.code in known:
            continue
        ServiceNorm.objects.create(
            code=norm.code,
            name=norm.name,
            channel=norm.channel,
            unit=norm.unit,
            length=norm.length,
            target=Decimal(norm.target),
            may_pause=norm.may_pause,
            valid_from=valid_from,
            source=norm.source,
            is_choice=norm.is_choice,
        )
        added += 1
    return added
