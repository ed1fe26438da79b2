"""What a queryset does with the rows that the database gives, worked out once (organisation/prepared.py).

Nothing here holds on to the queryset: a statement with sixty subqueries is a tree of thousands of objects, and its text is all that is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Value
from django.db.models.expressions import Col, Expression
from django.db.models.fields.json import KeyTransform
from django.db.models.query import ModelIterable, get_related_populators

if TYPE_CHECKING:
    from django.db.models import QuerySet

Make = Callable[[list[tuple[Any, ...]]], list[Any]]


def maker_of(rows: QuerySet[Any], compiler: Any) -> Make:
    """What the queryset does with the rows that the database gives; worked out once."""
    converted = _converting(compiler)
    if issubclass(rows._iterable_class, ModelIterable):
        info, db, model = compiler.klass_info, rows.db, rows.model
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        columns = [select[0].target.attname for select in compiler.select[first:last]]
        related = get_related_populators(info, compiler.select, db)
        more = tuple(compiler.annotation_col_map.items())

        def objects(found: list[tuple[Any, ...]]) -> list[Any]:
            made = []
            for row in converted(found):
                one = model.from_db(db, columns, row[first:last])
                for populator in related:
                    populator.populate(row, one)
                for name, place in more:
                    setattr(one, name, row[place])
                made.append(one)
            return made

        return objects
    names = [
        str(alias or getattr(expression, "target", expression).name) for expression, _sql, alias in compiler.select
    ]
    return lambda found: [dict(zip(names, row, strict=True)) for row in converted(found)]


def _converting(compiler: Any) -> Callable[[list[tuple[Any, ...]]], Iterable[Any]]:
    """What `apply_converters` does."""
    found = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
    converters = [(place, made, _told(expression)) for place, (made, expression) in found.items()]
    connection = compiler.connection

    def convert(rows: list[tuple[Any, ...]]) -> Iterable[list[Any]]:
        for row in map(list, rows):
            for place, made, expression in converters:
                value = row[place]
                for converter in made:
                    value = converter(value, expression, connection)
                row[place] = value
            yield row

    return convert if converters else lambda rows: rows


def _told(expression: Any) -> Expression:
    """Converters get the expression that gave the value, and ask for its type; JSON asks whether it is a part of more JSON."""
    return expression if isinstance(expression, Col | KeyTransform) else Value(None, expression.output_field)
