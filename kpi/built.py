"""Lists and counts about a scope whose text is built once, whatever the period, the teams, the channel and the subjects (ADR 14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kpi.periods import Period
from kpi.scope import Scope
from organisation.built_once import rows_built_once
from organisation.prepared import user_shape, user_values
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User


def rows_of_scope(
    shape: tuple[object, ...],
    build: Callable[[Mapping[str, Any]], QuerySet[Any]],
    user: User,
    scope: Scope,
    values: Mapping[str, Any],
) -> list[Any]:
    """The rows of the queryset that `build` makes of `marked_user`, `marked_scope` and the marks of the other values."""
    narrowed = (_count(scope.team_ids), bool(scope.channel), _count(scope.subject_ids))
    of_scope: dict[str, Any] = {"first": scope.period.first, "last": scope.period.last}
    of_scope |= {f"its_team_{place}": pk for place, pk in enumerate(sorted(scope.team_ids or ()))}
    of_scope |= {f"its_subject_{place}": pk for place, pk in enumerate(sorted(scope.subject_ids or ()))}
    of_scope |= {"channel": scope.channel} if scope.channel else {}
    return rows_built_once(
        (*shape, user_shape(user), narrowed, organisation().version),
        build,
        {**user_values(user), **of_scope, **values},
    )


def marked_scope(scope: Scope, marks: Mapping[str, Any]) -> Scope:
    """The same scope with marks for what `rows_of_scope` fills in."""
    return Scope(
        Period(scope.period.kind, marks["first"], marks["last"]),
        _marked(marks, "its_team", scope.team_ids),
        marks["channel"] if scope.channel else "",
        _marked(marks, "its_subject", scope.subject_ids),
    )


def _count(ids: frozenset[int] | None) -> int | None:
    return None if ids is None else len(ids)


def _marked(marks: Mapping[str, Any], name: str, ids: frozenset[int] | None) -> frozenset[int] | None:
    return None if ids is None else frozenset(marks[f"{name}_{place}"] for place in range(len(ids)))
