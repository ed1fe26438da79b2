"""The desk's side of the chat: the list, one talk, and what can be done with it. Everything also works without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.actions.chat_close import chat_close
from contacts.actions.chat_hand import chat_take, chat_to_colleague, chat_to_team
from contacts.actions.chat_line import LONGEST
from contacts.actions.chat_say import desk_says
from contacts.chats.desk import get_chat
from contacts.chats.hours import is_open
from contacts.models import Chat
from contacts.pages import chats as page
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import User
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.tokens import new_token

if TYPE_CHECKING:
    from datetime import datetime

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,50}")


@needs(Right.QUESTIONS_WRITE)
@require_safe
def chats(request: HttpRequest) -> HttpResponse:
    """Who waits and who talks; nobody is chosen yet."""
    at, house = now(), organisation()
    context = _state(request, None, at)
    context |= {"nav": "chats", "has_chat": house.municipality.has_chat, "is_open": is_open(house, at)}
    record_view(request, page="chats")
    return render(request, "contacts/chats.html", context)


@needs(Right.QUESTIONS_WRITE)
@require_safe
def chat(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk beside the list."""
    return _talk(request, get_chat(request.user, pk))


@needs(Right.QUESTIONS_WRITE)
@require_safe
def chats_state(request: HttpRequest) -> HttpResponse:
    """What is new, asked every two seconds; 204 when nothing is. Keeps nobody signed in."""
    at, asked = now(), request.GET
    pk = whole(asked.get("nu", ""))
    try:
        found = get_chat(request.user, pk) if pk else None
    except Http404:  # it went to a team out of reach while it was on the screen
        return HttpResponse(headers={"HX-Redirect": reverse("contacts:chats")})
    context = _state(request, found, at, after=whole(asked.get("na", "")) or 0)
    if asked.get("stand") == context["mark"]:
        return HttpResponse(status=204)
    if (
        found is not None and context["lines"] and found.taken_by_id != request.user.pk
    ):  # who has it took it, which stands
        record_view(request, page="chat", question_id=found.question_id, customer_id=found.question.customer_id)
    return render(request, "contacts/chats_state.html", {**context, "is_news": True})


@needs(Right.QUESTIONS_WRITE)
@require_POST
def chat_say(request: HttpRequest, pk: int) -> HttpResponse:
    """A line; stored before this answers."""
    found, key = get_chat(request.user, pk), request.POST.get("key", "")
    try:
        if not _KEY.fullmatch(key):
            raise Refused(_("This page is damaged. Open it again."))
        desk_says(chat=found, by=request.user, text=request.POST.get("text", ""), key=key, at=now())
    except Refused as refused:
        return _refused(request, found, refused, typed=request.POST.get("text", "")[:LONGEST])
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Trigger": "chat-tick"})
    return redirect("contacts:chat", pk=pk)


@needs(Right.QUESTIONS_WRITE)
@require_POST
def chat_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_chat(request.user, pk)
    try:
        chat_take(chat=found, by=request.user, at=now(), was=whole(request.POST.get("was", "")))
    except Refused as refused:
        return _refused(request, found, refused)
    return redirect("contacts:chat", pk=pk)


@needs(Right.QUESTIONS_WRITE)
@require_POST
def chat_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """To a colleague (`p12`) or a team (`t3`)."""
    found, to, at = get_chat(request.user, pk), request.POST.get("to", ""), now()
    key = whole(to[1:]) or 0
    try:
        if to[:1] == "t":
            chat_to_team(chat=found, team_id=key, by=request.user, at=at)
        else:
            person = User.objects.filter(pk=key, is_active=True).first() if to[:1] == "p" else None
            if person is None:
                raise Refused(_("Choose a colleague or a team."))
            chat_to_colleague(chat=found, to=person, by=request.user, at=at)
    except Refused as refused:
        return _refused(request, found, refused)
    messages.success(request, _("Handed over."))
    return redirect("contacts:chats")


@needs(Right.QUESTIONS_WRITE)
@require_POST
def chat_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Answered, or open for later; the talk becomes a contact of the question."""
    found, answered = get_chat(request.user, pk), request.POST.get("end") == "answered"
    try:
        chat_close(
            chat=found,
            by=request.user,
            at=now(),
            ended=Chat.Ended.DESK,
            answered=answered,
            subject_id=whole(request.POST.get("subject", "")) or None,
            seen=whole(request.POST.get("seen", "")),
        )
    except Refused as refused:
        return _refused(request, found, refused)
    words = _("The talk stands with {}.") if answered else _("The talk stands with {}, which is still open.")
    messages.success(request, words.format(found.question.number))
    return redirect("contacts:chats" if answered else reverse("contacts:question", args=[found.question.number]))


def _refused(request: HttpRequest, chat: Chat, refused: Refused, typed: str = "") -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponse(refused.message, status=422, content_type="text/plain; charset=utf-8")
    return _talk(request, get_chat(request.user, chat.pk), error=refused.message, typed=typed)


def _talk(request: HttpRequest, found: Chat, *, error: str = "", typed: str = "") -> HttpResponse:
    at, house = now(), organisation()
    context = _state(request, found, at)
    context |= {
        "nav": "chats",
        "error": error,
        "typed": typed,
        "key": new_token()[:20],
        "longest": LONGEST,
        "targets": page.targets(request.user, house, at) if context["talk"].is_mine else [],
        "subjects": page.subjects(house) if context["talk"].is_mine else [],
    }
    record_view(request, page="chat", question_id=found.question_id, customer_id=found.question.customer_id)
    return render(request, "contacts/chats.html", context, status=422 if error else 200)


def _state(request: HttpRequest, found: Chat | None, at: datetime, after: int = 0) -> dict[str, Any]:
    rows = page.chat_rows(request.user, at)
    talk = page.talk_of(found, request.user) if found is not None else None
    return {
        "rows": rows,
        "waiting": sum(one.asks for one in rows),
        "talk": talk,
        "lines": page.lines_of(found, after) if found is not None and found.line_count > after else [],
        "mark": page.mark_of(rows, talk),
    }
