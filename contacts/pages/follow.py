"""The question as its customer sees it: how it stands, until when, what was written. Nothing that is meant for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models import DIGITAL_CHANNELS
from contacts.actions.acknowledge import first_promise
from contacts.models import Assignment, CallbackRequest, Contact, Question
from contacts.norms.promises import CALLBACK
from organisation import wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.follow_link import Followed

MOST_MESSAGES = 50
LONGEST_SHOWN = 20_000
Status = Question.Status


@dataclass(frozen=True)
class Step:
    """`state`: done, now or later."""

    state: str
    icon: str
    title: str
    words: str


@dataclass(frozen=True)
class Message:
    is_ours: bool
    head: str
    text: str
    files: str
    """How many came with it: that they arrived is said, they are not given back (quality §4)."""


@dataclass(frozen=True)
class FollowPage:
    number: str
    title: str
    title_lang: str
    """Set when the name of the subject is in another language than the page."""
    icon: str
    now: str
    who: str
    due_label: str
    due: str
    is_late: bool
    steps: tuple[Step, ...]
    messages: tuple[Message, ...]
    is_open: bool


def follow_page(found: Followed, at: datetime) -> FollowPage:
    """Six queries."""
    question = Question.objects.select_related("subject", "team", "assignee").get(pk=found.question.pk)
    today = local_day(at)
    callback = CallbackRequest.objects.filter(question=question, state=CallbackRequest.State.OPEN).exists()
    icon, now = _now(question, callback)
    first = first_promise(question)
    due_at = first.due_at if first is not None else None
    is_late = due_at is not None and due_at <= at
    name = question.subject.name_in(wording.language()) if question.subject else (_("Your question"), "")
    return FollowPage(
        number=question.number,
        title=name[0],
        title_lang=name[1],
        icon=icon,
        now=now,
        who=_who(question),
        due_label=_due_label(first is not None and first.code == CALLBACK, is_late),
        due=wording.day_long(wording.last_day(due_at), today) if due_at else "",
        is_late=is_late,
        steps=_steps(question, found, callback, at),
        messages=_messages(question, found.address, at),
        is_open=question.is_open,
    )


def _now(question: Question, callback: bool) -> tuple[str, str]:
    if question.status == Status.WAITING:
        return "message-circle", _("We wait for your reaction")
    if question.status == Status.NEW:
        return "inbox", _("We have received your question")
    if question.is_open:
        return ("phone", _("We will call you")) if callback else ("user-check", _("We are working on it"))
    if question.close_reason == Question.CloseReason.PASSED_ON:
        return "arrow-forward-up", _("We have passed on your question")
    if question.answered_at is not None:
        return "check", _("Your question is answered")
    return "check", _("Your question is settled")


def _who(question: Question) -> str:
    if not question.is_open:
        return ""
    if question.assignee is not None:
        told = {"name": question.assignee.get_short_name(), "team": question.team.name}
        return _("%(name)s of %(team)s has your question.") % told
    return _("Your question is with %(team)s.") % {"team": question.team.name}


def _due_label(is_call: bool, is_late: bool) -> str:
    if is_late and is_call:
        return _("We are later than we promised. We are sorry. We would have called you by")
    if is_late:
        return _("We are later than we promised. We are sorry. You would have had an answer by")
    return _("We call you on this day at the latest") if is_call else _("Answer at the latest")


def _steps(question: Question, found: Followed, callback: bool, at: datetime) -> tuple[Step, ...]:
    today = local_day(at)
    with_team = (
        Assignment.objects.filter(question=question, team=question.team)
        .order_by("-from_at")
        .values_list("from_at", flat=True)
        .first()
    )
    is_done, is_new = not question.is_open, question.status == Status.NEW
    looking = _("We wait for your reaction") if question.status == Status.WAITING else _("We are finding out")
    begun = (
        Step("done", "check", _("Received"), wording.moment_long(wording.local(question.received_at), today)),
        Step(
            "now" if is_new else "done",
            "progress" if is_new else "check",
            _("With the right team"),
            f"{question.team.name}, {wording.day_long(with_team, today)}" if with_team else question.team.name,
        ),
    )
    if is_done and question.answered_at is None:  # nobody answered: the customer said that it is settled, for example
        return (*begun, Step("done", "check", _("Settled"), wording.day_long(question.closed_at, today)))
    return (
        *begun,
        Step(
            "done" if is_done else "later" if is_new else "now",
            "check" if is_done else "progress",
            _("Found out") if is_done else looking,
            "",
        ),
        Step(
            "done" if is_done else "later",
            "check" if is_done else "phone" if callback else "mail",
            _("Answer"),
            wording.day_long(question.closed_at, today) if is_done else _how_answered(found, callback),
        ),
    )


def _how_answered(found: Followed, callback: bool) -> str:
    if callback:
        return _("We call you")
    return _("You get an e-mail") if "@" in found.address else _("You hear from us")


def _messages(question: Question, address: str, at: datetime) -> tuple[Message, ...]:
    """Only what this customer wrote, and what we sent to that same address; a colleague's note of a talk is for the desk."""
    wrote = Q(direction=Contact.Direction.IN, registered_by=None, channel__in=DIGITAL_CHANNELS)
    sent = Q(direction=Contact.Direction.OUT, outbound__isnull=False)
    rows = (
        Contact.objects.filter(wrote | sent, questions=question, is_automatic=False, address__iexact=address)
        .exclude(text="")
        .order_by("-received_at", "-id")
        .annotate(files=Count("inbound__files"))
        .values_list("direction", "received_at", Left("text", LONGEST_SHOWN), "files")[:MOST_MESSAGES]
    )
    today, names = local_day(at), {"in": _("You"), "out": _("We")}
    return tuple(
        Message(
            direction == "out",
            f"{names[direction]}, {wording.day_long(wording.local(moment), today)}",
            text,
            ngettext("With %(count)s file", "With %(count)s files", files) % {"count": files} if files else "",
        )
        for direction, moment, text, files in reversed(rows)
    )
