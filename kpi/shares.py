"""A share that was kept, as a number and in words, and what of it is hidden: one place for the dashboard and the reports."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from kpi.measures.base import Measure, Tally
from kpi.reach import SMALL
from kpi.scope import Scope
from organisation import wording


def is_small(tally: Tally) -> bool:
    """Under ten: it may point at somebody."""
    return 0 < tally.denominator < SMALL


def is_few(measure: Measure, tally: Tally) -> bool:
    """Whether this figure is hidden from who sees aggregates only: it is small, or what it tells of the channels is."""
    parts = (tally.numerator, tally.misses) if measure.tells_channels else ()
    return is_small(tally) or any(0 < part < SMALL for part in parts)


def is_cut(measure: Measure, scope: Scope) -> bool:
    """Whether a figure is of a part of the whole: it was narrowed, or it cuts the whole into channels by itself."""
    return measure.tells_channels or not scope.is_whole


def hidden_of(counts: Sequence[int], already: Sequence[bool] = ()) -> list[bool]:
    """Which cells of a table are hidden from who sees aggregates only: those under ten, and then the next smallest as long as the sum of what
    is hidden gives one of them away; the total that stands beside the table tells that sum (pure). Cells as large as that one go along:
    next to an equal it would be known.
    `already`: hidden for another reason.
    """
    hidden = [0 < count < SMALL or told for count, told in zip(counts, already or [False] * len(counts), strict=True)]
    while _gives_away([count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden and count]):
        shown = [count for count, is_hidden in zip(counts, hidden, strict=True) if count and not is_hidden]
        if not shown:
            break
        least = min(shown)
        hidden = [told or count == least for count, told in zip(counts, hidden, strict=True)]
    return hidden


def _gives_away(together: Sequence[int]) -> bool:
    """Whether the sum of hidden cells is itself under ten, or leaves one for each."""
    return bool(together) and (sum(together) < SMALL or sum(together) == len(together))


def hidden_in_groups(counts: Sequence[int], *levels: Sequence[Hashable]) -> list[bool]:
    """`hidden_of` within each group of each level, the finest first: for cells of which the sums of these are told somewhere as well (pure)."""
    hidden = [False] * len(counts)
    for places in _groups(levels):
        told = hidden_of([counts[place] for place in places], [hidden[place] for place in places])
        for place, is_hidden in zip(places, told, strict=True):
            hidden[place] = is_hidden
    return hidden


def _groups(levels: Sequence[Sequence[Hashable]]) -> Iterator[list[int]]:
    """The places of each group, level by level."""
    for groups in levels:
        for group in dict.fromkeys(groups):
            yield [place for place, one in enumerate(groups) if one == group]


def is_all_hidden(counts: Sequence[int], hidden: Sequence[bool]) -> bool:
    """Nothing of a table may be told. Then it is left out: with a total beside it, its rows alone would say who made that up (pure)."""
    return any(hidden) and all(is_hidden for count, is_hidden in zip(counts, hidden, strict=True) if count)


def instead_of(
    measure: Measure, tallies: Sequence[Tally], *levels: Sequence[Hashable], hidden: Sequence[bool] = ()
) -> list[str] | None:
    """What stands in each line of a table of one figure instead of its numbers, for who sees aggregates only; empty in what may be told,
    None when that is nothing (pure).

    `levels`: parts of the table of which the sums are told as well. `hidden` says which lines, when more than these decides it.
    """
    counts = [one.denominator for one in tallies]
    sums = (*levels, [True] * len(counts))
    told = list(hidden) or hidden_in_groups(counts, *sums)
    if measure.tells_channels:
        told = hidden_of([one.numerator for one in tallies], told)
        told = hidden_of([one.misses for one in tallies], told)
    if is_all_hidden(counts, told):
        return None
    said = parts_words(counts, told, *sums)
    return [word if is_hidden else "" for word, is_hidden in zip(said, told, strict=True)]


def share_of(tally: Tally, hides_small: bool) -> float | None:
    """In percent; None without data, and when it is too small for who sees aggregates only."""
    if tally.is_empty or (hides_small and is_small(tally)):
        return None
    return 100 * tally.numerator / tally.denominator


def share_words(share: float | None) -> str:
    """`87,5 %`; a dash when there is nothing to say."""
    return f"{wording.points(share)}{wording.percent_sign()}" if share is not None else "–"


def count_words(count: int, hides_small: bool) -> str:
    """`1.105`; `< 10` when it is too small for who sees aggregates only."""
    return f"< {SMALL}" if hides_small and 0 < count < SMALL else wording.number(count)


def parts_words(counts: Sequence[int], hidden: Sequence[bool], *levels: Sequence[Hashable]) -> list[str]:
    """Counts that add up to a number that is told as well, with the hidden ones in words: `< 10`, but a dash where that and their sum
    would leave one possibility. `levels`: the groups whose sums are told; without any it is that of all."""
    dashed: set[int] = set()
    for places in _groups(levels or ([True] * len(counts),)):
        kept_back = [place for place in places if hidden[place] and counts[place]]
        if _bounds_tell([counts[place] for place in kept_back]):
            dashed.update(kept_back)
    return [
        ("–" if place in dashed else hidden_words(count)) if hidden[place] else wording.number(count)
        for place, count in enumerate(counts)
    ]


def _bounds_tell(together: Sequence[int]) -> bool:
    """Whether hidden cells, each known to be under ten or not, can add up to their sum in one way only."""
    few = sum(count < SMALL for count in together)
    large = len(together) - few
    lowest, highest = few + SMALL * large, (SMALL - 1) * few
    return bool(few) and (sum(together) == lowest or (not large and sum(together) == highest))


def hidden_words(count: int) -> str:
    """`< 10`; a dash for a larger cell, which is hidden because of a small one."""
    return f"< {SMALL}" if count < SMALL else "–"
