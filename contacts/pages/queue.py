"""The queue as the template shows it: everything is text already, so that fifty rows cost a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import Channel
from contacts import keyset
from contacts.models import Question, SavedView
from contacts.prepared import json_list, marked_user, run_prepared, user_shape, user_values
from contacts.queue_filters import FAR, NOBODY, QueueFilters, due_between, due_span, matching, with_term, within
from organisation import wording
from organisation.models import Membership, Municipality, QuestionKind
from organisation.roles import Right
from organisation.shell import CappedCount
from organisation.snapshot import ORGANISATION, Organisation
from organisation.templatetags.opmeer import channel_icon, norm_clock
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.querysets import QuestionQuerySet
    from organisation.models import User

PAGE = 50
MOST = 99
DAYS_AHEAD = 4
COLUMNS = (
    "id",
    "number",
    "title",
    "status",
    "channel",
    "is_confidential",
    "sort_at",
    "due_at",
    "soon_at",
    "received_at",
    "contact_count",
    "version",
    "team_id",
    "assignee_id",
    "assignee__name",
    "customer__name",
    "customer__salutation",
)
_SALUTATIONS = {"mrs": "Mevr. ", "mr": "Dhr. "}


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
class Option:
    """A choice of a filter."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class QueuePage:
    """Everything on the screen; rows are plain dicts because a template reads those fastest."""

    title: str
    lead: str
    tabs: list[Tab]
    load: list[Load]
    rows: list[dict[str, Any]]
    filters: QueueFilters
    options: dict[str, list[Option]]
    subject_options: SafeString
    teams: list[Option]
    members: list[dict[str, Any]]
    query: str
    next_href: str
    previous_href: str
    order_href: str
    is_filtered: bool
    saved_view: Tab | None
    shows_team: bool
    may_export: bool
    printed: str


@dataclass(frozen=True)
class Around:
    """What stands around the rows: the settings and the counters, from one query."""

    house: Organisation
    counts: dict[str, str]
    members: list[dict[str, Any]]
    views: list[dict[str, Any]]


def capped(count: int) -> str:
    """`99+` beyond that: nobody needs the exact number, and no page counts a table."""
    return f"{MOST}+" if count > MOST else str(count)


SAME = (("here_open", "team"), ("here_nobody", "team_nobody"), ("here_waiting", "team_waiting"))
"""On the page of one's own team the page and its tabs count the same."""


def around(filters: QueueFilters, user: User, at: datetime) -> Around:
    """Settings, counters, colleagues and saved lists in one round trip."""
    values: dict[str, Any] = {"at": at, "day": local_day(at), **user_values(user)}
    if filters.team is not None:
        values["team"] = filters.team
    for index, day in enumerate(days_ahead(at)):
        values[f"after_{index}"], values[f"until_{index}"] = due_span(day, at)
    shape = ("queue", user_shape(user), filters.scope, filters.team is not None)
    row = run_prepared(shape, lambda marks: _around(filters.scope, marked_user(user, marks), marks), values) or {}
    counts = {name.removeprefix("n_"): capped(count or 0) for name, count in row.items() if name.startswith("n_")}
    for name, same in SAME:
        counts.setdefault(name, counts[same])
    people: dict[int, dict[str, Any]] = {}
    for person in row.get("people") or []:
        people.setdefault(person["id"], person)
    return Around(
        ORGANISATION.get(row.get("config_version") or 0), counts, list(people.values()), row.get("lists") or []
    )


