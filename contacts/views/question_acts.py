"""Every act on a question that has a form of its own: one table, one page, one POST each; works without script.

The same rows give the buttons of the screen their address. A refusal shows the form again with everything typed; an old version
shows both texts (409).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.access import get_question
from contacts.actions.assign import assign, take
from contacts.actions.confidential import break_glass
from contacts.actions.link import unlink
from contacts.actions.put_back import put_back, take_back_reminder
from contacts.actions.remind import remind
from contacts.actions.resume import resume
from contacts.actions.undo_close import undo_close
from contacts.models import Question
from contacts.pages.history import history_rows, looked_rows
from contacts.pages.question_link import question_href
from contacts.views.act_table import ACTS, Act
from contacts.views.question_conflict import back_to, came_from_figures, conflict, figures_of, version_of
from contacts.views.question_hidden import existence, found_or_exists
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.roles import Right, needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from contacts.forms import acts as forms


PUT_BACK = ("toewijzen", "doorzetten")
"""Acts on who holds a question that can be undone for a moment; so can every act that ends it."""


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
        initial = {"version": question.version, **chosen.start(question)}
        if "uitkomst" in request.GET:  # the button of the list said already how the call went
            initial["outcome"] = request.GET["uitkomst"]
        form = chosen.form(question=question, at=at, user=request.user, initial=initial)
        return _form_page(request, question, chosen, form)
    form = chosen.form(request.POST, question=question, at=at, user=request.user)
    if not form.is_valid():
        if version_of(request) in (None, question.version):
            return _form_page(request, question, chosen, form, status=422)
        return _both(request, question, form)  # what could be chosen then may not be there any more
    was_open, held = question.is_open, (question.team_id, question.assignee_id)
    try:
        outcome = chosen.run(question, request.user, at, form.cleaned_data, form.cleaned_data.get("version"))
    except Stale as stale:
        return _both(request, stale.theirs, form)
    except Refused as refused:
        fresh = get_question(request.user, number)
        form = chosen.form(request.POST, question=fresh, at=at, user=request.user)
        refused.tell(form)
        return _form_page(request, fresh, chosen, form, status=422)
    if isinstance(outcome, Question):
        messages.success(request, _("Done. You are looking at %(number)s now.") % {"number": outcome.number})
        return redirect(_reachable(request, outcome.number))
    undo = ""
    if was_open and not question.is_open:
        undo = reverse("contacts:question_undo_close", args=[question.number, question.version])
    elif act in PUT_BACK and (question.team_id, question.assignee_id) != held:
        undo = reverse("contacts:question_put_back", args=[question.number, question.version])
    messages.success(request, outcome, extra_tags=f"undo:{undo}{came_from_figures(request)}" if undo else "")
    return redirect(figures_of(request) or _reachable(request, number))


def _both(request: HttpRequest, theirs: Question, form: forms.ActForm) -> HttpResponse:
    """A colleague changed the question since the form was shown."""
    names = [name for name in form.fields if name != "version"]
    shown = [(str(form.fields[name].label), _typed(form, name)) for name in names]
    return conflict(request, theirs, shown, hidden=names)


def _typed(form: forms.ActForm, name: str) -> str:
    value = form.cleaned_data[name] if name in form.cleaned_data else form[name].value()
    choices: dict[str, str] = {}
    for key, words in getattr(form.fields[name], "choices", []):
        group = words if isinstance(words, list | tuple) else [(key, words)]
        choices |= {str(one): str(label) for one, label in group}
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
        messages.success(request, words, extra_tags=f"undo:{undo}{came_from_figures(request)}" if undo else "")
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
def question_remind(request: HttpRequest, number: str) -> HttpResponse:
    """Tells the assignee that somebody asks after it; back to the figures when the button stood there."""

    def run(question: Question) -> str:
        fresh = remind(question=question, by=request.user, at=now())
        return _("%(name)s is reminded of %(number)s.") % {"name": fresh.assignee, "number": fresh.number}

    return _at_once(request, number, run, undo=reverse("contacts:question_remind_back", args=[number]))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_remind_back(request: HttpRequest, number: str) -> HttpResponse:
    """Takes a reminder back that the assignee did not see yet."""

    def run(question: Question) -> str:
        take_back_reminder(question=question, by=request.user, at=now())
        return _("The reminder is taken back.")

    return _at_once(request, number, run)


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_put_back(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Takes back that one gave the question away or handed it over, also when it is out of one's reach by now."""
    try:
        question = put_back(number=number, version=version, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Undone: %(number)s is back where it was.") % {"number": question.number})
    return redirect(figures_of(request) or _reachable(request, number))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_undo_close(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """Takes back that one closed or cancelled the question; what was written down of a talk stands in its field again."""
    question = get_question(request.user, number, write=True)
    try:
        talk = undo_close(question=question, version=version, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back_to(request, number))
    messages.success(request, _("Undone: %(number)s is open, as it was before.") % {"number": question.number})
    return redirect(f"{question_href(question.number)}?gesprek={talk}#antwoord" if talk else back_to(request, number))


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
def question_unlink(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Two questions that do not belong together after all."""

    def run(question: Question) -> str:
        other = unlink(question=question, pk=pk, by=request.user)
        return _("No longer linked with %(number)s.") % {"number": other.number}

    return _at_once(request, number, run)


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_resume(request: HttpRequest, number: str) -> HttpResponse:
    def run(question: Question) -> str:
        resume(question=question, by=request.user, at=now(), version=version_of(request))
        return _("Taken up again. The clock runs.")

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
    record_view(
        request, page="question.opened", customer_id=hidden.customer_id, question_id=hidden.pk, reason=reason[:300]
    )
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
