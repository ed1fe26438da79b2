"""Pages without counting: the next page begins after the last row of this one, so any depth is as fast as the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from organisation.numbers import whole

SIZE = 50


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the address (query string) of the next when there is one."""

    rows: list[Any]
    next_query: str
    first_query: str


def page_newest_first(rows: QuerySet[Any], query: QueryDict, *, moment: str = "at", size: int = SIZE) -> Page:
    """Ordered by moment and id, newest first; `before` in the address is the id of the last row seen."""
    rows = rows.order_by(f"-{moment}", "-pk")
    before = whole(query.get("before"))
    if before is not None:
        last = rows.model._default_manager.filter(pk=before).values_list(moment, flat=True).first()
        if last is not None:
            rows = rows.filter(Q(**{f"{moment}__lt": last}) | Q(**{moment: last, "pk__lt": before}))
    return cut(list(rows[: size + 1]), query, size, "before", lambda row: str(row.pk))


def page_by_name(rows: QuerySet[Any], query: QueryDict, *, size: int = SIZE) -> Page:
    """Ordered by name and id; `after` in the address is the id of the last row seen."""
    rows = rows.order_by("name", "pk")
    after = whole(query.get("after"))
    if after is not None:
        last = rows.model._default_manager.filter(pk=after).values_list("name", flat=True).first()
        if last is not None:
            rows = rows.filter(Q(name__gt=last) | Q(name=last, pk__gt=after))
    return cut(list(rows[: size + 1]), query, size, "after", lambda row: str(row.pk))


def cut(rows: list[Any], query: QueryDict, size: int, name: str, key: Any) -> Page:
    """Of one row more than a page holds; `name` is the parameter with the last row seen, `key` gives it."""
    first = query.copy()
    first.pop(name, None)
    following = ""
    if len(rows) > size:
        rows = rows[:size]
        onward = first.copy()
        onward[name] = key(rows[-1])
        following = onward.urlencode()
    return Page(rows, following, first.urlencode() if name in query else "")