def _around(scope: str, user: User, marks: dict[str, Any]) -> QuerySet[Any]:
    """The statement; every value in it comes from `marks` or the person."""
    at, chosen_team = marks["at"], marks.get("team")
    here = within(QueueFilters(scope=scope, team=chosen_team), user).open()
    team = within(QueueFilters(), user).open()
    counted: dict[str, QuestionQuerySet] = {
        "here_late": with_term(here, "te_laat", at),
        "here_soon": with_term(here, "bijna", at),
        "mine": within(QueueFilters(scope="mijn"), user).open(),
        "team": team,
        "team_nobody": team.filter(assignee__isnull=True),
        "team_waiting": team.filter(status="waiting"),
    }
    if scope != "team" or chosen_team is not None:
        counted |= {
            "here_open": here,
            "here_nobody": here.filter(assignee__isnull=True),
            "here_waiting": here.filter(status="waiting"),
        }
    for index in range(DAYS_AHEAD + 1):
        counted[f"day_{index}"] = due_between(here, marks[f"after_{index}"], marks[f"until_{index}"])
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        counted["all"] = within(QueueFilters(scope="alles"), user).open()
    members = (
        Membership.objects.valid_on(marks["day"])
        .filter(team_id__in=[chosen_team] if chosen_team is not None else sorted(user.team_ids), user__is_active=True)
        .order_by("user__name", "user_id")
    )
    lists = SavedView.objects.filter(user=user).order_by("position", "id")[:20]
    return (
        Municipality.objects.filter(pk=1)
        .annotate(
            **{f"n_{name}": CappedCount(rows.order_by().values("pk")[: MOST + 1]) for name, rows in counted.items()},
            people=json_list(members, id="user_id", name="user__name"),
            lists=json_list(lists, id="pk", name="name", query="query"),
        )
        .values("config_version", "people", "lists", *(f"n_{name}" for name in counted))
    )


def days_ahead(at: datetime) -> list[date]:
    """Today and the days after it, weekends left out; what is due on a holiday cannot exist."""
    day = local_day(at)
    days = [day]
    while len(days) <= DAYS_AHEAD:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days


def queue_page(
    filters: QueueFilters, user: User, at: datetime, *, after: str = "", before: str = "", view_id: int | None = None
) -> QueuePage:
    """Two queries: the rows, and what stands around them."""
    facts = around(filters, user, at)
    rows = matching(filters, user, at, facts.house)
    found = keyset.page(
        rows.values(*COLUMNS, excerpt=Left("summary", 100)),
        moment=filters.moment,
        newest_first=filters.newest_first,
        after=keyset.Cursor.read(after, FAR),
        before=keyset.Cursor.read(before, FAR),
        size=PAGE,
    )
    query = filters.query()
    shown = [row_words(row, filters, facts.house, at, query) for row in found.rows]
    tabs = tabs_of(filters, facts, user, view_id)
    here = next((tab for tab in tabs if tab.is_current), None)
    base = reverse("contacts:queue")
    return QueuePage(
        title=title_of(filters, facts.house, user, here),
        lead=lead_of(facts.counts) if filters.status in Question.OPEN or filters.status == "open" else "",
        tabs=tabs,
        load=load_of(filters, facts.counts, at),
        rows=shown,
        filters=filters,
        options=options_of(filters, facts, user, at),
        subject_options=subject_options(facts.house, filters.subject),
        teams=[
            Option(str(team.pk), team.name, False)
            for team in sorted(facts.house.teams.values(), key=lambda team: team.name)
            if team.is_active
        ],
        members=facts.members,
        query=query,
        next_href=f"{base}?{_joined(query, 'na=' + shown[-1]['cursor'])}" if found.has_after and shown else "",
        previous_href=f"{base}?{_joined(query, 'voor=' + shown[0]['cursor'])}" if found.has_before and shown else "",
        order_href=f"{base}?{filters.but(order='termijn' if filters.newest_first else 'nieuwste')}",
        is_filtered=filters.but(scope="team", team=None, order="termijn") != "",
        saved_view=here if here is not None and here.saved_id else None,
        shows_team=filters.scope != "team" or len(user.team_ids) > 1,
        may_export=user.may(Right.LISTS_EXPORT),
        printed=wording.moment_long(at),
    )


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


def row_words(
    row: dict[str, Any], filters: QueueFilters, house: Organisation, at: datetime, query: str
) -> dict[str, Any]:
    """One row in words; the link remembers the list and the place in it, for next and previous."""
    cursor = str(keyset.Cursor(row[filters.moment], row["id"]))
    team = house.teams.get(row["team_id"])
    due, note = deadline_of(row, house, at)
    name = row["customer__name"]
    return {
        "number": row["number"],
        "pick": f"{row['number']}:{row['version']}",
        "title": row["title"],
        "excerpt": " ".join(row["excerpt"].split())[:90],
        "href": f"{question_href(row['number'])}?{_joined(f'uit={quoted(query)}', f'plek={cursor}')}",
        "due": due,
        "note": note,
        "channel": channel_icon(row["channel"]),
        "who": f"{_SALUTATIONS.get(row['customer__salutation'], '')}{name}" if name else _("Unknown"),
        "owner": row["assignee__name"] or "",
        "initials": wording.initials(row["assignee__name"]) if row["assignee__name"] else "",
        "may_take": row["assignee_id"] is None and row["status"] in Question.OPEN,
        "team": team.name if team else "",
        "received": wording.day(row["received_at"]),
        "is_confidential": row["is_confidential"],
        "contacts": ngettext("%(count)s contact", "%(count)s contacts", row["contact_count"])
        % {"count": row["contact_count"]}
        if row["contact_count"] > 2
        else "",
        "cursor": cursor,
    }


