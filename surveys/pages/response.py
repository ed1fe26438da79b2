"""How many were asked and how many answered, beside the marks: with what that does to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from organisation import wording
from surveys.batching import FEWEST
from surveys.models import Invitation
from surveys.pages.filters import Filters

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class Asked:
    """How many were asked and answered, on one channel or on all."""

    name: str
    asked: str
    answered: str
    rate: str


def response(chosen: Filters, user: User) -> dict[str, Any]:
    """Who was asked and who answered; fewer than ten asked are not shown."""
    rows = Invitation.objects.visible_to(user).filter(
        invited_on__gte=chosen.span.first, invited_on__lte=chosen.span.last, is_undelivered=False
    )
    if chosen.survey:
        rows = rows.filter(survey=chosen.survey)
    if chosen.team_id:
        rows = rows.filter(team_id=chosen.team_id)
    counted = (
        rows.order_by().values("channel").annotate(asked=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    )
    found = [(row["channel"], row["asked"], row["answered"]) for row in counted]
    asked, answered = sum(row[1] for row in found), sum(row[2] for row in found)
    if asked < FEWEST:
        return {"response": [], "response_note": ""}
    shown = [_asked(str(name), *counts) for name, *counts in _rows(found)]
    return {
        "response": [_asked(_("All channels"), asked, answered), *shown],
        "response_note": _bias(found, asked, answered),
    }


def _rows(found: list[tuple[str, int, int]]) -> list[tuple[object, int, int]]:
    """A row per channel; those with fewer than ten answers stand together, with more until they are ten, so that no sum gives one away."""
    rows: list[tuple[object, int, int]] = [
        (wording.channel_name(channel), asked, answered)
        for channel, asked, answered in sorted(found, key=lambda row: -row[2])
    ]
    few = [row for row in rows if row[2] < FEWEST]
    rows = rows[: len(rows) - len(few)]
    while rows and few and sum(row[2] for row in few) < FEWEST:
        few.append(rows.pop())
    if few and rows:
        rows.append((_("other channels together"), sum(row[1] for row in few), sum(row[2] for row in few)))
    return rows


def _asked(name: str, asked: int, answered: int) -> Asked:
    rate = _("too few") if answered < FEWEST else wording.percent(answered / asked, 0)
    return Asked(name, wording.number(asked), wording.number(answered) if answered >= FEWEST else "–", rate)


def _bias(found: list[tuple[str, int, int]], asked: int, answered: int) -> str:
    """Which channel weighs more among the answers than among those who were asked; said when it is 5 points or more."""
    if answered < FEWEST:
        return ""
    weights = [
        (of_channel / answered - count / asked, channel) for channel, count, of_channel in found if count >= FEWEST
    ]
    most = max(weights, default=(0.0, ""))
    if most[0] < 0.05:
        return _("Who answered used the same channels as who was asked.")
    return _("Mind: customers of the channel “%(channel)s” answered more often, so they weigh more in the mark.") % {
        "channel": wording.channel_name(most[1])
    }
