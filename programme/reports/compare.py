"""What changed between two moments of the programme (pure): two sets of facts in, a list of changes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LIGHT, SLIPPED, DROPPED, EARLIER, DONE, REOPENED, FINISHED, UNFINISHED, NEW, GONE, MONEY, GOAL, DECISION, RISK = (
    "light",
    "slipped",
    "dropped",
    "earlier",
    "done",
    "reopened",
    "finished",
    "unfinished",
    "new",
    "gone",
    "money",
    "goal",
    "decision",
    "risk",
)
ORDER: Final = (
    LIGHT,
    SLIPPED,
    DROPPED,
    REOPENED,
    DONE,
    EARLIER,
    UNFINISHED,
    FINISHED,
    NEW,
    GONE,
    MONEY,
    GOAL,
    DECISION,
    RISK,
)
"""The order in which they are told: first what asks for attention."""
WORSE: Final = ("on_track", "attention", "behind")
DECIMALS: Final = {"percent": 1, "mark": 1}
"""Of what is told of a goal, by its unit."""


@dataclass(frozen=True)
class Change:
    """One thing that is different; `before` and `after` are the raw values."""

    kind: str
    about: str
    part: str = ""
    """The milestone, or the sort of money."""
    before: Any = None
    after: Any = None
    is_worse: bool = False
    unit: str = ""


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """From `old` to `new`. Projects, goals and places are recognised by what does not change: their ids."""
    found = [
        *_projects(_by(old, "projects"), _by(new, "projects")),
        *_money(_by(old, "money", "key"), _by(new, "money", "key")),
        *_goals(_by(old, "goals"), _by(new, "goals")),
    ]
    known, written = _by(old, "decisions"), old.get("newest_decision")
    found += [
        Change(DECISION, one["text"], one["body"], after=one["on"])
        for key, one in _by(new, "decisions").items()
        if key not in known and (one["on"] > old.get("day", "") or (written is not None and key > written))
    ]
    risks = {*_by(old, "risks"), *old.get("risk_ids", ())}
    found += [Change(RISK, one["text"], is_worse=True) for key, one in _by(new, "risks").items() if key not in risks]
    return sorted(found, key=lambda change: ORDER.index(change.kind))


def _by(facts: Mapping[str, Any], name: str, key: str = "id") -> dict[Any, Mapping[str, Any]]:
    return {one[key]: one for one in facts.get(name, [])}


def _projects(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[Change]:
    found = [Change(NEW, one["name"]) for key, one in new.items() if key not in old]
    found += [Change(GONE, one["name"]) for key, one in old.items() if key not in new]
    for key, after in new.items():
        before = old.get(key)
        if before is None:
            continue
        if after["done"] and not before["done"]:
            found.append(Change(FINISHED, after["name"], after=after["done"]))
        elif before["done"] and not after["done"]:
            found.append(Change(UNFINISHED, after["name"], after["reason"], is_worse=True))
        elif before["light"] != after["light"]:
            worse = WORSE.index(after["light"]) > WORSE.index(before["light"])
            found.append(Change(LIGHT, after["name"], after["reason"], before["light"], after["light"], worse))
        found += _milestones(after["name"], _by(before, "milestones"), _by(after, "milestones"))
    return found


def _milestones(about: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[Change]:
    gone = [one["name"] for key, one in old.items() if key not in new and not one["done"]]
    found = [Change(DROPPED, about, name, is_worse=True) for name in gone]
    for key, after in new.items():
        before = old.get(key)
        if before is None:
            continue
        name = after["name"]
        if after["done"] and not before["done"]:
            found.append(Change(DONE, about, name, before["due"], after["done"]))
        elif before["done"] and not after["done"]:
            found.append(Change(REOPENED, about, name, before["done"], after["due"], True))
        elif after["due"] != before["due"] and not after["done"]:
            is_later = after["due"] > before["due"]
            found.append(Change(SLIPPED if is_later else EARLIER, about, name, before["due"], after["due"], is_later))
    return found


def _money(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[Change]:
    found = []
    parts = ("budget", "committed", "spent")
    gone = {key: {**one, **dict.fromkeys(parts, 0)} for key, one in old.items() if key not in new}
    for key, after in {**new, **gone}.items():
        before = old.get(key, {})
        for part in parts:
            was = before.get(part, 0)
            if was != after[part]:
                over = after["spent"] + after["committed"] > after["budget"]
                found.append(Change(MONEY, after["name"], part, was, after[part], over))
    return found


def _goals(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[Change]:
    found = []
    for key, after in new.items():
        was, now = _told(old.get(key, {})), _told(after)
        if key not in old or now is None or was == now:
            continue
        worse = was is not None and (now < was if after["is_up"] else now > was)
        found.append(Change(GOAL, after["name"], before=was, after=now, is_worse=worse, unit=after["unit"]))
    return found


def _told(goal: Mapping[str, Any]) -> float | None:
    """As it is written: what reads the same did not change. Reports of before the written number was kept hold the measured one."""
    number = goal.get("told", goal.get("actual"))
    return None if number is None else round(number, DECIMALS.get(goal["unit"], 0))
