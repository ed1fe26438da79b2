"""What a list of questions shows, read from the address and written back to it; and the rows that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from channels_app.models import Channel
from contacts import normalize
from contacts.finding.recognise import recognise
from contacts.finding.words import WordsAsked
from contacts.models import Customer, Question
from contacts.models.question import FAR_FUTURE
from organisation.models import QuestionKind
from organisation.numbers import whole
from organisation.roles import Right
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contacts.querysets import QuestionQuerySet
    from organisation.models import User
    from organisation.snapshot import Organisation

FAR = datetime.fromisoformat(FAR_FUTURE)
LISTS = ("mijn", "team", "alles")
STATUSES = {
    "open": Question.OPEN,
    "new": ("new",),
    "in_progress": ("in_progress",),
    "waiting": ("waiting",),
    "closed": ("closed",),
    "cancelled": ("cancelled",),
    "all": (),
}
TERMS = ("te_laat", "bijna", "vandaag", "week")
NOBODY = "geen"
TRIGRAM = 3
MOST_NAMED = 500
"""Customers of one name that a list looks for."""
LONGEST_QUERY = 2_000
"""Filters in an address are never longer, also with a hundred letters to search for that each take twelve there."""
_NAMES = {
    "scope": "lijst",
    "status": "status",
    "term": "termijn",
    "team": "team",
    "assignee": "behandelaar",
    "channel": "kanaal",
    "subject": "onderwerp",
    "kind": "soort",
    "words": "zoek",
    "since": "van",
    "until": "tot",
    "order": "volgorde",
}


@dataclass(frozen=True)
class QueueFilters:
    """Every field is safe to use: what the address said wrongly fell back to the default."""

    scope: str = "team"
    status: str = "open"
    term: str = ""
    """te_laat | bijna | vandaag | week, or a day as 2026-11-25."""
    team: int | None = None
    assignee: str = ""
    """An id, `geen`, or empty for everybody."""
    channel: str = ""
    subject: int | None = None
    kind: str = ""
    words: str = ""
    since: str = ""
    until: str = ""
    order: str = "termijn"

    @property
    def newest_first(self) -> bool:
        return self.order == "nieuwste"

    @property
    def is_open(self) -> bool:
        """Whether only open questions are asked for."""
        return self.status == "open" or self.status in Question.OPEN

    @property
    def moment(self) -> str:
        """The column that the list is ordered by."""
        return "received_at" if self.newest_first else "sort_at"

    @property
    def is_steady(self) -> bool:
        """Nothing in it that was typed, and no day: such lists differ in few ways, and their statements are worth keeping."""
        is_person = self.assignee not in ("", NOBODY)
        return not (self.words or self.since or self.until or self.subject or is_person) and self.term in (
            "",
            "te_laat",
            "bijna",
        )

    @lru_cache(maxsize=256)  # noqa: B019 - of values, a page asks it of the same lists a dozen times
    def query(self) -> str:
        """The part of the address after `?`; only what differs from the default."""
        plain = QueueFilters()
        pairs = [
            (name, getattr(self, field))
            for field, name in _NAMES.items()
            if getattr(self, field) != getattr(plain, field)
        ]
        return urlencode([(name, str(value)) for name, value in pairs if value not in ("", None)])

    def but(self, **changes: Any) -> str:
        """The address of the same list with another filter."""
        return replace(self, **changes).query()


def read_filters(data: Mapping[str, str], user: User) -> QueueFilters:
    """The filters in an address, within what this person may ask for."""

    def word(field: str) -> str:
        return str(data.get(_NAMES[field], ""))[:200].strip()

    def number(field: str) -> int | None:
        return whole(word(field))

    status = word("status") if word("status") in STATUSES else "open"
    is_open = status in ("open", "new", "in_progress", "waiting")
    assignee = word("assignee")
    scope = word("scope") if word("scope") in LISTS else "team"
    if scope == "alles" and not user.may(Right.QUESTIONS_ALL_TEAMS):
        scope = "team"
    term = word("term")
    return QueueFilters(
        scope=scope,
        status=status,
        term=term if is_open and (term in TERMS or _day(term)) else "",
        team=number("team"),
        assignee=assignee if assignee == NOBODY or whole(assignee) else "",
        channel=word("channel") if word("channel") in Channel.values else "",
        subject=number("subject"),
        kind=word("kind") if word("kind") in QuestionKind.values else "",
        words=normalize.clean_line(word("words"), 100),
        since=word("since") if _day(word("since")) else "",
        until=word("until") if _day(word("until")) else "",
        order="nieuwste" if word("order") == "nieuwste" or not is_open else "termijn",
    )


def read_query(text: str, user: User) -> QueueFilters:
    """The same from the part of an address after `?`, as saved lists and links keep it."""
    try:
        return read_filters(dict(parse_qsl(text[:LONGEST_QUERY], max_num_fields=40)), user)
    except ValueError:
        return read_filters({}, user)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and "1990" <= text < "2100" else None
    except ValueError:
        return None


def matching(filters: QueueFilters, user: User, at: datetime, house: Organisation) -> QuestionQuerySet:
    """The questions of this list that this person may see, without an order."""
    rows = within(filters, user)
    statuses = STATUSES[filters.status]
    if statuses == Question.OPEN:
        rows = rows.open()
    elif statuses:
        rows = rows.filter(status__in=statuses)
        if filters.status in Question.OPEN:
            rows = rows.open()
    rows = with_term(rows, filters.term, at)
    if filters.assignee == NOBODY:
        rows = rows.filter(assignee__isnull=True)
    elif filters.assignee:
        rows = rows.filter(assignee_id=int(filters.assignee))
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.subject is not None:
        rows = rows.filter(subject_id__in=sorted(house.subject_ids_below(filters.subject)) or [filters.subject])
    since, until = _day(filters.since), _day(filters.until)
    if since:
        rows = rows.filter(received_at__gte=day_start(since))
    if until:
        rows = rows.filter(received_at__lt=day_start(until + timedelta(days=1)))
    if filters.words:
        rows = rows.filter(_words(filters.words, at, house))
    return rows


def within(filters: QueueFilters, user: User) -> QuestionQuerySet:
    """Mine, my team's or everybody's, narrowed to one team when the address says so."""
    rows: QuestionQuerySet = Question.objects.visible_to(user)
    if filters.scope == "mijn":
        rows = rows.filter(assignee=user)
    elif filters.scope == "team" and filters.team is None:
        teams = sorted(user.team_ids)
        rows = rows.filter(team_id=teams[0]) if len(teams) == 1 else rows.filter(team_id__in=teams)
    if filters.team is not None:
        rows = rows.of_team(filters.team)
    return rows


def with_term(rows: QuestionQuerySet, term: str, at: datetime) -> QuestionQuerySet:
    """Only what is due then; `sort_at` stands beside the exact condition because the index is on it."""
    if term == "te_laat":
        return rows.overdue(at).filter(sort_at__lte=at)
    if term == "bijna":
        return rows.almost_due(at).filter(sort_at__gt=at, sort_at__lt=FAR)
    if term == "vandaag":
        return due_on(rows, local_day(at), at)
    if term == "week":
        return rows.filter(status__in=("new", "in_progress"), sort_at__lte=day_start(local_day(at) + timedelta(days=8)))
    day = _day(term)
    return due_on(rows, day, at) if day else rows


def due_on(rows: QuestionQuerySet, day: date, at: datetime) -> QuestionQuerySet:
    """Not overdue yet, and due at the end of (or within) this local day."""
    return due_between(rows, *due_span(day, at))


def due_span(day: date, at: datetime) -> tuple[datetime, datetime]:
    """After which moment, and until which."""
    return max(day_start(day), at), day_start(day + timedelta(days=1))


def due_between(rows: QuestionQuerySet, after: datetime, until: datetime) -> QuestionQuerySet:
    return rows.filter(status__in=("new", "in_progress"), sort_at__gt=after, sort_at__lte=until)


def _words(text: str, at: datetime, house: Organisation) -> Q:
    """Words of the title and the text, or of the customer's name; a question number is that question, or one of another system in a text."""
    prefix = house.municipality.number_prefix
    typed = recognise(text, prefix, local_day(at).year)
    found = Q(search=WordsAsked(text))
    if typed.kind == "number":
        numbered = Q(number=typed.value)
        return numbered if typed.value.startswith(f"{prefix.upper()}-") else numbered | found
    customers = _named(text)
    return found | Q(customer_id__in=customers) if customers else found


def _named(text: str) -> list[int]:
    """Ids of customers with all these words in their name; fetched first, so that both halves of the search use an index."""
    words = [word for word in normalize.plain(text).split() if len(word) >= TRIGRAM][:6]
    people = Customer.objects.all()
    for word in words:
        people = people.filter(search_text__contains=word)
    return list(people.order_by().values_list("pk", flat=True)[:MOST_NAMED]) if words else []
