"""The one table of status moves of a question (architecture §5.7; pure)."""

from types import MappingProxyType
from typing import Final

NEW, IN_PROGRESS, WAITING, CLOSED, CANCELLED = "new", "in_progress", "waiting", "closed", "cancelled"

MOVES: Final = MappingProxyType(
    {
        "take": {NEW: IN_PROGRESS, IN_PROGRESS: IN_PROGRESS, WAITING: WAITING},
        "release": {IN_PROGRESS: NEW, NEW: NEW, WAITING: WAITING},
        "forward": {NEW: NEW, IN_PROGRESS: NEW, WAITING: WAITING},
        "ask_customer": {NEW: WAITING, IN_PROGRESS: WAITING, WAITING: WAITING},
        "resume": {WAITING: IN_PROGRESS},
        "interim": {NEW: IN_PROGRESS, IN_PROGRESS: IN_PROGRESS, WAITING: WAITING},
        "close": {NEW: CLOSED, IN_PROGRESS: CLOSED, WAITING: CLOSED},
        "cancel": {NEW: CANCELLED, IN_PROGRESS: CANCELLED, WAITING: CANCELLED},
        "reopen": {CLOSED: IN_PROGRESS, CANCELLED: NEW},
    }
)


class MoveRefused(ValueError):
    """The act does not fit the status the question has now; `act` and `status` say which."""

    def __init__(self, act: str, status: str) -> None:
        super().__init__(f"cannot {act} a question that is {status}")
        self.act = act
        self.status = status


def after(act: str, status: str) -> str:
    """The status after this act; raises `MoveRefused` when the table has no such move."""
    try:
        return MOVES[act][status]
    except KeyError as error:
        raise MoveRefused(act, status) from error


def may(act: str, status: str) -> bool:
    """Whether the act fits the status; screens show only buttons that fit."""
    return status in MOVES[act]
