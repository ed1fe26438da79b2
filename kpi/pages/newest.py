"""One page of the rows that a figure counted, newest first, found in whichever way is short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from contacts import keyset
from kpi.built import marked_scope, rows_of_scope
from kpi.measures.base import Measure
from kpi.reach import led_shape, rows_for
from kpi.reading import roughly
from kpi.scope import Scope
from organisation.prepared import listed, marked_user

if TYPE_CHECKING:
    from organisation.models import User

MOMENT: Final = "its_moment"
WALK: Final = 3_000
"""The page is looked for among at most twice as many of the newest rows of the period, where it is expected among this many."""
LEAST: Final = 1_000
Counted = Callable[[Scope, datetime, Iterable[int] | None], QuerySet[Any]]
"""The rows that count in a scope at a moment, all or among these keys."""
Columns = Callable[[QuerySet[Any], "User"], QuerySet[Any]]
"""What the list shows of rows to a person."""


def newest(
    measure: Measure,
    scope: Scope,
    at: datetime,
    user: User,
    params: Mapping[str, str],
    size: int,
    *,
    of: int,
    name: str,
    counted: Counted,
    columns: Columns,
) -> keyset.Slice:
    """The page that the address asks for, of the rows that this person may see; `of`: how many count, 0 when that is not known.
    `name` stands for `counted` and `columns`, which give the same querysets for it but for scope, moment, keys and person.

    A call or contact has no subject of its own: its first question has. So either the questions about the subject are gone through, of
    every year, or the newest rows of the period one by one until there are enough, which is sooner for a subject with many.
    """
    source = measure.source
    column = Coalesce("settled_at", "due_at") if source.name == "clock" else F(source.moment)
    after, before = keyset.Cursor.read(params.get("na", "")), keyset.Cursor.read(params.get("voor", ""))

    backwards = before is not None and after is None
    place = before if backwards else after

    def query(one: User, its: Scope, when: datetime, where: keyset.Cursor | None, among: Any = None) -> QuerySet[Any]:
        found = counted(its, when, among).filter(source.near(its))
        rows = columns(rows_for(one, measure, found).annotate(**{MOMENT: column}), one)
        return keyset.query(rows, moment=MOMENT, newest_first=True, cursor=where, backwards=backwards, size=size)

    def page(among: Iterable[int] | None) -> keyset.Slice:
        found = list(query(user, scope, at, place, among))
        return keyset.sliced(found, cursor=place, backwards=backwards, size=size)

    if scope.subject_ids is None:

        def build(marks: Mapping[str, Any]) -> QuerySet[Any]:
            where = keyset.Cursor(marks["place_at"], marks["place_pk"]) if place else None
            return query(marked_user(user, marks), marked_scope(scope, marks), marks["at"], where)

        values = {"at": at, **({"place_at": place.at, "place_pk": place.pk} if place else {})}
        shape = ("page", measure.code, name, backwards, place is None, led_shape(user))
        found = rows_of_scope(shape, build, user, scope, values)
        return keyset.sliced(found, cursor=place, backwards=backwards, size=size)
    if not source.finds_by_question() or before is not None:
        return page(None)
    every = roughly(measure, Scope(scope.period, channel=scope.channel))
    needed = min(every, (size + 1) * every // of + 1) if of else WALK
    if needed > WALK:
        return page(None)
    lately = source.lately(scope, at)
    if scope.channel and source.name == "contact":
        lately = lately.filter(channel=scope.channel)
    if after is not None:
        lately = keyset.beyond(lately, after, moment=source.moment, newest_first=True, backwards=False)
    most = max(2 * needed, LEAST)
    keys = list(lately.values_list("pk", flat=True)[:most])
    found = page(listed(",".join(map(str, keys))))
    return found if found.has_after or len(keys) < most else page(None)
