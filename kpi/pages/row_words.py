"""One row of the list behind a figure in words: moment, question, team, channel, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kpi import words
from kpi.measures.base import SHARE, Measure
from organisation import wording
from organisation.addresses import address
from organisation.snapshot import Organisation
from organisation.workdays import local_day

WAITS = {"call": lazy("Wait"), "held": lazy("Time with the team"), "text": lazy("Level")}
"""Head of the column with how long it took, or how hard it is, of the sources that have one."""


@dataclass(frozen=True)
class Row:
    moment: str
    wait: str
    title: str
    href: str
    team: str
    channel: str
    number: str
    is_hit: bool


def verdict_word(measure: Measure) -> str:
    """Only of a figure with a norm a row is in time or too late; of another it counts above the line or not."""
    if measure.kind != SHARE:
        return ""
    return _("Norm") if measure.has_norm else words.hits_word(measure)


def shown(measure: Measure, row: dict[str, Any], house: Organisation, at: datetime) -> Row:
    """One row in words."""
    number = row.get("number") or row.get("first_number") or ""
    team = row.get("team_id") or row.get("first_team")
    channel = row.get("channel", "phone")
    return Row(
        moment=f"{wording.day(row['its_moment'], local_day(at))} {wording.clock(row['its_moment'])}",
        wait=_measured(row),
        title=row.get("title") or row.get("first_title") or "",
        href=address("contacts:question", number) if number else "",
        team=house.teams[team].name if team in house.teams else "–",
        channel=str(wording.channel_name(channel)),
        number=masked(row["caller"]) if "caller" in row else "",
        is_hit=row["is_hit"] is True,
    )


def _measured(row: dict[str, Any]) -> str:
    if "held_seconds" in row:
        return words.length(row["held_seconds"])
    return _wait(row) if "wait_seconds" in row else row.get("level", "")


def _wait(row: dict[str, Any]) -> str:
    if row["outcome"] == "abandoned":
        return _("hung up after %(wait)s") % {"wait": words.seconds(row["wait_seconds"])}
    return words.seconds(row["wait_seconds"])


def masked(caller: str) -> str:
    """`0226 …44`: enough to recognise, not to call."""
    if not caller:
        return _("unknown")
    digits = "0" + caller[3:] if caller.startswith("+31") else caller
    start = digits[:2] if digits.startswith("06") else digits[:4]
    return f"{start} …{digits[-2:]}" if len(digits) > 6 else "…"
