"""Wide tables of outside results: a row per municipality or per thing that is measured, with a column per year, per thing, or both (pure).

They become the long rows that `surveys.outside` reads, and every cell remembers the head of its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.outside import PARTS, Known, _plain, moment_of

PLACES: Final = (
    "gemeente", "gemeentenaam", "naam gemeente", "gebied", "gebiedsnaam", "regio", "plaats", "geo", "municipality", "area",
)  # fmt: skip
"""How the column with the names of municipalities may be called."""
NO_SCORE: Final = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        ".",
        "x",
        "?",
        "nb",
        "n.b.",
        "nvt",
        "n.v.t.",
        "onbekend",
        "geen data",
        "geen gegevens",
        "na",
        "n/a",
    }
)
"""What such a table has where nothing was measured."""
_YEAR_BEHIND: Final = re.compile(r"(.+?)[\s|:;,(\[–-]+((?:19|20)\d{2})[)\]]?")
_YEAR_BEFORE: Final = re.compile(r"((?:19|20)\d{2})[\s|:;,–-]+(.+)")
_COLUMNS: Final = {part: place for place, part in enumerate(PARTS)}


@dataclass(frozen=True)
class ValueColumn:
    """A column with scores. Empty: the row says what was measured, or when."""

    place: int
    indicator: str = ""
    year: str = ""


@dataclass(frozen=True)
class Shape:
    """How a wide table is read."""

    where: int | None
    """The column with municipalities."""
    values: tuple[ValueColumn, ...]
    unread: tuple[str, ...]
    """Heads of columns that say nothing that is known here."""


@dataclass(frozen=True)
class Long:
    """The same as rows of one score each, for `outside.read_rows` with `COLUMNS`."""

    rows: list[tuple[int, list[str]]]
    heads: list[str]
    """Of the column in which the score of each row stands."""
    others: int
    """Rows of other municipalities."""
    places: tuple[str, ...]
    """The municipalities in the file, in its order."""


COLUMNS: Final[Mapping[str, int]] = _COLUMNS


def one_line_of_heads(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """A table with what was measured in the first line and the years below it gets both in one line."""
    if len(rows) < 3:
        return list(rows)
    first, second = rows[0][1], rows[1][1]
    years = [place for place, cell in enumerate(second) if _is_year(cell)]
    rest = [cell for place, cell in enumerate(second) if cell and place not in years]
    if len(years) < 2 or any(_is_year(cell) for cell in first) or any(re.search(r"\d", cell) for cell in rest):
        return list(rows)
    heads, above = [], ""
    for place in range(max(len(first), len(second))):
        own = first[place] if place < len(first) else ""
        below = second[place] if place < len(second) else ""
        above = own or (above if place in years else "")
        heads.append(f"{above} {below}".strip() if place in years else (below or own))
    return [(rows[0][0], heads), *rows[2:]]


def shape_of(heads: Sequence[str], columns: Mapping[str, int], known: Iterable[Known]) -> Shape | None:
    """None when it is no wide table: it says in one column what the score is, or no column is known to hold one."""
    if "value" in columns:
        return None
    by_name = {_plain(name): one.code for one in known for name in (one.code, *one.names)}
    said = [_plain(head) for head in heads]
    where = columns.get("place")
    if where is None:
        where = next((said.index(name) for name in PLACES if name in said), None)
    taken = {*columns.values(), where}
    values: list[ValueColumn] = []
    unread: list[str] = []
    for place, head in enumerate(heads):
        if place in taken:
            continue
        found = _value_column(place, head, by_name)
        if found is not None:
            values.append(found)
        elif head:
            unread.append(head)
    return Shape(where, tuple(values), tuple(unread)) if values else None


def _value_column(place: int, head: str, by_name: Mapping[str, str]) -> ValueColumn | None:
    if _is_year(head):
        return ValueColumn(place, year=head)
    if _plain(head) in by_name:
        return ValueColumn(place, indicator=head)
    for pattern, name, year in ((_YEAR_BEHIND, 1, 2), (_YEAR_BEFORE, 2, 1)):
        found = pattern.fullmatch(head.strip())
        if found and _plain(found[name]) in by_name and _is_year(found[year]):
            return ValueColumn(place, indicator=found[name], year=found[year])
    return None


def missing(shape: Shape, columns: Mapping[str, int], fixed: Mapping[str, str]) -> list[str]:
    """The parts that neither a head, nor a column, nor a choice for all rows says."""
    lacks = [
        part
        for part, is_said in (
            ("indicator", all(one.indicator for one in shape.values)),
            ("year", all(one.year for one in shape.values)),
        )
        if not is_said and part not in columns and not fixed.get(part)
    ]
    return lacks if "source" in columns or fixed.get("source") else [*lacks, "source"]


def as_long(
    rows: Iterable[tuple[int, Sequence[str]]],
    heads: Sequence[str],
    shape: Shape,
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    place: str,
) -> Long:
    """The scores of one municipality; without a column of municipalities every row is ours."""
    made: list[tuple[int, list[str]]] = []
    of: list[str] = []
    others = 0
    places: dict[str, None] = {}
    wanted = bare(place)
    for line, cells in rows:

        def cell(column: int | None, cells: Sequence[str] = cells) -> str:
            return cells[column] if column is not None and column < len(cells) else ""

        if shape.where is not None:
            name = cell(shape.where)
            places.setdefault(name)
            if bare(name) != wanted:
                others += 1
                continue
        for one in shape.values:
            score = cell(one.place)
            if score.casefold() in NO_SCORE:
                continue
            said = {
                "indicator": one.indicator or cell(columns.get("indicator")) or fixed.get("indicator", ""),
                "year": one.year or cell(columns.get("year")) or fixed.get("year", ""),
                "value": score,
                "size": cell(columns.get("size")),
                "source": cell(columns.get("source")) or fixed.get("source", ""),
            }
            made.append((line, [said[part] for part in PARTS]))
            of.append(heads[one.place])
    return Long(made, of, others, tuple(one for one in places if one))


def of_place(rows: Iterable[tuple[int, list[str]]], heads: Sequence[str], place: str) -> Long:
    """The rows of one municipality of a table with one score a row; all rows when no column has municipalities."""
    where = next((number for number, head in enumerate(heads) if _plain(head) in PLACES), None)
    if where is None:
        return Long(list(rows), [], 0, ())
    named = [(row[1][where] if where < len(row[1]) else "", row) for row in rows]
    ours = [row for name, row in named if bare(name) == bare(place)]
    return Long(ours, [], len(named) - len(ours), tuple(dict.fromkeys(name for name, _row in named if name)))


def bare(name: str) -> str:
    """`Gemeente Opmeer`, `Opmeer (gemeente)` and `opmeer` are one place."""
    return _plain(re.sub(r"\(.*?\)", " ", name)).removeprefix("gemeente ").strip()


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:19|20)\d{2}(?:\.0)?\s*", text)) and moment_of(text) is not None
