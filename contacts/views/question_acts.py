"""Every act on a question that has a form of its own: one table, one page, one POST each; works without script.

The same rows give the buttons of the screen their address. A refusal shows the form again with everything typed; an old version
shows both texts (409).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.access import get_question
from contacts.actions.acknowledge_letter import acknowledge_letter
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import assign, take
from contacts.actions.callback import attempt, request_callback, withdraw
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.confidential import break_glass, set_confidential
from contacts.actions.correct_clock import correct_clock
from contacts.actions.edit_question import edit_question
from contacts.actions.forward import forward
from contacts.actions.link import link
from contacts.actions.merge import merge_questions
from contacts.actions.note import add_note
from contacts.actions.reopen import reopen
from contacts.actions.resume import resume
from contacts.actions.split import split
from contacts.errors import Refused, Stale
from contacts.forms import acts as forms
from contacts.models import CallbackRequest, ContactAddress, Question
from contacts.pages.history import history_rows, looked_rows
from contacts.pages.queue import question_href
from contacts.views.question import back_to, conflict, existence, found_or_exists, version_of
from organisation import wording
from organisation.audit import record_view
from organisation.clock import now
from organisation.models import User
from organisation.roles import Right, needs

if TYPE_CHECKING:
    from organisation.models import User as Person

Data = Mapping[str, Any]
Run = Callable[[Question, "Person", datetime, Data, int | None], "str | Question"]
Start = Callable[[Question], dict[str, Any]]


def _nothing(question: Question) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """`run` does it and gives the sentence to show (or the question to go to)."""

    title: Promise
    button: Promise
    form: type[forms.ActForm]
    run: Run
    lead: Promise | str = ""
    start: Start = _nothing
    right: Right = Right.QUESTIONS_WRITE
    icon: str = "check"


def _other(by: Person, number: str) -> Question:
    try:
        return get_question(by, number.strip(), write=True)
    except Http404:
        raise Refused(_("We cannot find a question with this number."), "number") from None


def _id(text: object) -> int | None:
    return int(str(text)) if text else None


def _assign(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    to = User.objects.filter(pk=data["assignee"]).first() if data["assignee"] else None
    assign(question=q, by=by, at=at, to=to, version=version)
    return (
        _("%(number)s is with %(name)s now.") % {"number": q.number, "name": to}
        if to
        else _("Back in the queue of the team.")
    )


def _forward(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    forward(question=q, by=by, at=at, team_id=int(data["team"]), reason=data["reason"], version=version)
    return _("%(number)s was handed over to %(team)s.") % {"number": q.number, "team": q.team}


def _ask(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    ask_customer(question=q, by=by, at=at, version=version)
    if data["text"]:
        add_note(question=q, by=by, at=at, text=_("Asked the customer: %(text)s") % {"text": data["text"]})
    return _("The clock stands still until the customer reacts.")


def _close(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    close(question=q, by=by, at=at, reason=data["reason"], text=data["text"], version=version)
    return _("%(number)s is closed.") % {"number": q.number}


def _reopen(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    reopen(question=q, by=by, at=at, reason=data["reason"], version=version)
    return _("%(number)s is open again, with a new deadline.") % {"number": q.number}


def _cancel(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    cancel(question=q, by=by, at=at, reason=data["reason"], version=version)
    return _("%(number)s is cancelled and counts nowhere.") % {"number": q.number}


def _link(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    other = _other(by, data["number"])
    link(question=q, other=other, by=by, at=at, kind=data["kind"])
    return _("Linked with %(number)s.") % {"number": other.number}


def _merge(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str | Question:
    if version is not None and version != q.version:
        raise Stale(_("A colleague changed this question in the meantime."), q)
    return merge_questions(keep=_other(by, data["number"]), merge=q, by=by, at=at)


def _split(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str | Question:
    return split(
        question=q,
        by=by,
        at=at,
        title=data["title"],
        text=data["text"],
        subject_id=_id(data["subject"]),
        team_id=_id(data["team"]),
    )


def _confidential(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    people = [int(pk) for pk in data["people"]]
    set_confidential(question=q, by=by, at=at, is_confidential=True, people=people, version=version)
    return _("Only the people you named can see this question now.")


def _not_confidential(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    set_confidential(question=q, by=by, at=at, is_confidential=False, version=version)
    return _("The team can see this question again.")


def _callback(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    request_callback(
        question=q, by=by, at=at, phone=data["phone"], name=data["name"], moment=data["moment"], version=version
    )
    return _("The call-back request stands in the list.")


def _callback_start(q: Question) -> dict[str, Any]:
    phones = ContactAddress.objects.filter(customer=q.customer_id, kind=ContactAddress.Kind.PHONE).order_by(
        "-is_preferred", "id"
    )
    first = phones.values_list("value", flat=True).first() if q.customer_id else None
    return {"phone": first or "", "name": q.customer.full_name if q.customer else ""}


def _open_callback(q: Question) -> CallbackRequest:
    found = (
        CallbackRequest.objects.filter(question=q, state=CallbackRequest.State.OPEN).select_related("question").first()
    )
    if found is None:
        raise Refused(_("There is no open call-back request on this question."))
    return found


def _attempt(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
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


def _withdraw(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    withdraw(callback=_open_callback(q), by=by, at=at, reason=data["reason"], unreachable=data["unreachable"])
    return _("Nobody needs to call any more.")


def _edit(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    edit_question(
        question=q,
        by=by,
        at=at,
        title=data["title"],
        subject_id=_id(data["subject"]),
        kind=data["kind"],
        version=version if version is not None else q.version,
    )
    return _("Changed. Team and deadline stay as promised.")


def _correct(q: Question, by: Person, at: datetime, data: Data, version: int | None) -> str:
    clock = q.clocks.select_related("question").get(pk=int(data["clock"]))  # type: ignore[attr-defined]
    correct_clock(clock=clock, by=by, at=at, reason=data["reason"], started_at=data["started_at"])
    return _("The deadline is corrected; the old one stays in the history.")


ACTS: dict[str, Act] = {
    "toewijzen": Act(
        lazy("Give to a colleague"),
        lazy("Give"),
        forms.AssignForm,
        _assign,
        start=lambda q: {"assignee": q.assignee_id},
        icon="user-plus",
    ),
    "doorzetten": Act(
        lazy("Hand over to another team"),
        lazy("Hand over"),
        forms.ForwardForm,
        _forward,
        lazy("The deadline stays the same. The other team sees why they get it."),
        icon="arrow-forward-up",
    ),
    "wachten": Act(
        lazy("Wait for the customer"),
        lazy("Wait for customer"),
        forms.AskForm,
        _ask,
        lazy("The clock stands still. It runs on when the customer reacts, or when you take the question up again."),
        icon="player-pause",
    ),
    "sluiten": Act(lazy("Close the question"), lazy("Close"), forms.CloseForm, _close, icon="circle-check"),
    "heropenen": Act(
        lazy("Open the question again"),
        lazy("Open again"),
        forms.ReasonForm,
        _reopen,
        lazy("The customer gets a new deadline; the old result stays."),
        icon="refresh",
    ),
    "annuleren": Act(
        lazy("Cancel: this is no question"),
        lazy("Cancel the question"),
        forms.CancelForm,
        _cancel,
        lazy("It counts in no figure and stays in the history."),
        icon="ban",
    ),
    "koppelen": Act(lazy("Link with another question"), lazy("Link"), forms.LinkForm, _link, icon="link"),
    "samenvoegen": Act(lazy("Merge with another question"), lazy("Merge"), forms.MergeForm, _merge, icon="git-merge"),
    "afsplitsen": Act(
        lazy("Split off another question"),
        lazy("Split off"),
        forms.SplitForm,
        _split,
        lazy("The new question has the same customer and moment of receipt, and a team and deadline of its own."),
        icon="arrows-sort",
    ),
    "vertrouwelijk": Act(
        lazy("Make confidential"),
        lazy("Make confidential"),
        forms.ConfidentialForm,
        _confidential,
        lazy("You, the assignee and the people you choose see it. Others only see that it exists."),
        icon="lock",
    ),
    "openbaar": Act(
        lazy("No longer confidential"),
        lazy("Open for the team"),
        forms.ActForm,
        _not_confidential,
        lazy("The whole team can see it again."),
        icon="lock-open",
    ),
    "terugbellen": Act(
        lazy("Promise to call back"),
        lazy("Promise it"),
        forms.CallbackForm,
        _callback,
        start=_callback_start,
        icon="phone-outgoing",
    ),
    "poging": Act(lazy("Called back"), lazy("Keep"), forms.AttemptForm, _attempt, icon="phone-call"),
    "niet-bellen": Act(
        lazy("Nobody needs to call any more"), lazy("End the request"), forms.WithdrawForm, _withdraw, icon="phone-off"
    ),
    "wijzigen": Act(
        lazy("Change question, subject and kind"),
        lazy("Save"),
        forms.EditForm,
        _edit,
        start=lambda q: {"title": q.title, "subject": q.subject_id, "kind": q.kind},
        icon="edit",
    ),
    "termijn": Act(
        lazy("Correct the deadline"),
        lazy("Correct"),
        forms.CorrectForm,
        _correct,
        lazy("A new deadline takes the place of the old one; both stay in the history, with your name and reason."),
        start=lambda q: {"started_at": wording.local(q.received_at).replace(tzinfo=None)},
        right=Right.CLOCK_CORRECT,
        icon="clock-edit",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.QUESTIONS_WRITE)
def question_act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Shows the form of the act, or does it."""
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    if not request.user.may(chosen.right):
        raise PermissionDenied
    question = get_question(request.user, number, write=True)
    at = now()
    if request.method != "POST":
        form = chosen.form(
            question=question, at=at, user=request.user, initial={"version": question.version, **chosen.start(question)}
        )
        return _form_page(request, question, chosen, form)
    form = chosen.form(request.POST, question=question, at=at, user=request.user)
    if not form.is_valid():
        return _form_page(request, question, chosen, form, status=422)
    try:
        outcome = chosen.run(question, request.user, at, form.cleaned_data, form.cleaned_data.get("version"))
    except Stale as stale:
        shown = [(str(form.fields[name].label), _typed(form, name)) for name in form.cleaned_data if name != "version"]
        return conflict(request, stale.theirs, shown, hidden=[name for name in form.fields if name != "version"])
    except Refused as refused:
        fresh = get_question(request.user, number)
        form = chosen.form(request.POST, question=fresh, at=at, user=request.user)
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _form_page(request, fresh, chosen, form, status=422)
    if isinstance(outcome, Question):
        messages.success(request, _("Done. You are looking at %(number)s now.") % {"number": outcome.number})
        return redirect(_reachable(request, outcome.number))
    messages.success(request, outcome)
    return redirect(_reachable(request, number))


