"""What happened in one call, from its events: late, twice, out of order or with some missing, the same events give the same facts (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

ENTERED, RINGING, ANSWERED, HELD, RESUMED = "entered", "ringing", "answered", "held", "resumed"
TRANSFERRED, VOICEMAIL, OVERFLOW, ENDED = "transferred", "voicemail", "overflow", "ended"
KINDS: Final = (ENTERED, RINGING, ANSWERED, HELD, RESUMED, TRANSFERRED, VOICEMAIL, OVERFLOW, ENDED)
"""In the order in which they happen, for events of one moment. `ended` also tells of a call that was given up."""
_RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class PhoneEvent:
    """One event of one leg of a call; `leg` empty: the call as a whole. `at`: the exchange's time, never after ours."""

    kind: str
    at: datetime
    leg: str = ""
    queue: str = ""
    caller: str = ""
    agent: str = ""
    is_test: bool = False


@dataclass(frozen=True)
class CallFacts:
    """`state`: waiting, ringing, talking, held or ended. `outcome` is empty until it is known."""

    state: str
    outcome: str
    entered_at: datetime
    """Never after the pick-up, and the end never before it: clocks of an exchange may differ."""
    answered_at: datetime | None
    ended_at: datetime | None
    queue: str
    caller: str
    agent: str
    """Who rings or talks; of a call that ended who talked last."""
    first_agent: str
    """Who picked up first: the call is counted for that person."""
    transfers: int
    is_test: bool

    @property
    def wait_seconds(self) -> int:
        """From entering the queue to the first pick-up, else to the end."""
        until = self.answered_at or self.ended_at or self.entered_at
        return max(0, int((until - self.entered_at).total_seconds()))


def fold(events: Iterable[PhoneEvent]) -> CallFacts:
    """The facts; raises ValueError without events."""
    rows = sorted(events, key=lambda one: (one.at, _RANK[one.kind], one.leg, one.agent))
    if not rows:
        raise ValueError("a call without events")
    entered = [one for one in rows if one.kind == ENTERED]
    answers = [one for one in rows if one.kind == ANSWERED]
    answered_at = answers[0].at if answers else None
    entered_at = min((entered or rows)[0].at, answered_at or rows[-1].at)
    ended_at = _end(rows)
    if ended_at is not None:
        ended_at = max(ended_at, answered_at or entered_at)
    outcome = _outcome(rows, answers, ended_at)
    state, agent = _state(rows, ended_at)
    return CallFacts(
        state=state,
        outcome=outcome,
        entered_at=entered_at,
        answered_at=answered_at,
        ended_at=ended_at,
        queue=_first(one.queue for one in [*entered, *rows]),
        caller=_first(one.caller for one in rows),
        agent=agent,
        first_agent=_first(one.agent for one in answers),
        transfers=sum(one.kind == TRANSFERRED for one in rows),
        is_test=any(one.is_test for one in rows),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _end(rows: list[PhoneEvent]) -> datetime | None:
    """The call is over when it ended as a whole, when the caller's own leg did, or when each leg did of a call that was picked up.

    Of one that nobody picked up a desk stopped ringing: the caller waits for the next.
    """
    ends = [one for one in rows if one.kind in (ENDED, VOICEMAIL)]
    if not ends:
        return None
    callers = {one.leg for one in rows if one.kind == ENTERED and one.leg}
    whole = [one.at for one in ends if not one.leg or one.leg in callers or one.kind == VOICEMAIL]
    if whole:
        return whole[-1]
    legs = {one.leg for one in rows if one.leg}
    is_picked_up = any(one.kind == ANSWERED for one in rows)
    return ends[-1].at if is_picked_up and legs <= {one.leg for one in ends} else None


def _outcome(rows: list[PhoneEvent], answers: list[PhoneEvent], ended_at: datetime | None) -> str:
    """Exactly one, by what weighs most."""
    if any(one.is_test for one in rows):
        return "test"
    if answers:
        return "answered"
    kinds = {one.kind for one in rows}
    if VOICEMAIL in kinds:
        return "voicemail"
    if OVERFLOW in kinds:
        return "overflow"
    return "abandoned" if ended_at is not None else ""


def _state(rows: list[PhoneEvent], ended_at: datetime | None) -> tuple[str, str]:
    """How the call stands after its last event, and at whom."""
    state, agent, talking, over = "waiting", "", "", set()
    for one in rows:
        if one.kind == ENTERED and not talking and state == "ended":
            state = "waiting"  # it comes back in another queue
        elif one.kind == OVERFLOW and not talking:
            state, agent = "ended", ""
        elif one.kind == RINGING and not talking:
            state, agent = "ringing", one.agent or agent
        elif one.kind == ANSWERED:
            state, agent = "talking", one.agent or agent
            talking = agent or "?"
        elif one.kind == HELD and talking:
            state = "held"
        elif one.kind == RESUMED and talking:
            state = "talking"
        elif one.kind == TRANSFERRED and one.agent:
            state, agent, talking = "ringing", one.agent, ""
        elif one.kind == ENDED and one.leg:
            over.add(one.leg)
    if ended_at is not None:
        return "ended", agent
    if state == "ringing" and not talking and agent and _has_stopped_ringing(rows, agent, over):
        return "waiting", ""
    return state, agent


def _has_stopped_ringing(rows: list[PhoneEvent], agent: str, over: set[str]) -> bool:
    """The leg that rang at this person ended: the call waits on for somebody else."""
    rang = [one.leg for one in rows if one.kind in (RINGING, TRANSFERRED) and one.agent == agent]
    return bool(rang) and bool(rang[-1]) and rang[-1] in over
