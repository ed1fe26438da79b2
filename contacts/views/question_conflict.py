"""A form on a question that a colleague changed in the meantime: both texts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.access import get_question
from contacts.models import Contact, OutgoingLetter, Question
from contacts.pages.came_from import CameFrom
from contacts.pages.question_link import question_href
from organisation.audit import record_view
from organisation.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse


def version_of(request: HttpRequest) -> int | None:
    """The version that stood in the form."""
    return whole(request.POST.get("version"))


def fresh_of(request: HttpRequest, number: str) -> Question:
    """The question as it is after an act that was rolled back."""
    return get_question(request.user, number)


def figures_of(request: HttpRequest) -> str:
    """The list of what is late on the figures, with their filters, when the person came from there."""
    if "cijfers" not in request.GET:
        return ""
    return f"{reverse('kpi:dashboard')}?{QueryDict(request.GET['cijfers'][:1200]).urlencode(safe=',')}#telaat"


def came_from_figures(request: HttpRequest) -> str:
    """What keeps that in the next address."""
    return f"?{urlencode({'cijfers': request.GET['cijfers'][:1200]})}" if "cijfers" in request.GET else ""


def back_to(request: HttpRequest, number: str) -> str:
    """The question again, still in the list that the person came from; or the figures."""
    if figures := figures_of(request):
        return figures
    raw = CameFrom.read(request.GET, request.user).raw
    return question_href(number) + (f"?{raw}" if raw else "")


def conflict(
    request: HttpRequest, theirs: Question, yours: Sequence[tuple[str, str]], *, hidden: Sequence[str]
) -> HttpResponse:
    """409: what a colleague changed and what this person filled in, side by side; saving mine again is one button."""
    last = theirs.history.select_related("history_user").first()  # type: ignore[attr-defined]
    who = str(last.history_user) if last is not None and last.history_user_id else ""
    now_rows = [
        (_("Question"), theirs.title),
        (_("Subject"), theirs.subject.name if theirs.subject else ""),
        (_("Kind"), str(theirs.get_kind_display())),
        (_("Status"), str(theirs.get_status_display())),
        (_("Team"), theirs.team.name),
        (_("Assignee"), str(theirs.assignee or _("nobody"))),
    ]
    latest = Contact.objects.filter(questions=theirs).order_by("-received_at", "-pk").first()
    if latest is not None:
        now_rows.append((_("Last contact"), latest.text[:400]))
    waiting = OutgoingLetter.objects.filter(question=theirs, state=OutgoingLetter.State.WAITING)
    now_rows += [
        (_("Letter that waits to be posted"), letter.text[:400]) for letter in waiting.order_by("-made_at")[:3]
    ]
    again = [(name, value) for name in dict.fromkeys(hidden) for value in request.POST.getlist(name)]
    context = {
        "theirs": now_rows,
        "yours": list(yours),
        "who": who,
        "is_self": last is not None and last.history_user_id == request.user.pk,
        "again": [*again, ("version", theirs.version)],
        "again_url": request.get_full_path(),
        "back_url": back_to(request, theirs.number),
        "nav": "queue",
    }
    record_view(request, page="question", customer_id=theirs.customer_id, question_id=theirs.pk)
    return render(request, "409.html", context, status=409)
