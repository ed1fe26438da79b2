"""A share that was kept, as a number and in words, and what of it is hidden: one place for the dashboard and the reports."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from kpi.measures.base import Measure, Tally
from kpi.reach import SMALL
from kpi.scope import Scope
from organisation import wording
from organisation.rounding import beside


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
    """Whether the sum of hidden cells is itself under ten, or leaves one possibility."""
    return 0 < sum(together) < SMALL or _is_one_way(together)


def _is_one_way(together: Sequence[int]) -> bool:
    """Whether hidden cells, each known to be under ten or not, can add up to their sum in one way only."""
    few = sum(count < SMALL for count in together)
    large = len(together) - few
    lowest, highest = few + SMALL * large, (SMALL - 1) * few
    return bool(few) and (sum(together) == lowest or (not large and sum(together) == highest))


def hidden_in_groups(counts: Sequence[int], *levels: Sequence[Hashable]) -> list[bool]:
    """`hidden_of` within each group of each level, the finest first: for cells of which the sums of these are told somewhere as well; all of it
    when a sum of ten or more still leaves one possibility for the few that made it up (pure)."""
    hidden = [False] * len(counts)
    for places in _groups(levels):
        told = hidden_of([counts[place] for place in places], [hidden[place] for place in places])
        for place, is_hidden in zip(places, told, strict=True):
            hidden[place] = is_hidden
    return [count > 0 for count in counts] if _leaves_one_way(counts, hidden, levels) else hidden


def _leaves_one_way(counts: Sequence[int], hidden: Sequence[bool], levels: Sequence[Sequence[Hashable]]) -> bool:
    """Whether the sum of some group leaves one possibility for what is hidden of it; a sum under ten is hidden itself."""
    together = ([counts[place] for place in places if hidden[place] and counts[place]] for places in _groups(levels))
    return any(sum(kept_back) >= SMALL and _is_one_way(kept_back) for kept_back in together)


def _groups(levels: Sequence[Sequence[Hashable]]) -> Iterator[list[int]]:
    """The places of each group, level by level."""
    for groups in levels:
        for group in dict.fromkeys(groups):
            yield [place for place, one in enumerate(groups) if one == group]


def hidden_in_turn(counts: Sequence[int]) -> list[bool]:
    """Which of these are hidden when each lies within the next, as a month within its quarter: those under ten, and those that differ by less
    than ten from what is shown around them (pure)."""
    hidden: list[bool] = []
    around = 0
    for count in reversed(counts):
        hidden.append(0 < count < SMALL or 0 < around - count < SMALL)
        around = around if hidden[-1] else count
    return hidden[::-1]


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
    said = parts_words(counts, told)
    return [word if is_hidden else "" for word, is_hidden in zip(said, told, strict=True)]


def share_of(tally: Tally, hides_small: bool) -> float | None:
    """In percent; None without data, and when it is too small for who sees aggregates only."""
    if tally.is_empty or (hides_small and is_small(tally)):
        return None
    return 100 * tally.numerator / tally.denominator


def share_words(share: float | None, target: float | None = None) -> str:
    """`87,5 %`; a dash when there is nothing to say."""
    return f"{wording.points(beside(share, target))}{wording.percent_sign()}" if share is not None else "–"


def count_words(count: int, hides_small: bool) -> str:
    """`1.105`; `< 10` when it is too small for who sees aggregates only."""
    return f"< {SMALL}" if hides_small and 0 < count < SMALL else wording.number(count)


def parts_words(counts: Sequence[int], hidden: Sequence[bool], *levels: Sequence[Hashable]) -> list[str]:
    """Counts that add up to a number that is told as well, with the hidden ones in words. Where all is hidden and such a sum still leaves one
    possibility, each is a dash, a nought too: it would say who is left. `levels`: as in `hidden_in_groups`; without any the sum is that of all."""
    if _leaves_one_way(counts, hidden, levels or ([True] * len(counts),)):
        return ["–"] * len(counts)
    return [
        hidden_words(count) if is_hidden else wording.number(count)
        for count, is_hidden in zip(counts, hidden, strict=True)
    ]


def hidden_words(count: int) -> str:
    """`< 10`; a dash for a larger cell, which is hidden because of a small one."""
    return f"< {SMALL}" if count < SMALL else "–"
