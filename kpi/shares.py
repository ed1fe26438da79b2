"""A share that was kept, as a number and in words, and what of it is hidden: one place for the dashboard and the reports."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from kpi.measures.base import Measure, Tally
from kpi.reach import SMALL
from organisation import wording


def is_small(tally: Tally) -> bool:
    """Under ten: it may point at somebody."""
    return 0 < tally.denominator < SMALL


def is_few(measure: Measure, tally: Tally) -> bool:
    """Whether this figure is hidden from who sees aggregates only: it is small, or what it tells of the channels is."""
    parts = (tally.numerator, tally.misses) if measure.tells_channels else ()
    return is_small(tally) or any(0 < part < SMALL for part in parts)


def hidden_tallies(measure: Measure, tallies: Sequence[Tally]) -> list[bool]:
    """`hidden_of` for the lines of a table of one figure (pure)."""
    columns = [[one.denominator for one in tallies]]
    if measure.tells_channels:
        columns += [[one.numerator for one in tallies], [one.misses for one in tallies]]
    return [any(line) for line in zip(*(hidden_of(counts) for counts in columns), strict=True)]


def hidden_of(counts: Sequence[int], already: Sequence[bool] = ()) -> list[bool]:
    """Which cells of a table are hidden from who sees aggregates only: those under ten, and when these together are under ten too, the
    next smallest: the total that stands beside them never gives away by subtraction what fewer than ten make up (pure).
    `already`: hidden for another reason.
    """
    hidden = [0 < count < SMALL or told for count, told in zip(counts, already or [False] * len(counts), strict=True)]
    together = sum(count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden)
    if 0 < together < SMALL:
        shown = [place for place, count in enumerate(counts) if count >= SMALL and not hidden[place]]
        if shown:
            hidden[min(shown, key=lambda place: (counts[place], place))] = True
    return hidden


def hidden_in_groups(counts: Sequence[int], *levels: Sequence[Hashable]) -> list[bool]:
    """`hidden_of` within each group of each level, the finest first: for cells of which the sums of these are told somewhere as well (pure)."""
    hidden = [False] * len(counts)
    for groups in levels:
        for group in dict.fromkeys(groups):
            places = [place for place, one in enumerate(groups) if one == group]
            told = hidden_of([counts[place] for place in places], [hidden[place] for place in places])
            for place, is_hidden in zip(places, told, strict=True):
                hidden[place] = is_hidden
    return hidden


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


def parts_words(counts: Sequence[int], hidden: Sequence[bool]) -> list[str]:
    """Counts that add up to a number that is told as well, with the hidden ones in words."""
    return [
        hidden_words(count) if is_hidden else wording.number(count)
        for count, is_hidden in zip(counts, hidden, strict=True)
    ]


def hidden_words(count: int) -> str:
    """`< 10`; a dash for a larger cell, which is hidden because of a small one."""
    return f"< {SMALL}" if count < SMALL else "–"
