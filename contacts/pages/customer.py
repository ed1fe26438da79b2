"""The customer's page: data, addresses, questions, possible doubles, who looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.finding.duplicates import suspects
from contacts.models import Customer, Question
from contacts.pages.customer_page_rows import consents, look_rows, merged_names, open_proposals, question_rows
from contacts.pages.customer_pane import Reached, question_badge, reached, who_looked
from contacts.pages.question_link import question_href
from contacts.pages.search import STATUS_BADGES
from contacts.signals import Told, customer_shown
from organisation import wording
from organisation.addresses import address
from organisation.pages.log_words import page_words
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.wording import Badge

if TYPE_CHECKING:
    from organisation.models import User

PAGE = 25


@dataclass(frozen=True)
class QuestionRow:
    number: str
    title: str
    url: str
    channel: str
    subject: str
    team: str
    person: str
    received: str
    badge: Badge | None
    status: str
    status_css: str
    status_icon: str
    contacts: int


@dataclass(frozen=True)
class SuspectRow:
    id: int
    name: str
    initials: str
    address: str
    reason: str
    url: str
    is_proposed: bool


@dataclass(frozen=True)
class Look:
    name: str
    when: str
    page: str
    reason: str


@dataclass(frozen=True)
class CustomerPage:
    customer: Customer
    name: str
    initials: str
    kind: str
    reached: tuple[Reached, ...]
    told: tuple[Told, ...]
    """What apps above keep about this customer."""
    questions: tuple[QuestionRow, ...]
    next_url: str
    is_first: bool
    suspects: tuple[SuspectRow, ...]
    merged: tuple[str, ...]
    proposals: tuple[SuspectRow, ...]
    looks: tuple[Look, ...] | None
    looked: str
    new_url: str
    may_write: bool
    may_merge: bool
    may_export: bool
    may_erase: bool
    may_propose: bool


def _consents(customer: Customer, *, may_write: bool) -> Iterable[Told]:
    """Who may be written to first, since when and how that was said; also what was withdrawn."""
    for one in consents(customer.pk):
        said = {
            "channel": wording.channel_name(one.channel),
            "number": normalize.phone_words(one.number),
            "day": wording.day(wording.local(one.given_at).date()),
            "how": one.get_how_display(),
            "name": one.given_by,
        }
        if one.withdrawn_at is not None:
            said["end"] = wording.day(wording.local(one.withdrawn_at).date())
            words = _("%(channel)s at %(number)s: yes on %(day)s (%(how)s), withdrawn on %(end)s.") % said
            yield Told("ban", words)
            continue
        words = _("%(channel)s at %(number)s: yes on %(day)s (%(how)s; written down by %(name)s).") % said
        href = address("contacts:consent_withdraw", customer.pk, one.pk) if may_write else ""
        yield Told("brand-whatsapp", f"{words} {one.note}".strip(), _("Withdraw") if may_write else "", href)


def _told(customer: Customer, user: User) -> Iterator[Told]:
    """By the apps above."""
    for _who, told in customer_shown.send(sender=Customer, customer=customer, user=user):
        yield from [told] if isinstance(told, Told) else told or ()


def customer_page(user: User, customer: Customer, at: datetime, *, after: str = "") -> CustomerPage:
    """A fixed number of queries; `after` is the key of the last question of the page before."""
    prefetch_related_objects([customer], "addresses")
    rows, next_key = _questions(user, customer, at, after)
    may_write = user.may(Right.CUSTOMERS_WRITE)
    may_merge = user.may(Right.CUSTOMERS_MERGE)
    may_propose = user.may(Right.CUSTOMERS_MERGE_PROPOSE)
    doubles = suspects(user, customer) if may_merge or may_propose else []
    proposals = open_proposals(user, customer.pk)
    proposed = {p.merge_id if p.keep_id == customer.pk else p.keep_id for p in proposals}
    return CustomerPage(
        customer=customer,
        name=customer.full_name,
        initials=wording.initials(customer.name),
        kind=str(customer.get_kind_display()),
        reached=reached(customer),
        told=(
            *_consents(customer, may_write=may_write),
            *_told(customer, user),
        ),
        questions=rows,
        next_url=f"{address('contacts:customer', customer.pk)}?na={next_key}" if next_key else "",
        is_first=not after,
        suspects=tuple(
            _suspect(customer, one.customer, one.reason, one.customer.pk in proposed)
            for one in doubles
            if one.customer.pk not in proposed
        ),
        merged=merged_names(customer.pk),
        proposals=tuple(
            _suspect(customer, p.merge if p.keep_id == customer.pk else p.keep, p.proposed_by.name, True)
            for p in proposals
        )
        if may_merge or may_propose
        else (),
        looks=_looks(customer) if user.may(Right.READ_LOG_READ) or user.is_privacy_officer else None,
        looked=who_looked(user, customer, at),
        new_url=f"{address('contacts:registration')}?klant={customer.pk}" if user.may(Right.QUESTIONS_WRITE) else "",
        may_write=may_write,
        may_merge=may_merge,
        may_export=user.may(Right.PERSON_EXPORT),
        may_erase=user.may(Right.PERSON_ERASE),
        may_propose=may_propose,
    )


def _suspect(customer: Customer, other: Customer, reason: str, is_proposed: bool) -> SuspectRow:
    return SuspectRow(
        id=other.pk,
        name=other.full_name,
        initials=wording.initials(other.name),
        address=other.address_line,
        reason=reason,
        url=f"{address('contacts:customer_merge', customer.pk)}?met={other.pk}",
        is_proposed=is_proposed,
    )


def _place(after: str) -> tuple[datetime, int] | None:
    """The last row of the page before; None for the first page, and for anything that is no such key."""
    moment_text, _sign, pk_text = after.partition("_")
    try:
        moment, pk = datetime.fromisoformat(moment_text), int(pk_text)
    except ValueError:
        return None
    return (moment, pk) if moment.tzinfo is not None and 0 < pk < 2**63 else None


def _questions(user: User, customer: Customer, at: datetime, after: str) -> tuple[tuple[QuestionRow, ...], str]:
    found = question_rows(user, customer.pk, PAGE + 1, _place(after))
    house = organisation()
    labels = {value: str(label).lower() for value, label in Question.Status.choices}
    today = wording.local(at).date()
    shown = tuple(
        QuestionRow(
            number=row["number"],
            title=row["title"],
            url=question_href(row["number"]),
            channel=row["channel"],
            subject=row["subject_name"] or "",
            team=row["team_name"],
            person=row["person"] or "",
            received=wording.day(row["received_at"], today),
            badge=question_badge(row, house, at),
            status=labels[row["status"]],
            status_css=f"utrecht-status-badge--{STATUS_BADGES[row['status']][0]}"
            if STATUS_BADGES[row["status"]][0]
            else "",
            status_icon=STATUS_BADGES[row["status"]][1],
            contacts=row["contact_count"],
        )
        for row in found[:PAGE]
    )
    if len(found) <= PAGE:
        return shown, ""
    last = found[PAGE - 1]
    return shown, f"{last['received_at'].isoformat().replace('+00:00', 'Z')}_{last['pk']}"


def _looks(customer: Customer) -> tuple[Look, ...]:
    """Who looked at this customer, newest first."""
    return tuple(
        Look(
            name=row["person"] or row["client"],
            when=wording.moment(row["at"]),
            page=page_words(row["page"]),
            reason=row["reason"],
        )
        for row in look_rows(customer.pk)
    )
