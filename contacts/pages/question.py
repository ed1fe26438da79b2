"""The question screen as the template shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.account_words import account_words
from contacts.models import Question, QuestionLink
from contacts.pages.came_from import CameFrom, neighbour_href
from contacts.pages.clock_card import ClockCard, clock_card
from contacts.pages.customer_pane import ADDRESS_ICONS
from contacts.pages.letters_waiting import letter_entries
from contacts.pages.planned import Moment, moments, planned_entries
from contacts.pages.question_answers import Answers, answers_for
from contacts.pages.question_callback import Callback, callback_of
from contacts.pages.question_link import link_words, question_href
from contacts.pages.question_may import may_do
from contacts.pages.queue import title_of
from contacts.pages.timeline import timeline
from contacts.pages.timeline_entry import CUSTOMER, EVENT, NOTE, moment_of
from contacts.pages.timeline_markup import Piece, pieces
from contacts.pages.who_sees import who_sees
from knowledge.snapshot import articles_of
from organisation import wording
from organisation.addresses import address
from organisation.models import QuestionKind
from organisation.presence import names_to_choose
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import User
    from organisation.snapshot import Organisation

SHOWS = {"": (CUSTOMER, EVENT, NOTE), CUSTOMER: (CUSTOMER,), NOTE: (NOTE,)}


@dataclass(frozen=True)
class Address:
    """How the customer is reached."""

    icon: str
    value: str
    is_preferred: bool
    kind: str
    is_dead: bool


@dataclass(frozen=True)
class Other:
    """Another question of this customer, or a linked one."""

    href: str
    title: str
    line: str
    channel: str = ""
    link: int | None = None
    """What links it, when that can be taken away."""


@dataclass(frozen=True)
class QuestionPage:
    question: Question
    clock: ClockCard
    pieces: list[Piece]
    """Of the timeline."""
    show: str
    subject: str
    status_css: str
    status_icon: str
    status_words: str
    kind: str
    received: str
    counts: str
    team: str
    assignee: str
    why: str
    who_sees: str
    customer: str
    customer_name: str
    customer_line: str
    customer_remark: str
    customer_id: int | None
    addresses: list[Address]
    others: list[Other]
    has_more_others: bool
    links: list[Other]
    callback: Callback | None
    viewers: list[str]
    looked: str
    members: tuple[tuple[int, str], ...]
    templates: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    teams: tuple[tuple[int, str], ...]
    crumb: str
    crumb_href: str
    next_href: str
    previous_href: str
    from_query: str
    answers: Answers
    may: dict[str, bool] = field(default_factory=dict)
    merged_into: str = ""
    where: str = ""
    later: list[Moment] = field(default_factory=list)
    """When a reply could leave later."""


def _who_answered(question: Question, facts: dict[str, Any]) -> str:
    """Of a closed question that nobody had taken: who gave the last answer."""
    if question.status != Question.Status.CLOSED:
        return ""
    answers = [
        row["by"]
        for row in facts["contacts_"]
        if row["is_answer"] and row["by"] and (row["direction"] == "out" or question.is_direct)
    ]
    return answers[-1] if answers else ""


def _where(row: dict[str, Any]) -> str:
    """An address, a point, or both."""
    point = f"{row['latitude']}, {row['longitude']}" if row["latitude"] is not None else ""
    return " · ".join(part for part in (row["address"], point) if part)


def question_page(
    question: Question,
    facts: dict[str, Any],
    user: User,
    at: datetime,
    house: Organisation,
    came_from: CameFrom,
    show: str = "",
) -> QuestionPage:
    """Of what `question_with_facts` found; asks nothing more."""
    today = local_day(at)
    show = show if show in SHOWS else ""
    entries = timeline(facts, house, today, is_direct=question.is_direct)
    entries += letter_entries(facts["letters_"], at)
    entries += planned_entries(facts["planned_"], at)
    team = house.teams.get(question.team_id)
    subjects = house.subject_line(question.subject_id)
    customer = question.customer
    contacts = facts["contacts_"]
    channels = {row["channel"] for row in contacts if not row["is_automatic"]}
    filters = came_from.filters
    return QuestionPage(
        question=question,
        clock=clock_card(question, facts["clocks_"], house, at),
        pieces=pieces(entry for entry in entries if entry.group in SHOWS[show]),
        show=show,
        subject=" › ".join(subject.name for subject in reversed(subjects)),
        status_css=STATUS_LOOKS[question.status][0],
        status_icon=STATUS_LOOKS[question.status][1],
        status_words=_status_words(question),
        kind=str(QuestionKind(question.kind).label),
        received=_("Received %(when)s by %(channel)s")
        % {
            "when": wording.moment(question.received_at, today),
            "channel": wording.channel_inside(question.channel),
        },
        counts=_counts(len(contacts), len(channels)),
        team=team.name if team else "",
        assignee=str(question.assignee) if question.assignee else _who_answered(question, facts),
        why=_why_here(facts["assignments_"]),
        who_sees=who_sees(question, facts["named_"], team.name if team else ""),
        customer=customer.full_name if customer else _("Unknown customer"),
        customer_name=customer.name if customer else "",
        customer_line=customer.address_line if customer else "",
        customer_remark=customer.remark if customer else "",
        customer_id=customer.pk if customer else None,
        addresses=[_address(row, customer.name if customer else "") for row in facts["addresses_"]],
        others=[_other(row, today) for row in facts["others_"][:4]],
        has_more_others=len(facts["others_"]) > 4,
        links=[_link(row, question.number) for row in facts["links_"]],
        where=next((_where(row) for row in facts["where_"]), ""),
        callback=callback_of(facts["callbacks_"]),
        viewers=viewer_words(facts["viewers_"]),
        looked=_looked(facts["looked_"]),
        members=_members(question, facts["members_"]),
        templates=_by_subject(facts["templates_"], question.subject_id, house),
        teams=house.team_choices,
        crumb=title_of(filters, house, user, None) if filters else (team.name if team else _("Queue")),
        crumb_href=f"{address('contacts:queue')}?{filters.query() if filters else ''}",
        next_href=neighbour_href(question, came_from, "volgende"),
        previous_href=neighbour_href(question, came_from, "vorige"),
        from_query=came_from.raw,
        answers=answers_for(articles_of(question.subject_id, house), contacts, subjects[0].name if subjects else ""),
        may=may_do(question, user, facts),
        later=moments(question, house, at) if question.is_open else [],
    )


def _members(question: Question, rows: list[dict[str, Any]]) -> tuple[tuple[int, str], ...]:
    """Of its team; and who holds it from elsewhere, for without that one the list would begin with nobody."""
    found = names_to_choose(rows)
    who = question.assignee
    return found if who is None or who.pk in dict(found) else (*found, (who.pk, who.name))


def _why_here(rows: list[dict[str, Any]]) -> str:
    """Why the question is with this team: the reason with which it came there."""
    why, team = "", None
    for row in rows:
        if row["team"] != team:
            why, team = row["reason"], row["team"]
    return why


STATUS_LOOKS = {
    "new": ("active", "inbox"),
    "in_progress": ("active", "progress"),
    "waiting": ("inactive", "player-pause"),
    "closed": ("success", "circle-check"),
    "cancelled": ("inactive", "ban"),
}


def _status_words(question: Question) -> str:
    words = str(Question.Status(question.status).label)
    reason = str(Question.CloseReason(question.close_reason).label) if question.close_reason else ""
    if question.status == Question.Status.CLOSED:
        return reason or words
    return f"{words}: {reason.lower()}" if reason else words


def _counts(contacts: int, channels: int) -> str:
    first = ngettext("%(count)s contact", "%(count)s contacts", contacts) % {"count": contacts}
    second = ngettext("on %(count)s channel", "on %(count)s channels", channels) % {"count": channels}
    return f"{first} {second}"


def _address(row: dict[str, Any], name: str) -> Address:
    icon, words = ADDRESS_ICONS.get(row["kind"], "at"), account_words(row["value"], name)
    return Address(icon, words, row["preferred"], row["kind"], row["bounced"] is not None)


def _other(row: dict[str, Any], today: Any) -> Other:
    reason = row["reason"] or row["status"]
    words = Question.CloseReason(reason).label if row["reason"] else Question.Status(reason).label
    line = f"{wording.day(moment_of(row['received_at']), today)}, {str(words).lower()}"
    return Other(question_href(row["number"]), row["title"], line, row["channel"])


def _link(row: dict[str, Any], own: str) -> Other:
    is_back = row["number"] == own
    number, title = (row["back_number"], row["back_title"]) if is_back else (row["number"], row["title"])
    line = f"{link_words(row['kind'], is_back=is_back)} · {number}"
    return Other(question_href(number), title, line, link=None if row["kind"] == QuestionLink.Kind.SPLIT else row["id"])


def viewer_words(rows: list[dict[str, Any]]) -> list[str]:
    """`Fatima schrijft`, `Henk kijkt mee`."""
    return [
        (_("%(name)s is writing") if row["writing"] else _("%(name)s is looking too"))
        % {"name": row["name"].split(" ")[0]}
        for row in rows
    ]


def _looked(rows: list[dict[str, Any]]) -> str:
    """The three who looked last; `rows` newest first, one each time."""
    names = list({row["id"]: row["name"] for row in rows}.values())[:3]
    if not names:
        return ""
    return f"{', '.join(names[:-1])} {_('and')} {names[-1]}" if len(names) > 1 else names[0]


def _by_subject(
    rows: list[dict[str, Any]], subject_id: int | None, house: Organisation
) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    """Templates in groups: those of this subject first, then the general ones; those of another subject last."""
    line = {subject.pk for subject in house.subject_line(subject_id)}
    groups: dict[int, list[tuple[int, str]]] = {0: [], 1: [], 2: []}
    for row in rows:
        rank = 0 if row["subject"] in line else 1 if row["subject"] is None else 2
        groups[rank].append((row["id"], row["name"]))
    names = (_("For this subject"), _("General"), _("For other subjects"))
    return tuple((names[rank], tuple(found)) for rank, found in groups.items() if found)
