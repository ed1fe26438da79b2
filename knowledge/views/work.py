"""The list of work of who looks after articles, and what became of what somebody proposed or said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knowledge.actions.say import answer_feedback
from knowledge.models import ArticleFeedback
from knowledge.pages.work import work_page
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.roles import Right, needs


@require_safe
@needs(Right.ARTICLES_READ)
def work(request: HttpRequest) -> HttpResponse:
    return _work(request)


@require_POST
@needs(Right.ARTICLES_WRITE)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a remark with an answer for the colleague."""
    row = get_object_or_404(ArticleFeedback.objects.waiting_for(request.user), pk=pk)
    try:
        is_first = answer_feedback(feedback=row, reply=request.POST.get("reply", ""), by=request.user, at=now())
    except Refused as refused:
        typed = request.POST.get("reply", "").replace("\x00", "")
        return _work(request, wrong=pk, error=refused.message, typed=typed, status=422)
    if is_first and row.by_id is None:
        messages.success(request, _("Closed."))
    elif is_first:
        messages.success(request, _("Answered. The colleague sees it under Work."))
    else:
        messages.info(request, _("A colleague had answered this already."))
    return redirect("knowledge:work")


def _work(
    request: HttpRequest, *, wrong: int | None = None, error: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    page = work_page(request.user, now(), today())
    context = {"nav": "knowledge", "page": page, "wrong": wrong, "error": error, "typed": typed}
    return render(request, "knowledge/work.html", context, status=status)