def _typed(form: forms.ActForm, name: str) -> str:
    value = form.cleaned_data[name]
    choices = {
        str(key): str(words)
        for key, words in getattr(form.fields[name], "choices", [])
        if not isinstance(words, list | tuple)
    }
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(choices.get(str(one), str(one or "")) for one in values)


def _reachable(request: HttpRequest, number: str) -> str:
    """The question, or the queue when the act took it out of this person's reach."""
    if Question.objects.visible_to(request.user).filter(number=number.upper()).exists():
        return back_to(request, number)
    return reverse("contacts:queue")


def _form_page(
    request: HttpRequest, question: Question, act: Act, form: forms.ActForm, *, status: int = 200
) -> HttpResponse:
    record_view(request, page="question.act", customer_id=question.customer_id, question_id=question.pk)
    context = {
        "question": question,
        "act": act,
        "form": form,
        "back_url": back_to(request, question.number),
        "nav": "queue",
    }
    return render(request, "contacts/question_act.html", context, status=status)


def _at_once(request: HttpRequest, number: str, run: Callable[[Question], str], undo: str = "") -> HttpResponse:
    """An act without a form: done, or refused with the sentence on the page."""
    question = get_question(request.user, number, write=True)
    try:
        words = run(question)
    except Stale as stale:
        return conflict(request, stale.theirs, [], hidden=[])
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, words, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(back_to(request, number))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_take(request: HttpRequest, number: str) -> HttpResponse:
    """`P`: mine from now on."""

    def run(question: Question) -> str:
        take(question=question, by=request.user, at=now())
        return _("%(number)s is yours now.") % {"number": question.number}

    return _at_once(request, number, run, undo=reverse("contacts:question_release", args=[number]))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_release(request: HttpRequest, number: str) -> HttpResponse:
    """Takes "mine" back: only what one holds oneself."""

    def run(question: Question) -> str:
        if question.assignee_id != request.user.pk:
            raise Refused(_("This question is not yours any more."))
        assign(question=question, by=request.user, at=now(), to=None)
        return _("Back in the queue of the team.")

    return _at_once(request, number, run)


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_resume(request: HttpRequest, number: str) -> HttpResponse:
    def run(question: Question) -> str:
        resume(question=question, by=request.user, at=now(), version=version_of(request))
        return _("Taken up again. The clock runs.")

    return _at_once(request, number, run)


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_acknowledged(request: HttpRequest, number: str) -> HttpResponse:
    """The acknowledgement of a letter was posted on paper."""

    def run(question: Question) -> str:
        acknowledge_letter(question=question, by=request.user, at=now(), version=version_of(request))
        return _("The acknowledgement is recorded; the term for the answer itself runs now.")

    return _at_once(request, number, run)


