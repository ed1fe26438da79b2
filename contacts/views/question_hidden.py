"""A confidential question for who may know only that it exists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from contacts.access import get_question
from contacts.models import Question
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right


def found_or_exists(request: HttpRequest, number: str) -> Question | HttpResponse:
    """The question, or for who may know that it exists (quality §4: E) the page that says only that."""
    try:
        return get_question(request.user, number)
    except Http404:
        if not request.user.may(Right.QUESTIONS_ALL_TEAMS):
            raise
        hidden = (
            Question.objects.filter(number=number[:20].upper(), is_confidential=True).select_related("team").first()
        )
        if hidden is None:
            raise
        return existence(request, hidden)


def existence(
    request: HttpRequest, hidden: Question, *, error: str = "", reason: str = "", status: int = 403
) -> HttpResponse:
    """Says that the question exists and is closed to this person; nothing of what is in it."""
    record_view(request, page="question.existence", question_id=hidden.pk)
    context = {
        "number": hidden.number,
        "team": hidden.team.name,
        "may_break_glass": request.user.may(Right.CONFIDENTIAL_BREAK_GLASS),
        "error": error,
        "reason": reason,
        "at": now(),
        "nav": "queue",
    }
    return render(request, "contacts/question_hidden.html", context, status=status)
