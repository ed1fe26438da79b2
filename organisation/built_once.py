"""Queries that are built once and planned for the values of each run: for where no one plan is right, of a day and of ten years, or
of a rare and a common word. What organisation/prepared.py says of marks holds here too; see docs/adr/0014-prepared-statements.md.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from organisation.kept import Kept
from organisation.prepared import Build, Statement, Values, compile_statement
from organisation.workdays import day_start

_built: Final[Kept[Statement]] = Kept(200)


def rows_built_once(
    shape: Hashable, build: Build, values: Values, frame: str = "", also: tuple[str, ...] = ()
) -> list[Any]:
    """The rows of the queryset as it would give them.

    Of a day among the values querysets may also use the days near it, and the moments at which these begin. `frame`: a text
    around `{}`, the queryset's own; the values that follow in it are named in `also`, and the rows come as the database gives them.
    """

    def compiled() -> Statement:
        made = replace(compile_statement(build, values, of_days=_near), is_planned_once=False)
        if not frame or not made.sql:
            return made
        params = (*made.params, *((True, name) for name in also))
        return replace(made, sql=frame.replace("{}", made.sql), params=params, make=list)

    return _built.get(shape, compiled).run({**values, **_near(values)})


def _near(values: Values) -> dict[str, Any]:
    """The days near each day among the values, and when they begin."""
    near: dict[str, Any] = {}
    for name, day in values.items():
        if type(day) is date:
            for step in range(-1, 3):
                other = day + timedelta(days=step)
                near[f"{name}{step:+}"], near[f"begin of {name}{step:+}"] = other, day_start(other)
    return near
