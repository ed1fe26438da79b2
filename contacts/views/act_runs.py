"""What each act of the table does with the fields of its form; gives the sentence to show, or the question to go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from contacts import reply_text
from contacts.access import get_question
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign
from contacts.actions.callback import attempt, change_callback, request_callback, withdraw
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.confidential import set_confidential
from contacts.actions.correct_clock import correct_clock
from contacts.actions.edit_question import edit_question
from contacts.actions.extend_complaint import extend_complaint, extended_deadline
from contacts.actions.forward import forward
from contacts.actions.link import link
from contacts.actions.merge import merge_questions
from contacts.actions.no_reaction import no_reaction
from contacts.actions.note import add_note
from contacts.actions.promises import due_words
from contacts.actions.reopen import reopen
from contacts.actions.split import split
from contacts.actions.start_talk import start_talk
from contacts.complaint_text import extension_text
from contacts.letters.text import recipient_of
from contacts.models import CallbackAttempt, CallbackRequest, ConfidentialAccess, ContactAddress, NormClock, Question
from contacts.models.callback import TRIES
from contacts.norms.promises import COMPLAINT
from organisation import wording
from organisation.errors import Refused, Stale
from organisation.models import QuestionKind, User

if TYPE_CHECKING:
    from organisation.models import User as Person


Data = Mapping[str, Any]
Run = Callable[[Question, "Person", datetime, Data, int | None], "str | Question"]
Start = Callable[[Question], dict[str, Any]]


def nothing(question: Question) -> dict[str, Any]:
    return {}


def _other(by: Person, number: str) -> Question:
    try:
        return get_question(by, number.strip(), write=True)
    except Http404:
        raise Refused(_("We cannot find a question with this number."), "number") from None


def _id(text: object) -> int | None:
    return int(str(text)) if text else None


def run_assign(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    to = User.objects.filter(pk=data["assignee"]).first() if data["assignee"] else None
    assign(question=q, by=by, at=at, to=to, version=version)
    return (
        _("%(number)s is with %(name)s now.") % {"number": q.number, "name": to}
        if to
        else _("Back in the queue of the team.")
    )


def run_forward(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    forward(question=q, by=by, at=at, team_id=int(data["team"]), reason=data["reason"], version=version)
    return _("%(number)s was handed over to %(team)s.") % {"number": q.number, "team": q.team}


def run_ask(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    ask_customer(question=q, by=by, at=at, version=version)
    if data["text"]:
        add_note(question=q, by=by, at=at, text=_("Asked the customer: %(text)s") % {"text": data["text"]})
    return _("The clock stands still until the customer reacts.")


def run_close(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    close(question=q, by=by, at=at, reason=data["reason"], text=data["text"], version=version)
    return _("%(number)s is closed.") % {"number": q.number}


def run_no_reaction(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    no_reaction(question=q, by=by, at=at, reason=data["reason"], text=data["text"], version=version)
    return _("%(number)s is closed: no reaction needed.") % {"number": q.number}


def run_reopen(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    reopen(question=q, by=by, at=at, reason=data["reason"], version=version)
    return _("%(number)s is open again, with a new deadline.") % {"number": q.number}


def extension_start(question: Question) -> dict[str, Any]:
    """A letter in plain Dutch with the new last day, to the address that we know; the reason comes in by itself."""
    clock = NormClock.objects.filter(question=question, code=COMPLAINT, replaced_by=None).order_by("-id").first()
    known = ContactAddress.objects.filter(customer_id=question.customer_id, kind="email").order_by("pk").first()
    customer = question.customer
    with translation.override("nl"):
        text = extension_text(
            hello=reply_text.salutation(customer.kind, customer.salutation, customer.name)
            if customer
            else reply_text.salutation("", "", ""),
            received=wording.day_long(question.received_at),
            last=wording.day_long(wording.last_day(extended_deadline(clock).due_at)) if clock else "",
        )
    return {
        "channel": "email" if known else "letter",
        "to_address": known.value if known else "",
        "recipient": recipient_of(customer),
        "text": text,
    }


def run_extend(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    clock = extend_complaint(
        question=q,
        by=by,
        at=at,
        reason=data["reason"],
        text=data["text"],
        channel=data["channel"],
        to_address=data["to_address"],
        recipient=data["recipient"],
        version=version,
    )
    return _("%(number)s has more time: %(due)s.") % {"number": q.number, "due": due_words(clock.due_at)}


def run_cancel(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    cancel(question=q, by=by, at=at, reason=data["reason"], version=version)
    return _("%(number)s is cancelled and counts nowhere.") % {"number": q.number}


def run_link(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    other = _other(by, data["number"])
    link(question=q, other=other, by=by, at=at, kind=data["kind"])
    return _("Linked with %(number)s.") % {"number": other.number}


def run_merge(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str | Question:
    if version is not None and version != q.version:
        raise Stale(_("A colleague changed this question in the meantime."), q)
    return merge_questions(keep=_other(by, data["number"]), merge=q, by=by, at=at)


def run_split(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str | Question:
    return split(
        question=q,
        by=by,
        at=at,
        title=data["title"],
        text=data["text"],
        subject_id=_id(data["subject"]),
        team_id=_id(data["team"]),
        version=version,
    )


def run_confidential(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    people = [int(pk) for pk in data["people"]]
    set_confidential(question=q, by=by, at=at, is_confidential=True, people=people, version=version)
    return _("Only the people you named can see this question now.")


def named_start(q: Question) -> dict[str, Any]:
    """Who may see it already stays chosen."""
    rows = ConfidentialAccess.objects.filter(question=q, until_at__isnull=True)
    return {"people": list(rows.values_list("user_id", flat=True))}


def run_not_confidential(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    set_confidential(question=q, by=by, at=at, is_confidential=False, version=version)
    return _("The team can see this question again.")


def run_callback(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    request_callback(
        question=q, by=by, at=at, phone=data["phone"], name=data["name"], moment=data["moment"], version=version
    )
    return _("The call-back request stands in the list.")


def run_start_talk(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    start_talk(
        question=q,
        by=by,
        at=at,
        number=data["number"],
        template=data["template"],
        values=[line for line in data["values"].splitlines() if line.strip()],
        how=data["how"],
        note=data["note"],
        version=version,
    )
    return _("The message is sent. When the customer answers you can write freely for 24 hours.")


def callback_start(q: Question) -> dict[str, Any]:
    phones = ContactAddress.objects.filter(customer=q.customer_id, kind=ContactAddress.Kind.PHONE).order_by(
        "-is_preferred", "id"
    )
    first = phones.values_list("value", flat=True).first() if q.customer_id else None
    return {"phone": first or "", "name": q.customer.full_name if q.customer else ""}


def open_callback_start(q: Question) -> dict[str, Any]:
    asked = CallbackRequest.objects.filter(question=q, state=CallbackRequest.State.OPEN)
    return asked.values("phone", "name", "moment").first() or {}


def withdraw_start(q: Question) -> dict[str, Any]:
    """After three tries that reached nobody the form says so itself."""
    missed = CallbackAttempt.objects.filter(callback__question=q, callback__state=CallbackRequest.State.OPEN).count()
    if missed < TRIES:
        return {}
    return {"unreachable": True, "reason": _("not reached after %(count)s tries") % {"count": missed}}


def _open_callback(q: Question) -> CallbackRequest:
    found = CallbackRequest.objects.filter(question=q, state=CallbackRequest.State.OPEN).first()
    if found is None:
        raise Refused(_("There is no open call-back request on this question."))
    found.question = q  # so that the act brings this one up to date
    return found


def run_attempt(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    then = "close" if data["close"] else "stay"
    attempt(
        callback=_open_callback(q),
        by=by,
        at=at,
        outcome=data["outcome"],
        note=data["note"],
        is_answer=data["is_answer"] or data["close"],
        then=then,
        version=version,
    )
    return (
        _("Called back: the promise is kept.")
        if data["outcome"] == "reached"
        else _("The try is kept. The clock runs on.")
    )


def run_change_callback(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    change_callback(
        callback=_open_callback(q),
        by=by,
        at=at,
        phone=data["phone"],
        name=data["name"],
        moment=data["moment"],
        version=version,
    )
    return _("The call-back request is changed.")


def run_withdraw(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    why = {"reason": data["reason"], "unreachable": data["unreachable"]}
    withdraw(callback=_open_callback(q), by=by, at=at, version=version, **why)
    return _("Nobody needs to call any more.")


def run_edit(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    is_new_complaint = data["kind"] == QuestionKind.COMPLAINT != q.kind
    was_complaint = q.kind == QuestionKind.COMPLAINT != data["kind"]
    edit_question(
        question=q,
        by=by,
        at=at,
        title=data["title"],
        subject_id=_id(data["subject"]),
        kind=data["kind"],
        version=version if version is not None else q.version,
    )
    if is_new_complaint and q.is_open:
        return _("Changed. The term of the law for a complaint runs from the day it came in, beside what was promised.")
    if was_complaint and q.is_open:
        return _("Changed. The term of the law for a complaint no longer counts; what the channel promises does.")
    return _("Changed. Team and deadline stay as promised.")


def run_correct(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    clock = q.clocks.select_related("question").get(pk=int(data["clock"]))  # type: ignore[attr-defined]
    moment = data["started_at"]
    correct_clock(clock=clock, by=by, at=at, reason=data["reason"], started_at=moment, version=version)
    return _("The deadline is corrected; the old one stays in the history.")
