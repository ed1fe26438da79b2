"""Which answers become figures together, so that no figure and no difference of figures says what fewer than ten people answered (pure).

Every answer belongs to one batch for ever, a batch counts as a whole or not at all, and it carries what all its answers have in common:
the channel and the place always, the team and the theme when they are the same. Whatever is filtered is a sum of whole batches, and the difference of two
such sums is one too: nobody can come closer to an answer than nine others (docs/surveys.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

FEWEST: Final = 10
"""Answers under which a figure says nothing (norms-and-kpis §4)."""
WAIT_FOR_THEME: Final = timedelta(days=14)
WAIT_FOR_TEAM: Final = timedelta(days=56)


@dataclass(frozen=True)
class Waiting:
    """An answer that does not count yet."""

    pk: Hashable
    channel: str
    team: int | None
    theme: int | None
    on: date
    place: int | None = None
    """Where anybody may answer; None: of who was asked."""
    feeds: bool = True
    """Whether it counts in the figures with a norm."""
    round: int | None = None
    """The questionnaire that was held for some time."""


@dataclass(frozen=True)
class Batch:
    """Answers that count from now on. `team` and `theme` only when all of them share it."""

    pks: tuple[Hashable, ...]
    channel: str
    team: int | None
    theme: int | None
    on: date
    """The day of the last of them."""
    place: int | None = None
    feeds: bool = True
    round: int | None = None


def batches(waiting: Iterable[Waiting], today: date, over: Collection[int] = ()) -> list[Batch]:
    """As fine as ten answers allow: per team and theme at once, without a team too, per team after two weeks, per channel after eight.

    Of a questionnaire all answers count together; ten wait until it is `over`, so that the last ones never stay behind.
    """
    made: list[Batch] = []
    pools: dict[tuple[str, int, bool, int], list[Waiting]] = defaultdict(list)
    for one in waiting:
        pools[one.channel, one.place or 0, one.feeds, one.round or 0].append(one)
    for (_channel, _place, _feeds, of_round), pool in sorted(pools.items()):
        if of_round:
            made += _of_round(pool, is_over=of_round in over)
            continue
        rest: list[Waiting] = []
        for team, of_team in _groups(pool, "team"):
            if team is None and len(of_team) >= FEWEST:  # nothing finer to wait for
                made.append(_batch(of_team, None, _shared(of_team)))
                continue
            left: list[Waiting] = []
            for theme, group in _groups(of_team, "theme"):
                if len(group) >= FEWEST and team is not None and theme is not None:
                    made.append(_batch(group, team, theme))
                else:
                    left += group
            if len(left) >= FEWEST and team is not None and _oldest(left) <= today - WAIT_FOR_THEME:
                made.append(_batch(left, team, _shared(left)))
            else:
                rest += left
        if len(rest) >= FEWEST and _oldest(rest) <= today - WAIT_FOR_TEAM:
            teams = {one.team for one in rest}
            made.append(_batch(rest, teams.pop() if len(teams) == 1 else None, _shared(rest)))
    return made


def _of_round(pool: Sequence[Waiting], *, is_over: bool) -> list[Batch]:
    count = len(pool) if is_over else len(pool) - FEWEST
    if count < FEWEST:
        return []
    return [_batch(sorted(pool, key=lambda one: one.on)[:count], None, None)]


def _groups(pool: Sequence[Waiting], name: str) -> list[tuple[int | None, list[Waiting]]]:
    found: dict[int | None, list[Waiting]] = defaultdict(list)
    for one in pool:
        found[getattr(one, name)].append(one)
    return sorted(found.items(), key=lambda item: (item[0] is None, item[0] or 0))


def _oldest(pool: Sequence[Waiting]) -> date:
    return min(one.on for one in pool)


def _shared(pool: Sequence[Waiting]) -> int | None:
    themes = {one.theme for one in pool}
    return themes.pop() if len(themes) == 1 else None


def _batch(pool: Sequence[Waiting], team: int | None, theme: int | None) -> Batch:
    one = pool[0]
    pks, on = tuple(each.pk for each in pool), max(each.on for each in pool)
    return Batch(pks, one.channel, team, theme, on, one.place, one.feeds, one.round)
