"""The visitor's side of the chat: a page of ours within the website; the page's own secret is the key, nothing is kept in a cookie."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from channels_app.floods import Crowded, note_flood
from contacts import normalize
from contacts.actions.chat_after import say_after_talk
from contacts.actions.chat_begin import ChatAsked, chat_begin
from contacts.actions.chat_close import chat_close, mail_transcript
from contacts.actions.chat_line import LONGEST
from contacts.actions.chat_say import visitor_says
from contacts.chats.hours import is_open, opens_at
from contacts.models import Chat
from contacts.pages.chat import answer_of, mark_of, saw, stand_of
from organisation.client_address import client_address
from organisation.clock import now
from organisation.errors import Refused
from organisation.framing import framed
from organisation.numbers import whole
from organisation.origin import origin_of
from organisation.rate import Rate
from organisation.snapshot import organisation
from organisation.tokens import hashed
from organisation.views.for_customers import show, speak

BEGUN: Final = Rate(10)
"""A school or a phone network shares an address; a machine gets no further than this."""
SAID: Final = Rate(30)
WRONG: Final = Rate(60)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{40,60}")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,50}")
View = Callable[..., HttpResponse]


@login_not_required
@require_safe
def chat_page(request: HttpRequest) -> HttpResponse:
    """Begin, or go on with the talk that this page knows of; outside opening hours when it opens, and the form."""
    speak(request)
    house, at = organisation(), now()
    opened = is_open(house, at)
    context = {"is_open": opened, "opens_at": None if opened else opens_at(house, at), "longest": LONGEST}
    return framed(show(request, "contacts/chat.html", context))


@login_not_required
@require_safe
def chat_widget(request: HttpRequest) -> HttpResponse:
    """The one script that a website loads: a button that opens the chat within its page."""
    translation.activate("nl")
    response = render(request, "contacts/chat_widget.js", {}, content_type="text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _of_chat(view: View) -> View:
    """For who has the secret of a chat (header `X-Chat`: no other site can send it); sentences come back as JSON, with the field that is wrong."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        speak(request)
        token = request.headers.get("X-Chat", "")
        if not _TOKEN.fullmatch(token):
            return JsonResponse({"reason": ""}, status=404)
        try:
            return view(request, token)
        except Refused as refused:
            return JsonResponse({"reason": refused.message, "field": refused.field}, status=422)

    return inner


@_of_chat
@require_POST
def chat_start(request: HttpRequest, token: str) -> HttpResponse:
    """The first line; sent again it is the same chat."""
    wait = BEGUN.wait(client_address(request))
    if wait:
        return _too_often(wait)
    name = normalize.clean_line(request.POST.get("name", ""), 100)
    asked = ChatAsked(token, request.POST.get("text", ""), name, _email(request), _site(request), origin_of(request))
    try:
        chat_begin(asked=asked, at=now())
    except Crowded as crowded:
        note_flood(crowded.kind, now())
        raise
    return _stand(request, token)


@_of_chat
@require_safe
def chat_news(request: HttpRequest, token: str) -> HttpResponse:
    """What is new since the line `na`; 204 when nothing is. Asked every second or two: one query."""
    return _stand(request, token)


@_of_chat
@require_POST
def chat_line(request: HttpRequest, token: str) -> HttpResponse:
    """A line of the visitor, stored before this answers; the same key again is the same line."""
    return _say(request, token, visitor_says)


@_of_chat
@require_POST
def chat_after(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed and not sent when the talk ended, as a message to the question."""
    return _say(request, token, say_after_talk)


def _say(request: HttpRequest, token: str, act: Callable[..., object]) -> HttpResponse:
    key = request.POST.get("key", "")
    if not _KEY.fullmatch(key):
        raise Refused(_("This page is damaged. Open it again."))
    wait = SAID.wait(token)
    if wait:
        return _too_often(wait)
    chat = Chat.objects.filter(token_hash=hashed(token)).first()
    if chat is None:
        return _no_chat(request)
    act(chat=chat, text=request.POST.get("text", ""), key=key, at=now())
    return _stand(request, token)


@_of_chat
@require_POST
def chat_end(request: HttpRequest, token: str) -> HttpResponse:
    chat = Chat.objects.filter(token_hash=hashed(token)).first()
    if chat is None:
        return _no_chat(request)
    chat_close(chat=chat, by=None, at=now(), ended=Chat.Ended.VISITOR)
    return _stand(request, token)


@_of_chat
@require_POST
def chat_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The talk by mail."""
    chat = Chat.objects.filter(token_hash=hashed(token)).first()
    if chat is None:
        return _no_chat(request)
    email = _email(request)
    if not email:
        raise Refused(_("This is no e-mail address. Write it like name@example.nl."), "email")
    wait = BEGUN.wait(client_address(request))
    if wait:
        return _too_often(wait)
    mail_transcript(chat=chat, email=email, at=now())
    return _stand(request, token)


def _stand(request: HttpRequest, token: str) -> HttpResponse:
    row = stand_of(hashed(token))
    if row is None:
        return _no_chat(request)
    saw(row, now())
    if request.GET.get("stand") == mark_of(row):
        return HttpResponse(status=204)
    given: Any = request.GET if request.method != "POST" else request.POST
    return JsonResponse(answer_of(row, whole(given.get("na", "")) or 0))


def _email(request: HttpRequest) -> str:
    address = normalize.email(request.POST.get("email", ""))[:254]
    if address:
        try:
            EmailValidator()(address)
        except ValidationError:
            raise Refused(_("This is no e-mail address. Write it like name@example.nl."), "email") from None
    return address


def _site(request: HttpRequest) -> str:
    """Of the websites that may show the chat the one that says it does; anything else is not kept."""
    said = request.POST.get("site", "")
    return said if said in organisation().municipality.framing_sites else ""


def _no_chat(request: HttpRequest) -> HttpResponse:
    return _too_often(60) if WRONG.wait(client_address(request)) else JsonResponse({"reason": ""}, status=404)


def _too_often(wait: int) -> HttpResponse:
    words = _("That goes too fast. Wait a moment and try again.")
    return JsonResponse({"reason": words}, status=429, headers={"Retry-After": str(wait)})
