"""The reception: a host registers a visitor, warns a colleague, and sees who waits and what became of today's visits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.actions.undo_registration import undo_registration
from contacts.actions.visit_fetched import visit_fetched, visit_not_fetched
from contacts.actions.visit_left import visit_left, visitor_is_back
from contacts.actions.warn_visit import register_visit, warn_again
from contacts.forms.visit import VisitForm
from contacts.pages.visits import (
    colleagues,
    subject_names,
    visits_today,
    waiting_words,
    warned_people,
    warned_words,
)
from contacts.people_here import people_here
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import AccessEntry
from organisation.roles import Right, needs
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from datetime import datetime

    from contacts.actions.asked import Registered
    from contacts.pages.visits import Visit
    from organisation.models import User
    from organisation.snapshot import Organisation

PAGE: Final = "visits"
"""As the read log knows it."""


@needs(Right.VISITS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: HttpRequest) -> HttpResponse:
    """GET shows the form and the list; POST registers the visit: answered at once, or handed over."""
    at, house = now(), organisation()
    here = people_here(at)
    form = VisitForm(request.POST if request.method == "POST" else None, house=house, warned=warned_people(house, here))
    if request.method == "POST" and form.is_valid():
        end = "direct" if request.POST.get("end") == "direct" else "forward"
        try:
            done, told = register_visit(by=request.user, at=at, **form.arguments(end, at))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            _say(request, done, told, house, is_handed_over=end == "forward")
            return redirect("contacts:visits")
    record_view(request, page=PAGE)
    people, count = colleagues(house, here)
    context = {
        **_list(request.user, house, at),
        "nav": "reception",
        "form": form,
        "subjects": subject_names(house),
        "colleagues": people,
        "colleagues_count": count,
    }
    return render(request, "contacts/visits.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Right.VISITS_WRITE)
def visits_list(request: HttpRequest) -> HttpResponse:
    """The list alone: the page asks for it by itself, so that who waits and who helps is true. Keeps nobody signed in."""
    context = _list(request.user, organisation(), now())
    _record_news(request, context["visits"])
    return render(request, "contacts/visits_list.html", context)


def _record_news(request: HttpRequest, shown: list[Visit]) -> None:
    """In the read log a list is one row each time it is opened; here also when a name came to it since, but not for every asking."""
    newest = max((one.named_at for one in shown if one.named_at is not None), default=None)
    if newest is None:
        return
    if not AccessEntry.objects.filter(user=request.user, page=PAGE, at__gte=newest).exists():
        record_view(request, page=PAGE)


@require_POST
@needs(Right.VISITS_WRITE)
def visit_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back that one registered this visit a moment ago: who closed it by mistake could not open it again."""
    try:
        questions = undo_registration(contact_id=pk, by=request.user, at=now())
    except Refused as refused:
        messages.warning(request, refused.message)
    else:
        number = {"number": questions[0].number}
        messages.success(request, _("Undone: %(number)s. Register the visit again when somebody did come.") % number)
    return redirect("contacts:visits")


@require_POST
@needs(Right.VISITS_WRITE)
def visit_warn(request: HttpRequest, number: str) -> HttpResponse:
    """Once more: somebody waits for you."""
    try:
        question, told = warn_again(number=number, by=request.user, at=now())
    except Refused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, warned_words([question], told))
    return redirect("contacts:visits")


@require_POST
@needs(Right.VISITS_WRITE)
def visit_is_fetched(request: HttpRequest, number: str) -> HttpResponse:
    """A colleague came for the visitor; the toast takes it back."""
    return _acted(
        request,
        partial(visit_fetched, number=number),
        _("This visitor is helped now."),
        undo=reverse("contacts:visit_waits_on", args=[number]),
    )


@require_POST
@needs(Right.VISITS_WRITE)
def visit_waits_on(request: HttpRequest, number: str) -> HttpResponse:
    """Takes back that a colleague came."""
    return _acted(request, partial(visit_not_fetched, number=number), _("Undone: this visitor waits again."))


@require_POST
@needs(Right.VISITS_WRITE)
def visit_leaves(request: HttpRequest, number: str) -> HttpResponse:
    """The visitor left before anybody helped; the toast takes it back."""
    return _acted(
        request,
        partial(visit_left, number=number),
        _("This visitor left and is not waited for any more."),
        undo=reverse("contacts:visit_stays", args=[number]),
    )


@require_POST
@needs(Right.VISITS_WRITE)
def visit_stays(request: HttpRequest, number: str) -> HttpResponse:
    """Takes back that the visitor left."""
    return _acted(request, partial(visitor_is_back, number=number), _("Undone: this visitor waits again."))


def _acted(request: HttpRequest, act: Callable[..., object], said: str, *, undo: str = "") -> HttpResponse:
    """Says what came of it; `undo` is the address that takes it back."""
    try:
        act(by=request.user, at=now())
    except Refused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect("contacts:visits")


def _list(user: User, house: Organisation, at: datetime) -> dict[str, Any]:
    rows = visits_today(user, house, at)
    return {"visits": rows, "waiting": waiting_words(rows)}


def _say(
    request: HttpRequest, done: Registered, told: list[User], house: Organisation, *, is_handed_over: bool
) -> None:
    question = done.questions[0]
    subject = house.subjects.get(question.subject_id or 0)
    named = f"{question.number} ({subject.name})" if subject else question.number
    if done.is_repeat:
        messages.success(request, _("This visit had already been registered: {}.").format(named))
        return
    text, undo = _("Visit registered: {}.").format(named), reverse("contacts:visit_undo", args=[done.contact.pk])
    if not is_handed_over or (not told and question.assignee_id == request.user.pk):
        messages.success(request, text, extra_tags=f"undo:{undo}")
        return
    say = messages.success if told else messages.warning
    say(request, f"{text} {warned_words([question], told)}", extra_tags=f"undo:{undo}")
