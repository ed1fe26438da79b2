"""The facts of a report in words: lights, values of goals, euros, changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisation import wording
from programme.forecast import LIKELY, UNLIKELY
from programme.models import Light
from programme.models.rounds import Body
from programme.reports import compare as c

TONES = {Light.ON_TRACK.value: "ok", Light.ATTENTION.value: "warn", Light.BEHIND.value: "late"}
ICONS = {"ok": "circle-check", "warn": "alert-triangle", "late": "clock-x", "done": "flag", "none": "circle-dashed"}


def light(code: str, *, is_done: bool = False) -> str:
    if is_done:
        return _("ready")
    return str(Light(code).label) if code in Light.values else _("not known")


def tone(code: str, *, is_done: bool = False) -> str:
    """ok, warn, late, done or none: the look of a light."""
    return "done" if is_done else TONES.get(code, "none")


def body(code: str) -> str:
    return {
        Body.MT.value: _("the MT"),
        Body.COLLEGE.value: _("the executive"),
        Body.COUNCIL.value: _("the council"),
    }.get(code, code)


def value(number: float | None, unit: str) -> str:
    """`87,5 %`, `7,1`, `28 seconden`; a dash when there is none."""
    if number is None:
        return "–"
    if unit == "percent":
        return wording.percent(number / 100)
    if unit == "seconds":
        return _("%(count)s sec.") % {"count": wording.number(round(number))}
    if unit == "mark":
        return wording.number(number, 1)
    return wording.number(round(number))


def euros(amount: float | int | None) -> str:
    return f"€\u00a0{wording.number(round(amount or 0))}"


def day(text: str) -> str:
    """`15 januari 2027` from `2027-01-15`; empty for nothing."""
    if not text:
        return ""
    on = date.fromisoformat(text)
    return f"{on.day} {wording.MONTHS_LONG[wording.language()][on.month - 1]} {on.year}"


def short_day(text: str) -> str:
    if not text:
        return ""
    on = date.fromisoformat(text)
    return f"{on.day} {wording.MONTHS[wording.language()][on.month - 1]} {on.year}"


def outlook(goal: Mapping[str, Any]) -> str:
    """What the trend says about the target."""
    if goal["target"] is None:
        return _("There is no target.")
    if goal["ahead"] is None:
        return _("Too few measurements for a forecast.")
    said = {"year": goal["ahead_year"], "value": value(goal["ahead"], goal["unit"])}
    if goal["reaches"] == LIKELY:
        return _("If this goes on, %(year)s ends at %(value)s: the target is likely reached.") % said
    if goal["reaches"] == UNLIKELY:
        return _("If this goes on, %(year)s ends at %(value)s: the target is likely not reached.") % said
    return _("If this goes on, %(year)s ends at %(value)s: it is uncertain whether the target is reached.") % said


def met(goal: Mapping[str, Any]) -> str:
    if goal["actual"] is None:
        return _("no data")
    if goal["met"] is None:
        return _("no target")
    return _("goal met") if goal["met"] else _("not reached yet")


def change(one: c.Change) -> str:
    """One change as a sentence."""
    said = {"about": one.about, "part": one.part}
    if one.kind == c.LIGHT:
        return _("%(about)s goes from “%(before)s” to “%(after)s”: %(part)s") % {
            **said,
            "before": light(one.before),
            "after": light(one.after),
        }
    if one.kind in (c.SLIPPED, c.EARLIER, c.DONE, c.REOPENED):
        said |= {"before": short_day(one.before), "after": short_day(one.after)}
        return {
            c.SLIPPED: _("%(about)s: “%(part)s” moves from %(before)s to %(after)s."),
            c.EARLIER: _("%(about)s: “%(part)s” comes earlier: %(after)s instead of %(before)s."),
            c.DONE: _("%(about)s: “%(part)s” was reached on %(after)s."),
            c.REOPENED: _("%(about)s: “%(part)s” is not reached after all; planned for %(after)s."),
        }[one.kind] % said
    if one.kind == c.DROPPED:
        return _("%(about)s: “%(part)s” is no longer a milestone.") % said
    if one.kind == c.UNFINISHED:
        return _("%(about)s is not ready after all: %(part)s") % said
    if one.kind == c.FINISHED:
        return _("%(about)s is ready since %(after)s.") % {**said, "after": short_day(one.after)}
    if one.kind == c.MONEY:
        said |= {"part": money_part(one.part), "before": euros(one.before), "after": euros(one.after)}
        return _("%(about)s: %(part)s from %(before)s to %(after)s.") % said
    if one.kind == c.GOAL:
        said |= {"before": value(one.before, one.unit), "after": value(one.after, one.unit)}
        if one.before is None:
            return _("%(about)s: now %(after)s; there was no figure before.") % said
        return _("%(about)s: from %(before)s to %(after)s.") % said
    return {
        c.NEW: _("New project: %(about)s."),
        c.GONE: _("No longer a project: %(about)s."),
        c.DECISION: _("Decision: %(about)s"),
        c.RISK: _("New risk: %(about)s"),
    }[one.kind] % said


def money_part(part: str) -> str:
    return {"budget": pgettext("money", "budget"), "committed": pgettext("money", "committed")}.get(
        part, pgettext("money", "spent")
    )


def kind(code: str) -> str:
    """The heading over changes of one kind."""
    return {
        c.LIGHT: _("Lights that moved"),
        c.SLIPPED: _("Milestones that moved"),
        c.DONE: _("Milestones that were reached"),
        c.FINISHED: _("Projects"),
        c.MONEY: _("Money"),
        c.GOAL: _("Goals"),
        c.DECISION: _("Decisions"),
        c.RISK: _("Risks"),
    }[HEADINGS[code]]


HEADINGS = {
    c.LIGHT: c.LIGHT,
    c.SLIPPED: c.SLIPPED,
    c.DROPPED: c.SLIPPED,
    c.REOPENED: c.SLIPPED,
    c.EARLIER: c.SLIPPED,
    c.DONE: c.DONE,
    c.FINISHED: c.FINISHED,
    c.UNFINISHED: c.FINISHED,
    c.NEW: c.FINISHED,
    c.GONE: c.FINISHED,
    c.MONEY: c.MONEY,
    c.GOAL: c.GOAL,
    c.DECISION: c.DECISION,
    c.RISK: c.RISK,
}


def changes(found: list[c.Change]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """(heading, [(sentence, whether it is worse)]) in the order in which they are told."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    for one in found:
        groups.setdefault(kind(one.kind), []).append((change(one), one.is_worse))
    return list(groups.items())