@lru_cache(maxsize=256)
def quoted(query: str) -> str:
    """A query inside a query."""
    return quote(query, safe="")


def question_href(number: str) -> str:
    """The address of a question; the pattern is looked up once."""
    return _question_pattern().replace("NUMMER", number)


@lru_cache(maxsize=1)
def _question_pattern() -> str:
    return reverse("contacts:question", args=["NUMMER"])


def deadline_of(row: dict[str, Any], house: Organisation, at: datetime) -> tuple[SafeString, str]:
    """The badge of a question in a list, and the small words beside it."""
    status, due_at = row["status"], row["due_at"]
    if status in ("closed", "cancelled"):
        return _settled(str(Question.Status(status).label), status), ""
    if due_at is None:
        if status == "waiting":
            return norm_clock(wording.deadline_words(None, "paused", at)), ""
        return mark_safe(""), _("no deadline")
    late = None
    if at >= due_at:
        calendar = house.calendar_of(row["team_id"]).rules
        late = calendar.working_days_between(wording.last_day(due_at), local_day(at))
    soon = row["soon_at"] is not None and at >= row["soon_at"]
    badge = wording.deadline_words(due_at, "soon" if soon else "running", at, late)
    return (norm_clock(badge), badge.note) if badge else (mark_safe(""), "")


def _settled(words: str, status: str) -> SafeString:
    css = "success" if status == "closed" else "inactive"
    return format_html('<span class="utrecht-status-badge utrecht-status-badge--{}">{}</span>', css, words)


def tabs_of(filters: QueueFilters, facts: Around, user: User, view_id: int | None) -> list[Tab]:
    """Mine, my team's, without assignee, waiting, all; then one's own lists."""
    base = reverse("contacts:queue")
    query = filters.query()
    team_name = own_team_name(facts.house, user)
    wanted = [
        (_("Mine"), QueueFilters(scope="mijn"), facts.counts["mine"]),
        (team_name, QueueFilters(), facts.counts["team"]),
        (_("Without assignee"), QueueFilters(assignee=NOBODY), facts.counts["team_nobody"]),
        (_("Waiting for customer"), QueueFilters(status="waiting"), facts.counts["team_waiting"]),
    ]
    if "all" in facts.counts:
        wanted.append((_("All teams"), QueueFilters(scope="alles"), facts.counts["all"]))
    saved = [view for view in facts.views if view_id == view["id"]]
    tabs = [
        Tab(name, f"{base}?{lists.query() or 'lijst=team'}", count, is_current=not saved and lists.query() == query)
        for name, lists, count in wanted
    ]
    tabs += [
        Tab(view["name"], f"{base}?{_joined(view['query'], 'eigen=' + str(view['id']))}", "", view in saved, view["id"])
        for view in facts.views
    ]
    return tabs


def own_team_name(house: Organisation, user: User) -> str:
    """The name of the one team, or the word for several."""
    teams = [house.teams[pk].name for pk in user.team_ids if pk in house.teams]
    return teams[0] if len(teams) == 1 else _("My teams")


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
    return _("%(open)s open questions: %(late)s overdue, %(soon)s almost overdue, %(nobody)s without assignee.") % {
        "open": counts["here_open"],
        "late": counts["here_late"],
        "soon": counts["here_soon"],
        "nobody": counts["here_nobody"],
    }


