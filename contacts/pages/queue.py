"""The queue as the template shows it: everything is text already, so that fifty rows cost a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import keyset
from contacts.models import Question
from contacts.pages.queue_around import Around, around, days_ahead
from contacts.pages.queue_options import Options, options_of, own_team_name, subject_options
from contacts.pages.queue_rows import ROW, joined, rows_markup
from contacts.queue_filters import FAR, NOBODY, QueueFilters, matching
from organisation import wording
from organisation.addresses import address
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.presence import names_to_choose
from organisation.roles import Right

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from organisation.models import User
    from organisation.snapshot import Organisation

PAGE = 50
IN_ONE_CLICK: Final = {
    "mine": QueueFilters(scope="mijn").query(),
    "team": QueueFilters().query(),
    "team_nobody": QueueFilters(assignee=NOBODY).query(),
    "team_waiting": QueueFilters(status="waiting").query(),
    "all": QueueFilters(scope="alles").query(),
}
"""Counter (contacts/pages/queue_around.py) → the list in one click that it counts, as it stands in the address."""


@dataclass(frozen=True)
class Tab:
    """A list in one click; the first six also by a digit."""

    name: str
    href: str
    count: str = ""
    is_current: bool = False
    saved_id: int | None = None


@dataclass(frozen=True)
class Load:
    """How much becomes due then, as a link to that very list."""

    count: str
    words: str
    href: str
    css: str = ""
    icon: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class QueuePage:
    """Everything on the screen; the rows are markup already."""

    title: str
    lead: str
    tabs: list[Tab]
    load: list[Load]
    rows: SafeString
    filters: QueueFilters
    options: Options
    subject_options: SafeString
    teams: tuple[tuple[int, str], ...]
    members: tuple[tuple[int, str], ...]
    query: str
    next_href: str
    previous_href: str
    order_href: str
    is_filtered: bool
    found: str
    """How many the filters leave, when that is known without counting a table."""
    saved_view: Tab | None
    shows_team: bool
    may_export: bool
    printed: str


def queue_page(
    filters: QueueFilters,
    user: User,
    at: datetime,
    *,
    after: str = "",
    before: str = "",
    view_id: int | None = None,
    look: Mapping[str, Any] | None = None,
) -> QueuePage:
    """Two queries: the rows, and what stands around them. `look`: who looks, which is written along."""
    facts = around(filters, user, at, look)
    place = keyset.Cursor.read(after, FAR), keyset.Cursor.read(before, FAR)
    found = found_rows(filters, user, at, facts.house, *place)
    query = filters.query()
    ends = [str(keyset.Cursor(row[filters.moment], row["id"])) for row in (found.rows[:1] + found.rows[-1:])]
    shows_team = filters.scope != "team" or len(user.team_ids) > 1
    tabs = tabs_of(filters, facts, user, view_id)
    options = options_of(filters, facts, user, at)
    here = next((tab for tab in tabs if tab.is_current), None)
    base = address("contacts:queue")
    is_filtered = filters.but(scope="team", team=None, order="termijn") != ""
    return QueuePage(
        title=title_of(filters, facts.house, user, here),
        lead=lead_of(facts.counts) if filters.status in Question.OPEN or filters.status == "open" else "",
        tabs=tabs,
        load=load_of(filters, facts.counts, at),
        rows=rows_markup(found.rows, filters, facts.house, at, shows_team=shows_team),
        filters=filters,
        options=options,
        subject_options=subject_options(facts.house, filters.subject),
        teams=facts.house.team_choices,
        members=names_to_choose(facts.members),
        query=query,
        next_href=f"{base}?{joined(query, 'na=' + ends[-1])}" if found.has_after and ends else "",
        previous_href=f"{base}?{joined(query, 'voor=' + ends[0])}" if found.has_before and ends else "",
        order_href=f"{base}?{filters.but(order='termijn' if filters.newest_first else 'nieuwste')}",
        is_filtered=is_filtered,
        found=_found_words(found) if is_filtered else "",
        saved_view=here if here is not None and here.saved_id else None,
        shows_team=shows_team,
        may_export=user.may(Right.LISTS_EXPORT),
        printed=wording.printed(at),
    )


def _found_words(found: keyset.Slice) -> str:
    if found.has_before or not found.rows:
        return ""
    if found.has_after:
        return _("More than %(count)s questions with these filters") % {"count": PAGE}
    count = len(found.rows)
    return ngettext("%(count)s question with these filters", "%(count)s questions with these filters", count) % {
        "count": count
    }


def found_rows(
    filters: QueueFilters,
    user: User,
    at: datetime,
    house: Organisation,
    after: keyset.Cursor | None,
    before: keyset.Cursor | None,
) -> keyset.Slice:
    """One page of the list; the statement of a steady list is kept."""
    backwards = before is not None and after is None
    cursor = before if backwards else after

    def wanted(by: User, moment: datetime, place: keyset.Cursor | None) -> QuerySet[Any]:
        rows = keyset.query(
            matching(filters, by, moment, house),
            moment=filters.moment,
            newest_first=filters.newest_first,
            cursor=place,
            backwards=backwards,
            size=PAGE,
        )
        return ROW.texts_of(rows)

    def marked(marks: dict[str, Any]) -> QuerySet[Any]:
        place = keyset.Cursor(marks["place_at"], marks["place_pk"]) if "place_at" in marks else None
        return wanted(marked_user(user, marks), marks["at"], place)

    if filters.is_steady:
        values = {"at": at, **user_values(user)} | ({"place_at": cursor.at, "place_pk": cursor.pk} if cursor else {})
        shape = ("rows of a list", user_shape(user), filters, cursor is not None, backwards)
        told = rows_prepared(shape, marked, values)
    else:
        told = list(wanted(user, at, cursor))
    rows = ROW.read(one["text"] for one in told)
    return keyset.sliced(rows, cursor=cursor, backwards=backwards, size=PAGE)


def tabs_of(filters: QueueFilters, facts: Around, user: User, view_id: int | None) -> list[Tab]:
    """Mine, my team's, without assignee, waiting, all; then one's own lists."""
    base = address("contacts:queue")
    query = filters.query()
    names = {
        "mine": _("Mine"),
        "team": own_team_name(facts.house, user),
        "team_nobody": _("Without assignee"),
        "team_waiting": _("Waiting for customer"),
        "all": _("All teams"),
    }
    saved = [view for view in facts.views if view_id == view["id"]]
    tabs = [
        Tab(names[code], f"{base}?{own or 'lijst=team'}", facts.counts[code], is_current=not saved and own == query)
        for code, own in IN_ONE_CLICK.items()
        if code in facts.counts
    ]
    tabs += [
        Tab(view["name"], f"{base}?{joined(view['query'], 'eigen=' + str(view['id']))}", "", view in saved, view["id"])
        for view in facts.views
    ]
    return tabs


def title_of(filters: QueueFilters, house: Organisation, user: User, here: Tab | None) -> str:
    if here is not None and here.saved_id:
        return here.name
    if filters.team in house.teams:
        return house.teams[filters.team].name  # type: ignore[index]
    if filters.scope == "mijn":
        return _("Mine")
    return _("All teams") if filters.scope == "alles" else own_team_name(house, user)


def lead_of(counts: dict[str, str]) -> str:
    """What is the case, in one sentence."""
    told = {name: counts[f"here_{name}"] for name in ("open", "late", "soon", "nobody")}
    return (
        ngettext(
            "%(open)s open question: %(late)s overdue, %(soon)s almost overdue, %(nobody)s without assignee.",
            "%(open)s open questions: %(late)s overdue, %(soon)s almost overdue, %(nobody)s without assignee.",
            1 if told["open"] == "1" else 2,
        )
        % told
    )


def load_of(filters: QueueFilters, counts: dict[str, str], at: datetime) -> list[Load]:
    """What becomes due, as links; each count is that of the list behind it."""
    base, query = address("contacts:queue"), filters.query()

    def item(count: str, words: str, css: str = "", icon: str = "", term: str = "", status: str = "open") -> Load:
        href = _narrowed(filters.scope, filters.team, term, status)
        return Load(count, words, f"{base}?{href}", css if count != "0" else "", icon, query == href)

    items = [item(counts["here_late"], _("overdue"), "load__item--late", "alert-triangle", term="te_laat")]
    items.append(item(counts["day_0"], _("today"), "load__item--soon", "hourglass", term="vandaag"))
    for index, day in enumerate(days_ahead(at)[1:], start=1):
        items.append(item(counts[f"day_{index}"], wording.day(day), term=day.isoformat()))
    items.append(
        item(counts["here_waiting"], _("waiting for customer"), "load__item--pause", "player-pause", status="waiting")
    )
    return items


@lru_cache(maxsize=256)
def _narrowed(scope: str, team: int | None, term: str, status: str) -> str:
    """The part of the address after `?`; the same few at every page of a day."""
    return QueueFilters(scope=scope, team=team, term=term, status=status).query()
