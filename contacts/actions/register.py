"""Registers a contact: every channel, by hand and by machine, screen and API; the one way in.

Question, contact, assignment, clocks, events, history and acknowledgement are written in one transaction and one round trip
(`organisation.bulk`), with ids taken beforehand. A key makes a second registration give the answer of the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.utils.translation import gettext as _

from channels_app.models import Channel, OutboundMessage
from contacts import normalize
from contacts.actions.acknowledge import compose_acknowledgement
from contacts.actions.asked import (
    CANCELLED_REASONS,
    CLOSED_WITHOUT_ANSWER,
    ENDS,
    Asked,
    CallbackAsked,
    NewCustomer,
    Registered,
)
from contacts.actions.attach import attach
from contacts.actions.clocks import (
    applicable_norm,
    new_clock,
    norm_deadline,
    project,
    stop_clock,
)
from contacts.actions.clocks import pause_clock as pause
from contacts.actions.route import Routed, choose_team
from contacts.errors import Refused
from contacts.models import (
    Assignment,
    CallbackRequest,
    ClockEvent,
    ConfidentialAccess,
    Contact,
    ContactAddress,
    Customer,
    IdempotencyKey,
    NormClock,
    Notice,
    Question,
    QuestionContact,
)
from contacts.norms.promises import ACKNOWLEDGE, norms_to_start
from contacts.numbering import next_numbers
from contacts.rulebook import rulebook
from organisation.bulk import history_of, insert_rows, reserve_ids
from organisation.failpoints import failpoint
from organisation.nudge import nudge
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from channels_app.models import Call, InboundMessage, Mailbox
    from contacts.models import ApiClient
    from organisation.models import Team, User

__all__ = ["Asked", "CallbackAsked", "NewCustomer", "Registered", "register"]

MAX_TEXT = 100_000
SUMMARY = 2_000
FUTURE_SLACK = timedelta(minutes=2)
"""Clocks of two machines may differ by this much; later than that is a mistake."""
VISIT_CHANNELS = frozenset({Channel.RECEPTION, Channel.APPOINTMENT})


@one_transaction
def register(
    *,
    by: User | None,
    at: datetime,
    channel: str,
    received_at: datetime,
    asked: Sequence[Asked],
    customer: Customer | NewCustomer | None = None,
    text: str = "",
    address: str = "",
    address_name: str = "",
    subject_line: str = "",
    quoted_text: str = "",
    key: str | None = None,
    inbound: InboundMessage | None = None,
    call: Call | None = None,
    duration_seconds: int | None = None,
    remarks: Sequence[str] = (),
    is_automatic: bool = False,
    acknowledge: bool = True,
    mailbox: Mailbox | None = None,
    client: ApiClient | None = None,
) -> Registered:
    """Writes the contact and its questions; raises `Refused` with a sentence when the input cannot be accepted."""
    _check(by=by, at=at, channel=channel, received_at=received_at, asked=asked)
    house = organisation()
    fresh = [one for one in asked if one.add_to is None]
    ids = reserve_ids(
        contact=(Contact, 1),
        question=(Question, len(fresh)),
        clock=(NormClock, 4 * len(fresh)),
        customer=(Customer, 1 if isinstance(customer, NewCustomer) else 0),
        callback=(CallbackRequest, sum(one.end == "callback" for one in fresh)),
    )
    numbers = next_numbers(house.municipality.number_prefix, local_day(at).year, len(fresh)) if fresh else []
    if key is not None:
        earlier = _claim_key(key, by=by, client=client, at=at, contact_id=ids["contact"][0], numbers=numbers, asked=asked)
        if earlier is not None:
            return earlier

    rows: list[models.Model] = []
    person = customer if isinstance(customer, Customer) else None
    if isinstance(customer, NewCustomer):
        person, rows = _new_customer(customer, ids["customer"][0], by=by, at=at)
    if not address and person is not None and channel in ACKNOWLEDGE:
        address = _email_of(person, rows)
    contact = Contact(
        pk=ids["contact"][0],
        customer=person,
        channel=channel,
        direction=Contact.Direction.IN,
        received_at=received_at,
        registered_at=at,
        registered_by=by,
        text=normalize.clean(text, MAX_TEXT),
        quoted_text=normalize.clean(quoted_text, MAX_TEXT),
        subject_line=normalize.clean_line(subject_line, 300),
        address=normalize.clean_line(address, 320),
        address_name=normalize.clean_line(address_name or (person.full_name if person else ""), 200),
        is_answer=not is_automatic and any(one.end == "direct" and not one.close_reason for one in asked),
        is_automatic=is_automatic,
        remarks=list(remarks),
        inbound=inbound,
        call=call,
        duration_seconds=duration_seconds,
    )
    reason = f"API: {client.name}" if client is not None else ""
    rows += [contact, *history_of([contact], by=by, at=at, reason=reason)]

    questions: list[Question] = []
    later: list[models.Model] = []
    for index, (one, number) in enumerate(zip(fresh, numbers, strict=True)):
        question, its_rows = _new_question(
            one,
            pk=ids["question"][index],
            number=number,
            clock_ids=ids["clock"][index * 4 : index * 4 + 4],
            callback_ids=ids["callback"],
            contact=contact,
            by=by,
            at=at,
            house=house,
            acknowledge=acknowledge and index == 0 and "@" in contact.address,
            mailbox=mailbox,
            reason=reason,
        )
        questions.append(question)
        later += its_rows
    order = {model: place for place, model in enumerate(_ORDER)}
    rows += sorted(later, key=lambda row: order.get(type(row), len(order)))
    insert_rows(rows)
    for one in asked:
        if one.add_to is not None:
            questions.append(attach(question_id=one.add_to, contact=contact, by=by, at=at, text=one.text, end=one.end))
    failpoint("before_commit")
    if any(isinstance(row, OutboundMessage) for row in rows):
        nudge("channels_app.tasks.deliver")
    return Registered(contact, questions)


_ORDER = (Question, QuestionContact, Assignment, CallbackRequest, NormClock, ClockEvent, OutboundMessage, Notice)


def _check(*, by: User | None, at: datetime, channel: str, received_at: datetime, asked: Sequence[Asked]) -> None:
    if by is not None and not by.may(Right.QUESTIONS_WRITE):
        if not (by.may(Right.VISITS_WRITE) and channel in VISIT_CHANNELS):
            raise PermissionDenied
    if channel not in Channel.values:
        raise Refused(_("Choose a channel."), "channel")
    if received_at > at + FUTURE_SLACK:
        raise Refused(_("The moment of receipt lies in the future."), "received_at")
    if received_at < at - timedelta(days=3653):
        raise Refused(_("The moment of receipt lies more than ten years back. Is the year right?"), "received_at")
    if not asked or len(asked) > 10:
        raise Refused(_("A contact has one to ten questions."), "asked")
    for one in asked:
        if one.end not in ENDS:
            raise Refused(_("Choose how the contact ended."), "end")
        if one.end == "callback" and not normalize.phone(one.callback.phone if one.callback else ""):
            raise Refused(_("Fill in the number that we must call back."), "callback_phone")


def _claim_key(
    key: str, *, by: User | None, client: ApiClient | None, at: datetime, contact_id: int, numbers: list[str], asked: Sequence[Asked]
) -> Registered | None:
    """Takes the key together with the answer to be; what was registered under it before, when somebody was first."""
    owner = f"client:{client.pk}" if client is not None else f"user:{by.pk}" if by is not None else "machine"
    answer = {"contact": contact_id, "questions": numbers, "added": [one.add_to for one in asked if one.add_to]}
    digest = hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {IdempotencyKey._meta.db_table} (owner, key, request_sha256, answer, created_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (owner, key) DO NOTHING RETURNING id",
            [owner, key[:120], digest, json.dumps(answer), at],
        )
        if cursor.fetchone() is not None:
            return None
    first = IdempotencyKey.objects.get(owner=owner, key=key[:120])
    if client is not None and first.request_sha256 != digest:
        raise Refused(_("This key was used before for something else."), "key")
    known = first.answer or {}
    contact = Contact.objects.filter(pk=known.get("contact")).first()
    if contact is None:
        raise Refused(_("What was registered under this key is no longer there."), "key")
    found = Question.objects.filter(number__in=known.get("questions", [])) | Question.objects.filter(pk__in=known.get("added", []))
    return Registered(contact, list(found.order_by("pk")), is_repeat=True)


def _new_customer(new: NewCustomer, pk: int, *, by: User | None, at: datetime) -> tuple[Customer, list[models.Model]]:
    name = normalize.clean_line(new.name, 200)
    if not name:
        raise Refused(_("Fill in the name of the customer."), "customer_name")
    customer = Customer(
        pk=pk,
        kind=new.kind if new.kind in Customer.Kind.values else Customer.Kind.PERSON,
        salutation=new.salutation if new.salutation in Customer.Salutation.values else Customer.Salutation.NONE,
        name=name,
        street=normalize.clean_line(new.street, 100),
        house_number=normalize.clean_line(new.house_number, 20),
        postcode=normalize.postcode(normalize.clean_line(new.postcode, 10)),
        place=normalize.clean_line(new.place, 80),
        created_at=at,
    )
    customer.fill_search_text()
    addresses = [
        ContactAddress(customer=customer, kind=kind, value=value, normalized=ContactAddress.normal_form(kind, value))
        for kind, value in (
            (ContactAddress.Kind.PHONE, normalize.clean_line(new.phone, 40)),
            (ContactAddress.Kind.EMAIL, normalize.clean_line(new.email, 320)),
        )
        if value
    ]
    ids = reserve_ids(address=(ContactAddress, len(addresses)))["address"]
    for address, address_id in zip(addresses, ids, strict=True):
        address.pk = address_id
    rows: list[models.Model] = [customer, *history_of([customer], by=by, at=at)]
    if addresses:
        rows += [*addresses, *history_of(addresses, by=by, at=at)]
    return customer, rows


def _email_of(customer: Customer, rows: list[models.Model]) -> str:
    for row in rows:
        if isinstance(row, ContactAddress) and row.kind == ContactAddress.Kind.EMAIL:
            return row.value
    if customer._state.adding:
        return ""
    known = customer.addresses.filter(kind=ContactAddress.Kind.EMAIL, bounced_at__isnull=True)
    return known.order_by("-is_preferred", "-is_verified", "id").values_list("value", flat=True).first() or ""


def _own_team(by: User | None, house: Organisation) -> Team:
    """The team in whose name this person answers: the Servicecentrum when a member, else the own team."""
    ids = by.team_ids if by is not None else frozenset()
    if house.front_office.id in ids or not ids:
        return house.front_office
    return house.teams.get(min(ids), house.front_office)


def _place(one: Asked, *, contact: Contact, by: User | None, house: Organisation, mailbox: Mailbox | None, kind: str, text: str) -> Routed:
    if one.team_id is not None:
        team = house.teams.get(one.team_id)
        if team is None or not team.is_active:
            raise Refused(_("Choose a team that is in use."), "team")
        return Routed(team, None, (one.team_reason or _("Chosen by %(name)s") % {"name": by or _("the sender")})[:300])
    if one.end == "direct" or one.close_reason:
        name = str(by) if by is not None else _("the machine")
        return Routed(_own_team(by, house), None, _("Answered at once by %(name)s") % {"name": name})
    return choose_team(
        channel=contact.channel,
        subject_id=one.subject_id,
        text=f"{one.title} {text}",
        kind=kind,
        customer_kind=contact.customer.kind if contact.customer else None,
        mailbox_id=mailbox.pk if mailbox else None,
        mailbox_team_id=mailbox.team_id if mailbox else None,
        house=house,
    )


def _new_question(
    one: Asked,
    *,
    pk: int,
    number: str,
    clock_ids: list[int],
    callback_ids: list[int],
    contact: Contact,
    by: User | None,
    at: datetime,
    house: Organisation,
    acknowledge: bool,
    mailbox: Mailbox | None,
    reason: str,
) -> tuple[Question, list[models.Model]]:
    subject = house.subjects.get(one.subject_id) if one.subject_id else None
    if one.subject_id and (subject is None or not subject.is_active):
        raise Refused(_("Choose a subject from the list."), "subject")
    kind = one.kind or (subject.kind if subject else "question")
    text = normalize.clean(one.text, MAX_TEXT) or contact.text
    title = normalize.clean_line(one.title, 200) or contact.subject_line[:200] or (subject.name if subject else "")
    title = title or normalize.clean_line(text[:400], 80) or _("Question without a title")
    routed = _place(one, contact=contact, by=by, house=house, mailbox=mailbox, kind=kind, text=text)
    is_closed = one.end == "direct" or bool(one.close_reason)
    assignee = one.assignee_id or (by.pk if by is not None and is_closed else None)
    status = _status_after(one, is_closed, assignee)
    question = Question(
        pk=pk,
        number=number,
        kind=kind,
        subject=subject,
        customer=contact.customer,
        channel=contact.channel,
        title=title,
        summary=text[:SUMMARY],
        status=status,
        close_reason=(one.close_reason or "direct") if is_closed else "",
        team=routed.team,
        assignee_id=assignee,
        is_confidential=one.is_confidential,
        received_at=contact.received_at,
        registered_at=at,
        registered_by=by,
        answered_at=at if one.end == "direct" and not one.close_reason else None,
        closed_at=at if is_closed else None,
        closed_on=local_day(at) if is_closed else None,
        is_direct=one.end == "direct" and not one.close_reason,
        last_contact_at=contact.received_at,
    )
    clocks, events = _clocks(one, question, contact, clock_ids, by=by, at=at, house=house, acknowledge=acknowledge)
    project(question, clocks)
    rows: list[models.Model] = [
        question,
        QuestionContact(question=question, contact=contact, is_first=True),
        Assignment(
            question=question,
            team=routed.team,
            assignee_id=assignee,
            rule_id=routed.rule_id,
            reason=routed.reason,
            assigned_by=by,
            from_at=at,
        ),
        *clocks,
        *events,
        *history_of([question], by=by, at=at, reason=reason),
    ]
    if one.end == "callback" and one.callback is not None:
        callback = CallbackRequest(
            pk=callback_ids.pop(0),
            question=question,
            contact=contact,
            phone=normalize.clean_line(one.callback.phone, 40),
            name=normalize.clean_line(one.callback.name or contact.address_name, 200),
            moment=normalize.clean_line(one.callback.moment, 100),
            created_at=at,
            created_by=by,
        )
        rows += [callback, *history_of([callback], by=by, at=at)]
    if acknowledge and contact.channel in ACKNOWLEDGE and not contact.is_automatic and not is_closed:
        answer_by = _answer_by(question, contact, kind, house)
        rows.append(
            compose_acknowledgement(
                contact=contact, question=question, at=at, answer_by=answer_by, house=house, mailbox=mailbox
            )
        )
    if one.assignee_id and (by is None or one.assignee_id != by.pk):
        rows.append(Notice(user_id=one.assignee_id, kind=Notice.Kind.ASSIGNED, question=question, key=f"question:{pk}:1", at=at))
    if one.is_confidential and by is not None:
        rows += _named(question, {by.pk, *([one.assignee_id] if one.assignee_id else [])}, by=by, at=at)
    return question, rows


def _named(question: Question, people: set[int], *, by: User, at: datetime) -> list[models.Model]:
    return [
        ConfidentialAccess(question=question, user_id=person, reason=_("Named at registration"), granted_by=by, from_at=at)
        for person in sorted(people)
    ]


def _status_after(one: Asked, is_closed: bool, assignee: int | None) -> str:
    if one.close_reason in CANCELLED_REASONS:
        return Question.Status.CANCELLED
    if one.close_reason and one.close_reason not in CLOSED_WITHOUT_ANSWER:
        raise Refused(_("Choose why the question is closed."), "close_reason")
    if is_closed:
        return Question.Status.CLOSED
    if one.end == "waiting":
        return Question.Status.WAITING
    return Question.Status.IN_PROGRESS if assignee else Question.Status.NEW


def _clocks(
    one: Asked,
    question: Question,
    contact: Contact,
    clock_ids: list[int],
    *,
    by: User | None,
    at: datetime,
    house: Organisation,
    acknowledge: bool,
) -> tuple[list[NormClock], list[ClockEvent]]:
    if one.close_reason:
        return [], []
    codes = norms_to_start(
        channel=contact.channel,
        kind=question.kind,
        end=one.end,
        acknowledge=acknowledge,
        is_automatic=contact.is_automatic,
    )
    clocks: list[NormClock] = []
    events: list[ClockEvent] = []
    for code, pk in zip(codes, clock_ids, strict=False):
        made = new_clock(code=code, question=question, contact=contact, by=by, at=at, house=house, pk=pk)
        if made is None:
            continue
        clock, its_events = made
        if one.end == "direct":
            its_events += stop_clock(clock, by=by, at=at, cause="answered at once")
        elif one.end == "waiting":
            its_events += pause(clock, by=by, at=at, cause="waiting for customer")
        clocks.append(clock)
        events += its_events
    return clocks, events


def _answer_by(question: Question, contact: Contact, kind: str, house: Organisation) -> datetime | None:
    """The deadline that the acknowledgement names: of the answer, not of the acknowledgement itself."""
    for code in norms_to_start(channel=contact.channel, kind=kind, end="open", acknowledge=False):
        norm: Any = applicable_norm(
            house, rulebook(house), code, contact.channel, question.team_id, question.subject_id, contact.received_at
        )
        if norm is not None:
            return norm_deadline(norm, contact.received_at, house.calendar_of(question.team_id), house).due_at
    return None
