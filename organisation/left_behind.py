"""What would be nobody's when a team is put out of use; apps above say what they know of it."""

from __future__ import annotations

from collections.abc import Callable

from organisation.models import Team

LEFT_BEHIND: list[Callable[[Team], str]] = []
"""Each gives a sentence that says what stands in the way and who can do something about it; empty when nothing does."""


def left_behind(team: Team) -> str:
    """The first thing that stands in the way; empty when the team can go."""
    return next(filter(None, (ask(team) for ask in LEFT_BEHIND)), "")
