"""The fields that an end needs: who is handed the question, who calls back, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from contacts.forms.phone_to_call import phone_to_call
from contacts.forms.registration import Block, Typed
from contacts.forms.registration_route import routed_for
from contacts.models import Customer
from contacts.pages.candidates import Candidate
from contacts.pages.registration_answer import colleagues, promised
from organisation import wording
from organisation.choice import Choice
from organisation.numbers import whole
from organisation.snapshot import Organisation
from organisation.wording import Badge


@dataclass(frozen=True)
class Panel:
    """Fields that an end needs; only the open one is not hidden."""

    badge: Badge | None
    teams: tuple[Choice, ...]
    people: tuple[Choice, ...]
    who: tuple[Choice, ...]
    moments: tuple[Choice, ...]
    team: str
    phone: str
    name: str


def panel_of(
    typed: Typed,
    block: Block,
    customer: Customer | None,
    chosen: Candidate | None,
    at: datetime,
    house: Organisation,
) -> Panel:
    routed = routed_for(typed, block, customer, house)
    open_panel = typed.get("panel")
    chosen_team = whole(typed.get("forward_team")) if open_panel == "forward" else None
    team = house.teams.get(chosen_team or 0, routed.team)
    made = promised(typed, block, "callback" if open_panel == "callback" else "forward", team.pk, at, house)
    badge = None
    if made:
        codes = [one for one in made if one.code == "callback.done"] if open_panel == "callback" else made
        first = min(codes or made, key=lambda one: one.due_at)
        badge = Badge("ok", first.words, "clock")
    people = colleagues(team.pk, at) if open_panel == "forward" else []
    callers = colleagues(routed.team.pk, at) if open_panel == "callback" else []
    moment = typed.get("callback_moment")
    return Panel(
        badge=badge,
        teams=(
            Choice("", _("%(team)s (by the rules)") % {"team": routed.team.name}, not typed.get("forward_team")),
            *(
                Choice(str(one.pk), one.name, str(one.pk) == typed.get("forward_team"))
                for one in sorted(house.teams.values(), key=lambda one: one.name)
                if one.is_active
            ),
        ),
        people=(
            Choice("", _("Nobody yet: the team shares it out"), not typed.get("forward_who")),
            *(Choice(str(one.id), one.label, str(one.id) == typed.get("forward_who")) for one in people),
        ),
        who=(
            Choice("", _("Team %(team)s") % {"team": routed.team.name}, not typed.get("callback_who")),
            *(Choice(f"user:{one.id}", one.label, f"user:{one.id}" == typed.get("callback_who")) for one in callers),
        ),
        moments=tuple(Choice(kept, words, kept == moment) for kept, words in _moments(at, house, moment)),
        team=routed.team.name,
        phone=phone_to_call(typed, chosen.phone if chosen else "", house),
        name=typed.get("callback_name") or (chosen.name if chosen else typed.get("new_name")),
    )


def _moments(at: datetime, house: Organisation, chosen: str) -> list[tuple[str, str]]:
    """When the customer can be called, as (what is kept, what stands on the button): kept with its day, for who reads it tomorrow."""
    calendar = house.default_calendar
    local = wording.local(at)
    today = local.date()
    days = [today + timedelta(days=ahead) for ahead in range(15)]
    working = [one for one in days if calendar is None or calendar.rules.is_working_day(one)]
    day = next((one for one in working if one > today), days[1])
    is_tomorrow = day == today + timedelta(days=1)
    morning = _("%(day)s in the morning") % {"day": wording.day(day)}
    afternoon = _("%(day)s in the afternoon") % {"day": wording.day(day)}
    moments = []
    if today in working and local.hour < 12:
        moments.append((_("%(day)s in the afternoon") % {"day": wording.day(today)}, _("This afternoon")))
    elif today in working and local.hour < 15:
        time = f"{local.hour + 1}:00"
        kept = _("%(day)s after %(time)s") % {"day": wording.day(today), "time": time}
        moments.append((kept, _("Today after %(time)s") % {"time": time}))
    moments += [
        (morning, _("Tomorrow morning") if is_tomorrow else morning),
        (afternoon, _("Tomorrow afternoon") if is_tomorrow else afternoon),
        (_("Any time"), _("Any time")),
    ]
    return moments if not chosen or chosen in dict(moments) else [(chosen, chosen), *moments]
