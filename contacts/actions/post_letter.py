"""Letters that were posted: only now they count, from the day on which they were posted (ADR 27)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils.translation import gettext as _

from contacts import status
from contacts.actions.acknowledge_letter import start_answer_clock
from contacts.actions.answer import ACTS, add_contact, after_message
from contacts.actions.change import changing
from contacts.actions.clocks import start_clocks, stop_clocks
from contacts.actions.keep_level import keep_level
from contacts.actions.letter_questions import letters_of, lock_questions
from contacts.actions.make_letter import Kind, State
from contacts.actions.remind_letters import end_reminders
from contacts.actions.restop_clocks import missed_in_vain, restop
from contacts.models import Contact, OutgoingLetter, Question, QuestionContact
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE, norms_to_start
from organisation import wording
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

POSTED: Final = "letter posted"
"""Why, in the history of the question."""
RESPOND = frozenset({"letter.respond"})
MOST = 200


@one_transaction
def post_letter(*, letter: OutgoingLetter, by: User, at: datetime, posted_on: date, reason: str = "posted") -> bool:
    """False when it was posted already; raises `Refused` for a day that cannot be."""
    questions = lock_questions(letter, by=by)
    with changing(questions[0], by=by, at=at, reason=POSTED, is_edit=False, is_back=True) as question:
        row = OutgoingLetter.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=letter.pk)
        if row.state == State.POSTED:
            return False
        if row.state == State.WITHDRAWN:
            raise Refused(_("This letter was withdrawn."))
        moment = moment_of(row, posted_on, at)
        contact = _contact_of(row, question, moment, at)
        row.state, row.contact, row.posted_on = State.POSTED, contact, posted_on
        row.settled_at, row.settled_by = at, by
        row.version += 1
        sign(row, by=by, at=at, reason=reason)
        row.save()
        end_reminders(row, at=at)
        _count(row, question, contact, by=by, moment=moment, at=at)
        for one in questions[1:]:
            _count_also(row, one, contact, by=by, moment=moment, at=at)
    letter.refresh_from_db()
    return True


def _count_also(
    row: OutgoingLetter, named: Question, contact: Contact, *, by: User, moment: datetime, at: datetime
) -> None:
    """Another question that this acknowledgement names: the same contact, its own clocks."""
    with changing(named, by=by, at=at, reason=POSTED, is_edit=False, is_back=True) as question:
        QuestionContact.objects.create(question=question, contact=contact)
        question.contact_count += 1
        question.last_contact_at = max(question.last_contact_at, moment)
        _count(row, question, contact, by=by, moment=moment, at=at)


def post_letters(
    *, pks: Collection[int], by: User, at: datetime, posted_on: date
) -> tuple[list[OutgoingLetter], list[tuple[str, str]]]:
    """Each in a transaction of its own: which were posted, and per question that could not be done why."""
    rows = letters_of(by).filter(pk__in=list(pks)[:MOST]).select_related("question")
    done, refused = [], []
    for letter in rows.order_by("made_at", "pk"):
        try:
            if post_letter(letter=letter, by=by, at=at, posted_on=posted_on):
                done.append(letter)
        except Refused as why:
            refused.append((letter.question.number, why.message))
        except Http404:  # it became confidential at this moment
            continue
    return done, refused


def moment_of(letter: OutgoingLetter, posted_on: date, at: datetime) -> datetime:
    """The day of posting as a moment: now, or noon of an earlier day; never before the letter was made."""
    today, made_on = local_day(at), local_day(letter.made_at)
    if posted_on > today:
        raise Refused(_("This day has not come yet."), "posted_on")
    if posted_on < made_on:
        raise Refused(
            _("This letter was made on %(day)s: it was posted on that day or later.")
            % {"day": wording.day(made_on, today)},
            "posted_on",
        )
    if posted_on == today:
        return at
    return max(datetime.combine(posted_on, time(12), AMSTERDAM), letter.made_at)


def _contact_of(row: OutgoingLetter, question: Question, moment: datetime, at: datetime) -> Contact:
    """Who wrote it is who made it, whoever brought it to the post."""
    is_answer = row.kind == Kind.ANSWER
    contact = add_contact(
        question,
        by=row.made_by,
        at=moment,
        told_at=at,
        text=row.text,
        channel="letter",
        is_answer=is_answer,
        subject_line=row.about,
    )
    if row.kind == Kind.ACKNOWLEDGEMENT:
        contact.remarks = ["letter_acknowledgement"]
        contact.save_without_historical_record()  # type: ignore[attr-defined]
    else:
        keep_level(contact, question, left_at=moment)
    return contact


def _asked_since(question: Question, moment: datetime) -> Contact | None:
    """Who wrote or called after the letter was posted and was not answered since: the letter says nothing on that, and it is promised an answer."""
    came = Contact.objects.filter(questions=question, direction=Contact.Direction.IN, is_automatic=False)
    return came.filter(received_at__gt=max(moment, question.answered_at or moment)).order_by("received_at").first()


def _count(
    row: OutgoingLetter, question: Question, contact: Contact, *, by: User, moment: datetime, at: datetime
) -> None:
    """What the letter does to clocks and status; on a question that was closed meanwhile only to a clock that was missed in vain."""
    only = RESPOND if row.kind == Kind.ACKNOWLEDGEMENT else None
    late = (
        missed_in_vain(question, moment=moment, codes=only) if row.kind in (Kind.ANSWER, Kind.ACKNOWLEDGEMENT) else []
    )
    late = [clock for clock in late if clock.code not in KEPT_BY_A_MACHINE | {CALLBACK}]
    if question.is_open:
        if row.kind == Kind.ACKNOWLEDGEMENT:
            question.status = status.after("interim", question.status)
            stop_clocks(question, by=by, at=moment, cause="acknowledged", codes=RESPOND)
            came = Contact.objects.filter(questions=question, channel="letter", direction=Contact.Direction.IN)
            if (first := came.order_by("-received_at").first()) is not None:
                start_answer_clock(question, first, by=by, at=at)
        else:
            since = _asked_since(question, moment)
            then = row.then if since is None and status.may(ACTS[row.then], question.status) else "stay"
            after_message(question, by=by, at=moment, is_answer=contact.is_answer, then=then)
            if since is not None and contact.is_answer and question.status != Question.Status.WAITING:
                codes = norms_to_start(channel=since.channel, kind=question.kind, end="open", acknowledge=False)
                start_clocks(question, since, codes, by=by, at=at)
    if late:
        cause = "acknowledged" if row.kind == Kind.ACKNOWLEDGEMENT else "answered"
        reason = _("The letter was posted in time")
        restop(late, question=question, stop=moment, by=by, at=at, cause=cause, reason=reason)
