"""Where a customer or a question went that was merged into another."""

from __future__ import annotations

from typing import TypeVar

from contacts.models import Customer, Question

MOST_STEPS = 10
"""A row is merged a few times at most; a circle, which cannot be, would end here too."""

Row = TypeVar("Row", Customer, Question)


def where_merged(row: Row) -> Row:
    """The row that stands for this one now; itself when it was never merged."""
    for _step in range(MOST_STEPS):
        if row.merged_into is None:
            break
        row = row.merged_into
    return row
