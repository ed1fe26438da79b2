"""The list of agreements with teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpi import words
from kpi.models import TeamAgreement
from kpi.pages.agreement_rows import dates_of, day_choice, day_of, own_page, views_of
from kpi.pages.agreement_shapes import AgreementsPage, EndedView, TeamLink
from kpi.promises import DUE, LATE, state_on
from organisation.paging import page_newest_first
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

ENDED: Final = 25


def agreements_page(user: User, params: QueryDict, house: Organisation, at: datetime) -> AgreementsPage:
    """Everything that is in force or begins later, with results; below it what has ended."""
    today = local_day(at)
    day = day_of(params, today)
    visible = TeamAgreement.objects.visible_to(user).select_related("team", "agreed_with")
    alive = list(visible.exclude(ends_on__lt=today).order_by("team__name", "starts_on"))
    alive.sort(key=lambda row: state_on(row, today) not in (DUE, LATE))
    ended = page_newest_first(visible.filter(ends_on__lt=today), params, moment="ends_on", size=ENDED)
    may_write = user.may(Right.AGREEMENTS_WRITE)
    taken = {row.team_id for row in alive}
    without = [team for team in house.teams.values() if team.is_active and team.pk not in taken]
    states = [state_on(row, today) for row in alive]
    return AgreementsPage(
        title=_title(states),
        lead=_("What the Servicecentrum and a team agreed, and how it is kept."),
        day=day_choice(day, today),
        agreements=views_of(alive, user, house, at, day),
        ended=[
            EndedView(
                row.team.name,
                own_page(row),
                dates_of(row, today),
                row.end_reason,
            )
            for row in ended.rows
        ],
        without=[
            TeamLink(team.name, reverse("kpi:agreement_new", args=[team.code]))
            for team in sorted(without, key=lambda one: one.name)
        ]
        if may_write
        else [],
        may_write=may_write,
        query=f"dag={day.isoformat()}" if day != today else "",
        next_query=ended.next_query,
    )


def _title(states: Sequence[str]) -> str:
    """`Vijf afspraken met teams, waarvan twee te bespreken`."""
    count = len(states)
    if not count:
        return _("No agreements with teams yet")
    title = ngettext("%(count)s agreement with a team", "%(count)s agreements with teams", count) % {
        "count": words.number_word(count)
    }
    waiting = sum(state in (DUE, LATE) for state in states)
    if waiting:
        title += ", " + ngettext("%(count)s to be discussed", "%(count)s to be discussed", waiting) % {
            "count": words.number_word(waiting)
        }
    return words.capital(title)
