"""The screen where the addresses of the big screens are made, changed and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kpi.actions.wall_links import latest_last_day
from kpi.forms.wall import LinkForm
from kpi.models import WallLink
from kpi.news import SOON
from kpi.pages.wall import where
from organisation import wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day

MOST = 200


@dataclass(frozen=True)
class LinkRow:
    """One screen as the list shows it; `state` is works, soon, expired or ended."""

    name: str
    hint: str
    shows: str
    until: str
    last_used: str
    made: str
    state: str
    href: str
    is_selected: bool


@dataclass(frozen=True)
class LinksPage:
    """Everything on the screen."""

    rows: list[LinkRow]
    left_out: str
    """A sentence when there are more; else empty."""
    link: WallLink | None
    works: bool
    last_used: str
    form: LinkForm | None
    form_action: str
    address: str
    """Of the new link, shown in this answer only."""
    may_see: bool
    """Whether this person may open the wallboard itself."""


def links_page(
    house: Organisation,
    at: datetime,
    link: WallLink | None = None,
    form: LinkForm | None = None,
    *,
    action: str = "",
    address: str = "",
    may_see: bool = False,
) -> LinksPage:
    """One query. What works stands first, then what ended, the newest end first."""
    is_over = Q(ended_at__isnull=False) | Q(expires_at__lte=at)
    found = list(
        WallLink.objects.select_related("created_by")
        .annotate(over_since=Case(When(is_over, then=Coalesce("ended_at", "expires_at"))))
        .order_by(F("over_since").desc(nulls_first=True), Lower("name"), "pk")[: MOST + 1]
    )
    return LinksPage(
        rows=[_row(one, house, at, link) for one in found[:MOST]],
        left_out=_("The list stops at %(count)s: the addresses that ended longest ago are not in it.") % {"count": MOST}
        if len(found) > MOST
        else "",
        link=link,
        works=link is not None and link.works(at),
        last_used=_last_used(link, local_day(at)) if link is not None else "",
        form=form,
        form_action=action,
        address=address,
        may_see=may_see,
    )


def link_form(house: Organisation, at: datetime, link: WallLink | None = None, data: object = None) -> LinkForm:
    """As the link is now, or empty and valid for a year."""
    form = LinkForm(data, initial=initial(link) if link else {"last_day": latest_last_day(local_day(at))})  # type: ignore[arg-type]
    chosen = link.team_ids if link is not None else []
    teams = [team for team in house.teams.values() if team.is_active or team.pk in chosen]
    return form.offer((team.pk, team.name) for team in sorted(teams, key=lambda team: team.name))


def initial(link: WallLink) -> dict[str, object]:
    return {
        "name": link.name,
        "teams": link.team_ids,
        "last_day": wording.last_day(link.expires_at),
        "version": link.version,
    }


def _row(link: WallLink, house: Organisation, at: datetime, selected: WallLink | None) -> LinkRow:
    today = local_day(at)
    return LinkRow(
        name=link.name,
        hint=link.token_hint,
        shows=where(house, frozenset(link.team_ids)) or _("all teams"),
        until=_until(link, today),
        last_used=_last_used(link, today),
        made=_("%(who)s, %(day)s") % {"who": link.created_by, "day": wording.day(link.created_at, today)},
        state=_state(link, at),
        href=reverse("kpi:wall_link", args=[link.pk]),
        is_selected=selected is not None and link.pk == selected.pk,
    )


def _until(link: WallLink, today: date) -> str:
    if link.ended_at is not None:
        return pgettext("an address", "ended on %(day)s") % {"day": wording.day(link.ended_at, today)}
    return wording.day(wording.last_day(link.expires_at), today)


def _last_used(link: WallLink, today: date) -> str:
    return wording.moment(link.last_used_at, today) if link.last_used_at else _("never")


def _state(link: WallLink, at: datetime) -> str:
    if link.ended_at is not None:
        return "ended"
    if link.expires_at <= at:
        return "expired"
    return "soon" if link.expires_at - at <= SOON else "works"
