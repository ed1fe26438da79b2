"""How many rows there are, of several kinds in one statement that is built and planned once (organisation/prepared.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from organisation.models import Municipality
from organisation.prepared import Values, run_prepared


class CappedCount(Subquery):
    """The number of rows of a sliced queryset, inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


def counts(
    shape: Hashable,
    rows: Callable[[dict[str, Any]], dict[str, QuerySet[Any]]],
    values: Values | None = None,
    most: int | None = None,
) -> Counter[str]:
    """Of each queryset that `rows` makes with marks for the values, under the same name; at most so many of each."""

    def build(marks: dict[str, Any]) -> QuerySet[Any]:
        counted = {name: CappedCount(found.order_by().values("pk")[:most]) for name, found in rows(marks).items()}
        return Municipality.objects.filter(pk=1).annotate(**counted).values(*counted)

    found = run_prepared(("counts", shape, most), build, values or {}) or {}
    return Counter({name: count or 0 for name, count in found.items()})
