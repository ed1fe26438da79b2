"""The right column of the desk: who the customer is, what went before, what is open, who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from channels_app.account_words import account_words
from contacts.models import Contact, ContactAddress, Customer, Question
from contacts.pages.customer_rows import MOST_CONTACTS, MOST_TEXT, last_look, latest_open, pane_rows
from contacts.pages.question_link import question_href
from organisation import wording
from organisation.models import User
from organisation.wording import Badge
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.snapshot import Organisation

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Reached:
    """A number or address of the customer."""

    id: int
    kind: str
    kind_words: str
    icon: str
    value: str
    is_preferred: bool
    is_verified: bool
    bounced: str


@dataclass(frozen=True)
class Entry:
    """One contact in the timeline."""

    icon: str
    css: str
    title: str
    url: str
    when: str
    text: str
    line: str
    badge: Badge | None


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for an answer."""

    number: str
    title: str
    url: str
    badge: Badge | None
    line: str


@dataclass(frozen=True)
class Guard:
    """The open question that this contact may belong to."""

    number: str
    title: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class CustomerPane:
    id: int
    name: str
    initials: str
    address: str
    remark: str
    reached: tuple[Reached, ...]
    timeline: tuple[Entry, ...]
    open_questions: tuple[OpenQuestion, ...]
    looked: str


ADDRESS_ICONS = {"phone": "phone", "email": "mail", "whatsapp": "brand-whatsapp", "social": "at"}


def reached(customer: Customer) -> tuple[Reached, ...]:
    """Numbers and addresses, preferred ones first; one query where they were not read with the customer."""
    rows = sorted(customer.addresses.all(), key=lambda row: (not row.is_preferred, row.kind, row.pk))
    names = ("kind", "value", "is_preferred", "is_verified", "bounced_at")
    return tuple(_reached({"id": row.pk, **{name: getattr(row, name) for name in names}}, customer) for row in rows)


def _reached(row: Mapping[str, Any], customer: Customer) -> Reached:
    bounced = row["bounced_at"]
    return Reached(
        id=row["id"],
        kind=row["kind"],
        kind_words=str(ContactAddress.Kind(row["kind"]).label),
        icon=ADDRESS_ICONS.get(row["kind"], "at"),
        value=account_words(row["value"], customer.name),
        is_preferred=row["is_preferred"],
        is_verified=row["is_verified"],
        bounced=_("mail comes back since %(day)s") % {"day": wording.day(bounced)} if bounced else "",
    )


def customer_pane(user: User, customer: Customer, at: datetime, house: Organisation) -> CustomerPane:
    """One query, whatever the customer has."""
    rows = pane_rows(user, customer.pk, since=at - A_WEEK)
    return CustomerPane(
        id=customer.pk,
        name=customer.full_name,
        initials=wording.initials(customer.name),
        address=customer.address_line,
        remark=customer.remark,
        reached=tuple(_reached(row, customer) for row in rows.addresses),
        timeline=timeline(rows.contacts, at, house),
        open_questions=open_questions(rows.open, at, house),
        looked=_looked(rows.look),
    )


def question_badge(row: Mapping[str, Any], house: Organisation, at: datetime) -> Badge | None:
    """The deadline of a question (status, due_at, soon_at, team_id) as its list shows it; None when nothing is promised or it is closed."""
    status, due_at, soon_at = row["status"], row["due_at"], row["soon_at"]
    if status == Question.Status.WAITING:
        return wording.deadline_words(due_at, "paused", at)
    if status in (Question.Status.CLOSED, Question.Status.CANCELLED) or due_at is None:
        return None
    late = None
    if due_at <= at:
        rules = house.calendar_of(row["team_id"]).rules
        late = rules.working_days_between(wording.last_day(due_at), local_day(at))
    state = "late" if due_at <= at else "soon" if soon_at is not None and soon_at <= at else "running"
    return wording.deadline_words(due_at, state, at, late)


