"""A confidential question for who may know only that it exists."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.access import get_question
from contacts.actions.ask_access import ask_access
from contacts.models import Question
from contacts.pages.question_link import question_href
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs


def found_or_exists(request: HttpRequest, number: str) -> Question | HttpResponse:
    """The question, or for who may know that it exists (quality §4: E) the page that says only that."""
    try:
        return get_question(request.user, number)
    except Http404:
        return exists_only(request, number)


def exists_only(request: HttpRequest, number: str) -> HttpResponse:
    """Of a question that was not found for this person: the page that says only that it exists, or 404."""
    if not request.user.may(Right.QUESTIONS_ALL_TEAMS):
        raise Http404
    hidden = Question.objects.filter(number=number[:20].upper(), is_confidential=True).select_related("team").first()
    if hidden is None:
        raise Http404
    return existence(request, hidden)


def existence(
    request: HttpRequest,
    hidden: Question,
    *,
    error: str = "",
    reason: str = "",
    ask: str = "",
    ask_error: str = "",
    status: int = 403,
) -> HttpResponse:
    """Says that the question exists and is closed to this person; nothing of what is in it. `ask` is what was typed to ask access."""
    record_view(request, page="question.existence", question_id=hidden.pk)
    context = {
        "number": hidden.number,
        "team": hidden.team.name,
        "may_break_glass": request.user.may(Right.CONFIDENTIAL_BREAK_GLASS),
        "error": error,
        "reason": reason,
        "ask": ask,
        "ask_error": ask_error,
        "at": now(),
        "nav": "queue",
    }
    return render(request, "contacts/question_hidden.html", context, status=status)


@require_POST
@needs(Right.QUESTIONS_READ)
def question_ask_access(request: HttpRequest, number: str) -> HttpResponse:
    """Asks the colleagues of a confidential question to be let in, with a reason."""
    found = found_or_exists(request, number)
    if isinstance(found, Question):
        return redirect(question_href(found.number))
    hidden = Question.objects.select_related("team").get(number=number[:20].upper(), is_confidential=True)
    reason = request.POST.get("ask", "")
    try:
        ask_access(question=hidden, by=request.user, at=now(), reason=reason)
    except Refused as refused:
        return existence(request, hidden, ask_error=refused.message, ask=reason, status=422)
    messages.success(request, _("Asked. The assignee and the team lead are told, with your reason."))
    return redirect(question_href(hidden.number))
