"""Rows of a small table that hold what somebody typed: capitals and accents do not matter, `Andre` finds `André` and the other way round."""

from __future__ import annotations

import unicodedata

from django.db.models import Q


def holds(part: str, *fields: str) -> Q:
    """Whether one of these fields holds this part. Reads every row: what is large keeps a text of its own to search in."""
    part = unicodedata.normalize("NFC", part)
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__unaccent__icontains": part})
    return found
