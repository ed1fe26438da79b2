"""The rows that one question in a contact becomes: question, assignment, clocks, events, history, acknowledgement; not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from channels_app.adapters.email.sensitive import masked
from contacts import normalize
from contacts.actions.acknowledge import compose_acknowledgement
from contacts.actions.asked import CANCELLED_REASONS, CLOSED_WITHOUT_ANSWER, Asked, CallbackAsked
from contacts.actions.clocks import new_clock, pause_clock, project, stop_clock
from contacts.actions.confidential_by_rule import make_confidential
from contacts.actions.place_question import Way, place, seers_of
from contacts.actions.promises import applicable_norm, calendar_for, norm_deadline
from contacts.actions.visit_wait import visit_clock
from contacts.models import (
    Assignment,
    CallbackRequest,
    ClockEvent,
    ConfidentialAccess,
    Contact,
    NormClock,
    Notice,
    Question,
    QuestionContact,
    QuestionPlace,
)
from contacts.norms.promises import ACKNOWLEDGE, norms_to_start
from contacts.rulebook import rulebook
from organisation.bulk import history_of
from organisation.errors import Refused
from organisation.workdays import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from django.db import models

    from channels_app.models import OutboundMessage
    from contacts.actions.confidential_by_rule import Seers
    from contacts.routing.match import Rule
    from contacts.where import Where
    from organisation.models import User
    from organisation.snapshot import Organisation

MAX_TEXT = 100_000
SUMMARY = 2_000


def build_question(
    one: Asked,
    *,
    pk: int,
    number: str,
    clock_ids: list[int],
    callback_ids: list[int],
    contact: Contact,
    way: Way,
    acknowledge: bool,
) -> tuple[Question, list[models.Model]]:
    """The question and all its rows; takes an id from `callback_ids` for each that is called back."""
    by, at, house = way.by, way.at, way.house
    subject = house.subjects.get(one.subject_id) if one.subject_id else None
    if one.subject_id and (subject is None or not subject.is_active):
        raise Refused(_("Choose a subject from the list."), "subject")
    kind = one.kind or (subject.kind if subject else "question")
    text = normalize.clean(one.text, MAX_TEXT) or contact.text
    title = normalize.clean_line(one.title, 200) or contact.subject_line[:200] or (subject.name if subject else "")
    title = title or normalize.clean_line(text[:400], 80) or _("Question without a title")
    routed = place(one, contact=contact, way=way, kind=kind, text=text)
    is_closed = one.end == "direct" or bool(one.close_reason)
    assignee = one.assignee_id or (by.pk if by is not None and is_closed else None)
    status = _status_after(one, is_closed, assignee)
    seen = seers_of(one, routed, contact, way)
    question = Question(
        pk=pk,
        number=number,
        kind=kind,
        subject=subject,
        customer=contact.customer,
        channel=contact.channel,
        title=masked(title),
        summary=masked(text[:SUMMARY]),
        status=status,
        close_reason=(one.close_reason or "direct") if is_closed else "",
        team=routed.team,
        assignee_id=assignee,
        is_confidential=one.is_confidential or seen is not None,
        received_at=contact.received_at,
        registered_at=at,
        registered_by=by,
        answered_at=at if one.end == "direct" and not one.close_reason else None,
        closed_at=at if is_closed else None,
        closed_on=local_day(at) if is_closed else None,
        is_direct=one.end == "direct" and not one.close_reason,
        last_contact_at=contact.received_at,
    )
    clocks, events = _clocks(one, question, contact, clock_ids, way=way, acknowledge=acknowledge)
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
        *history_of([question], by=by, at=at, reason=way.reason),
    ]
    rows += _beside(one, question, contact, callback_ids, way, acknowledge=acknowledge and not is_closed)
    rows += _who_sees(one, question, routed.confidential_by, seen, way)
    return question, rows


def _beside(
    one: Asked, question: Question, contact: Contact, callback_ids: list[int], way: Way, *, acknowledge: bool
) -> list[models.Model]:
    """Where it is, the promise to call, the acknowledgement, and the notice of whom it was given to."""
    by, at = way.by, way.at
    rows: list[models.Model] = []
    if one.where is not None and not one.where.is_empty:
        rows.append(_where(question, one.where))
    if one.end == "callback" and one.callback is not None:
        rows += _callback(question, contact, one.callback, callback_ids.pop(0), by=by, at=at)
    if acknowledge and contact.channel in ACKNOWLEDGE and not contact.is_automatic:
        rows.append(_acknowledgement(question, contact, way))
    if one.assignee_id and (by is None or one.assignee_id != by.pk):
        key = f"question:{question.pk}:1"
        rows.append(Notice(user_id=one.assignee_id, kind=Notice.Kind.ASSIGNED, question=question, key=key, at=at))
    return rows


def _who_sees(one: Asked, question: Question, rule: Rule | None, seen: Seers | None, way: Way) -> list[models.Model]:
    """Of a confidential question: those whom the rule means, or who registers it and who gets it."""
    by = way.by
    if rule is not None and seen is not None:
        besides = {question.assignee_id} if question.assignee_id else set()
        by_id = by.pk if by is not None else None
        return make_confidential(question, seen, rule=rule, besides=besides, by=by_id, at=way.at)
    if one.is_confidential and by is not None:
        people = {by.pk, *([one.assignee_id] if one.assignee_id else [])}
        return list(_named(question, people, by=by, at=way.at))
    return []


def _where(question: Question, where: Where) -> QuestionPlace:
    return QuestionPlace(
        question=question,
        address=normalize.clean_line(where.address, 300),
        latitude=where.latitude,
        longitude=where.longitude,
        metres=where.metres,
    )


def _callback(
    question: Question, contact: Contact, asked: CallbackAsked, pk: int, *, by: User | None, at: datetime
) -> list[models.Model]:
    callback = CallbackRequest(
        pk=pk,
        question=question,
        contact=contact,
        phone=normalize.clean_line(asked.phone, 40),
        name=normalize.clean_line(asked.name or contact.address_name, 200),
        moment=normalize.clean_line(asked.moment, 100),
        created_at=at,
        created_by=by,
    )
    return [callback, *history_of([callback], by=by, at=at)]


def _acknowledgement(question: Question, contact: Contact, way: Way) -> OutboundMessage:
    return compose_acknowledgement(
        contact=contact,
        question=question,
        at=way.at,
        answer_by=_answer_by(question, contact, way.house),
        house=way.house,
        mailbox=way.mailbox,
        origin=way.origin,
    )


def _named(question: Question, people: set[int], *, by: User, at: datetime) -> list[models.Model]:
    return [
        ConfidentialAccess(
            question=question, user_id=person, reason=_("Named at registration"), granted_by=by, from_at=at
        )
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
    one: Asked, question: Question, contact: Contact, clock_ids: list[int], *, way: Way, acknowledge: bool
) -> tuple[list[NormClock], list[ClockEvent]]:
    """The clocks that begin, each stopped or paused already when the contact ended so."""
    by, at = way.by, way.at
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
        made = new_clock(code=code, question=question, contact=contact, by=by, at=at, house=way.house, pk=pk)
        if made is None:
            continue
        clock, its_events = made
        if one.end == "direct":
            its_events += stop_clock(clock, by=by, at=at, cause="answered at once")
        elif one.end == "waiting":
            its_events += pause_clock(clock, by=by, at=at, cause="waiting for customer")
        clocks.append(clock)
        events += its_events
    visit = visit_clock(one, question, contact, way=way, pk=clock_ids[len(codes)])
    if visit is not None:
        clocks.append(visit[0])
        events += visit[1]
    return clocks, events


def _answer_by(question: Question, contact: Contact, house: Organisation) -> datetime | None:
    """The deadline that the acknowledgement names: of the answer, not of the acknowledgement itself."""
    for code in norms_to_start(channel=contact.channel, kind=question.kind, end="open", acknowledge=False):
        norm: Any = applicable_norm(
            house, rulebook(house), code, contact.channel, question.team_id, question.subject_id, contact.received_at
        )
        if norm is not None:
            return norm_deadline(
                norm, contact.received_at, calendar_for(house, contact, question.team_id), house
            ).due_at
    return None