@require_POST
@needs(Right.CONFIDENTIAL_BREAK_GLASS)
def question_break_glass(request: HttpRequest, number: str) -> HttpResponse:
    """Opens a confidential question for an hour, with a reason that others see."""
    found = found_or_exists(request, number)
    if isinstance(found, Question):
        return redirect(question_href(found.number))
    hidden = Question.objects.select_related("team").get(number=number[:20].upper(), is_confidential=True)
    reason = request.POST.get("reason", "")
    try:
        break_glass(question=hidden, by=request.user, at=now(), reason=reason)
    except Refused as refused:
        return existence(request, hidden, error=refused.message, reason=reason, status=422)
    messages.warning(request, _("Open for you for 60 minutes. The team and the privacy officer are told."))
    return redirect(question_href(hidden.number))


@require_safe
@needs(Right.QUESTIONS_READ)
def question_history(request: HttpRequest, number: str) -> HttpResponse:
    """What was changed, when and by whom; and who looked."""
    question = get_question(request.user, number)
    record_view(request, page="question.history", customer_id=question.customer_id, question_id=question.pk)
    context = {
        "question": question,
        "changes": history_rows(question),
        "looked": looked_rows(question),
        "back_url": back_to(request, number),
        "nav": "queue",
    }
    return render(request, "contacts/question_history.html", context)