def load_of(filters: QueueFilters, counts: dict[str, str], at: datetime) -> list[Load]:
    """What becomes due, as links; each count is that of the list behind it."""
    base = reverse("contacts:queue")
    plain = QueueFilters(scope=filters.scope, team=filters.team)

    def item(count: str, words: str, css: str = "", icon: str = "", **changes: str) -> Load:
        href = plain.but(**changes)
        return Load(count, words, f"{base}?{href}", css, icon, filters.query() == href)

    items = [item(counts["here_late"], _("overdue"), "load__item--late", "alert-triangle", term="te_laat")]
    items.append(item(counts["day_0"], _("today"), "load__item--soon", "hourglass", term="vandaag"))
    for index, day in enumerate(days_ahead(at)[1:], start=1):
        items.append(item(counts[f"day_{index}"], wording.day(day), term=day.isoformat()))
    items.append(
        item(counts["here_waiting"], _("waiting for customer"), "load__item--pause", "player-pause", status="waiting")
    )
    return items


def options_of(filters: QueueFilters, facts: Around, user: User, at: datetime) -> dict[str, list[Option]]:
    """The choices of the filters."""

    def options(chosen: str, pairs: list[tuple[str, str]]) -> list[Option]:
        return [Option(value, words, value == chosen) for value, words in pairs]

    terms = [
        ("", _("Any deadline")),
        ("te_laat", _("overdue")),
        ("bijna", _("almost overdue")),
        ("vandaag", _("today")),
    ]
    terms.append(("week", _("within a week")))
    if filters.term and filters.term not in dict(terms):
        terms.append((filters.term, wording.day(date.fromisoformat(filters.term))))
    people = [("", _("Everybody")), (NOBODY, _("without assignee")), (str(user.pk), _("me"))]
    people += [(str(person["id"]), person["name"]) for person in facts.members if person["id"] != user.pk]
    if filters.assignee and filters.assignee not in dict(people):
        people.append((filters.assignee, _("another colleague")))
    scopes = [("mijn", _("Mine")), ("team", own_team_name(facts.house, user))]
    if user.may(Right.QUESTIONS_ALL_TEAMS):
        scopes.append(("alles", _("All teams")))
    reach = user.team_ids if not user.may(Right.QUESTIONS_ALL_TEAMS) else facts.house.teams
    teams = [(str(pk), facts.house.teams[pk].name) for pk in reach if pk in facts.house.teams]
    status = [
        ("open", _("Open")),
        *((s, str(Question.Status(s).label)) for s in ("new", "in_progress", "waiting", "closed", "cancelled")),
    ]
    return {
        "scope": options(filters.scope, scopes),
        "term": options(filters.term, terms),
        "assignee": options(filters.assignee, people),
        "channel": options(filters.channel, [("", _("Any channel")), *((c.value, str(c.label)) for c in Channel)]),
        "kind": options(filters.kind, [("", _("Any kind")), *((k.value, str(k.label)) for k in QuestionKind)]),
        "status": options(filters.status, [*status, ("all", _("Open and closed"))]),
        "team": options(str(filters.team or ""), [("", _("Any team")), *sorted(teams, key=lambda pair: pair[1])]),
        "order": options(filters.order, [("termijn", _("deadline, oldest first")), ("nieuwste", _("newest first"))]),
    }


def subject_options(house: Organisation, chosen: int | None) -> SafeString:
    """The tree of subjects as options; made once per version of the settings."""
    global _subjects
    if _subjects is None or _subjects[0] is not house:
        _subjects = (house, _subject_tree(house))
    text = _subjects[1]
    if chosen is not None:
        text = text.replace(f'<option value="{chosen}">', f'<option value="{chosen}" selected>', 1)
    return mark_safe(text)  # noqa: S308 - names are escaped below


_subjects: tuple[Organisation, str] | None = None


def _subject_tree(house: Organisation) -> str:
    below: dict[int | None, list[Any]] = {}
    for subject in sorted(house.subjects.values(), key=lambda subject: subject.name.lower()):
        if subject.is_active:
            below.setdefault(subject.parent_id, []).append(subject)
    parts = []
    for theme in below.get(None, []):
        parts.append(f'<option value="{theme.pk}">{escape(theme.name)}</option>')
        parts += [
            f'<option value="{one.pk}">{escape(theme.name)} › {escape(one.name)}</option>'
            for one in below.get(theme.pk, [])
        ]
    return "".join(parts)