def open_questions(rows: list[dict[str, Any]], at: datetime, house: Organisation) -> tuple[OpenQuestion, ...]:
    return tuple(
        OpenQuestion(
            number=row["number"],
            title=row["title"],
            url=question_href(row["number"]),
            badge=question_badge(row, house, at),
            line=" · ".join(part for part in (row["team_name"], row["person"]) if part),
        )
        for row in rows
    )


def timeline(contacts: list[dict[str, Any]], at: datetime, house: Organisation) -> tuple[Entry, ...]:
    """The latest contacts, each with the question it is about; contacts on questions out of reach are not among them."""
    entries: list[Entry] = []
    shown: set[str] = set()
    today = wording.local(at).date()
    for row in contacts:
        question = row["question"]
        if question is None or len(entries) == MOST_CONTACTS:
            continue
        is_out = row["direction"] == Contact.Direction.OUT
        entries.append(
            Entry(
                icon="mail-check"
                if row["is_automatic"] and is_out
                else wording.CHANNEL_ICONS.get(row["channel"], "message-circle"),
                css="channel--auto" if row["is_automatic"] else "channel--out" if is_out else "",
                title=_title(row, question, is_shown=question["number"] in shown),
                url=question_href(question["number"]),
                when=wording.clock(row["received_at"])
                if wording.local(row["received_at"]).date() == today
                else wording.day(row["received_at"], today),
                text=question["summary"][:MOST_TEXT]
                if question["number"] not in shown and question["status"] in Question.OPEN
                else "",
                line="" if row["is_automatic"] else _line(row, question),
                badge=None if question["number"] in shown else question_badge(question, house, at),
            )
        )
        shown.add(question["number"])
    return tuple(entries)


def _title(row: dict[str, object], question: dict[str, object], *, is_shown: bool) -> str:
    """The title of the question; where that stands above already, what was said or written this time."""
    if row["is_automatic"] and row["direction"] == Contact.Direction.OUT:
        return _("Acknowledgement of receipt sent")
    if is_shown and (begin := " ".join(str(row["begin"]).split())):
        return begin
    return str(question["title"])


def _line(row: dict[str, object], question: dict[str, object]) -> str:
    """`Balie · Burgerzaken · direct beantwoord`."""
    parts = [str(wording.channel_name(str(row["channel"]))), str(question["team"])]
    if question["status"] in (Question.Status.CLOSED, Question.Status.CANCELLED):
        reason = str(question["close_reason"])
        if reason in Question.CloseReason.values:
            parts.append(str(Question.CloseReason(reason).label).lower())
    elif question["person"]:
        parts.append(str(question["person"]))
    return " · ".join(parts)


def who_looked(user: User, customer: Customer, at: datetime) -> str:
    """The colleague who looked last in the past week; empty when nobody else did."""
    return _looked(last_look(customer.pk, but=user, since=at - A_WEEK))


def _looked(last: Mapping[str, Any] | None) -> str:
    if last is None:
        return ""
    return _("Also viewed by %(name)s, %(moment)s") % {"name": last["name"], "moment": wording.moment(last["at"])}


def guard_for(
    user: User, customer: Customer, subject_ids: frozenset[int], at: datetime, house: Organisation, chosen: str = ""
) -> Guard | None:
    """The open question that the contact may belong to: of these subjects, or (none chosen yet) the latest one."""
    if chosen:
        row = (
            Question.objects.visible_to(user)
            .open()
            .filter(customer=customer, number=chosen)
            .values("number", "title", "status", "due_at", "soon_at", "team_id")
            .first()
        )
    else:
        row = latest_open(user, customer.pk, subject_ids, since=at - timedelta(days=house.municipality.duplicate_days))
    if row is None:
        return None
    badge = question_badge(row, house, at)
    words = ""
    if badge is not None:
        words = _("by %(day)s") % {"day": badge.word} if badge.state in ("ok", "soon") else badge.word
    return Guard(row["number"], row["title"], words, bool(chosen))
