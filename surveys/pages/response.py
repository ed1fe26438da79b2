"""How many were asked and how many answered, beside the marks: with what that does to them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from organisation import wording
from organisation.kept import Kept
from organisation.roles import Right
from surveys.batching import FEWEST
from surveys.models import Invitation
from surveys.pages.filters import Filters
from surveys.querysets import sees_all_teams

if TYPE_CHECKING:
    from organisation.models import User


LOOK_AGAIN_SECONDS = 30
COUNTED: Kept[list[tuple[str, int, int]]] = Kept(32)


@dataclass(frozen=True)
class Asked:
    """How many were asked and answered, on one channel or on all."""

    name: str
    asked: str
    answered: str
    rate: str


def response(chosen: Filters, user: User) -> dict[str, Any]:
    """Who was asked, and in tens who answered; fewer than ten are not shown. Counted at most twice a minute."""
    teams = None if sees_all_teams(user) else user.reading_team_ids
    survey = chosen.survey.pk if chosen.survey else None
    asked_for = (user.may(Right.SURVEYS_READ), teams, chosen.span.first, chosen.span.last, survey, chosen.team_id)
    found = COUNTED.get((asked_for, int(time.monotonic() // LOOK_AGAIN_SECONDS)), lambda: _counted(chosen, user))
    asked, answered = sum(row[1] for row in found), sum(row[2] for row in found)
    if asked < FEWEST:
        return {"response": [], "response_note": ""}
    most_first = sorted(found, key=lambda row: (-row[2], row[0]))
    shown = parts_words([(str(wording.channel_name(channel)), *counts) for channel, *counts in most_first])
    return {
        "response": [asked_words(_("All channels"), asked, answered), *shown],
        "response_note": _bias(found, asked, answered),
    }


def _counted(chosen: Filters, user: User) -> list[tuple[str, int, int]]:
    """Per channel how many were asked and how many answered."""
    rows = Invitation.objects.visible_to(user).filter(
        round__isnull=True, invited_on__gte=chosen.span.first, invited_on__lte=chosen.span.last, is_undelivered=False
    )
    if chosen.survey:
        rows = rows.filter(survey=chosen.survey)
    if chosen.team_id:
        rows = rows.filter(team_id=chosen.team_id)
    counted = (
        rows.order_by().values("channel").annotate(asked=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    )
    return [(row["channel"], row["asked"], row["answered"]) for row in counted]


def tens(count: int) -> int:
    """Rounded: what two periods or filters differ by is never one to nine people."""
    return (count + FEWEST // 2) // FEWEST * FEWEST


def asked_words(name: str, asked: int, answered: int) -> Asked:
    if answered < FEWEST:
        return Asked(name, wording.number(asked), "–", _("too few"))
    rate = wording.percent(min(1.0, tens(answered) / asked), 0)
    return Asked(name, wording.number(asked), wording.number(tens(answered)), rate)


def parts_words(parts: Sequence[tuple[str, int, int]]) -> list[Asked]:
    """Parts of the whole. Of fewer than ten people no part stands alone: those are told together, with the next smallest while they are too few."""
    by_size = sorted(range(len(parts)), key=lambda place: parts[place][1])
    together: list[int] = []
    for place in by_size:
        if parts[place][1] >= FEWEST and sum(parts[one][1] for one in together) not in range(1, FEWEST):
            break
        together.append(place)
    alone = [asked_words(*one) for place, one in enumerate(parts) if place not in together]
    if not together or not alone:
        return alone
    asked, answered = (sum(parts[place][of] for place in together) for of in (1, 2))
    return [*alone, asked_words(_("the rest together"), asked, answered)]


def _bias(found: list[tuple[str, int, int]], asked: int, answered: int) -> str:
    """Which channel weighs more among the answers than among those who were asked; said when it is 5 points or more."""
    if answered < FEWEST:
        return ""
    weights = [
        (tens(of_channel) / tens(answered) - count / asked, channel)
        for channel, count, of_channel in found
        if of_channel >= FEWEST
    ]
    most = max(weights, default=(0.0, ""))
    if most[0] < 0.05:
        return _("Who answered used the same channels as who was asked.")
    return _("Mind: customers of the channel “%(channel)s” answered more often, so they weigh more in the mark.") % {
        "channel": wording.channel_name(most[1])
    }
