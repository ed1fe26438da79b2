"""Replies that did not leave yet: taken back to the composer, or put away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.access import get_question
from contacts.actions.take_back_reply import put_away_reply, take_back_reply
from contacts.pages.came_from import CameFrom
from contacts.pages.question_link import question_href
from contacts.views.question_conflict import back_to
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.workdays import AMSTERDAM

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_take_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The reply does not leave; its text, address and files stand in the composer again."""
    found = get_question(request.user, number, write=True)
    try:
        take_back_reply(question=found, pk=pk, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back_to(request, number))
    messages.success(request, _("Not sent. Your text stands below again."))
    raw = CameFrom.read(request.GET, request.user).raw
    return redirect(f"{question_href(number)}?terug={pk}{f'&{raw}' if raw else ''}#antwoord")


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_put_away(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The text of a reply that came back is not needed any more."""
    found = get_question(request.user, number, write=True)
    if put_away_reply(question=found, pk=pk, by=request.user, at=now()):
        messages.success(request, _("The reply that was not sent is put away."))
    return redirect(back_to(request, number))


def chosen_moment(request: HttpRequest) -> datetime | None:
    """The moment of `Verstuur later`; None: as soon as can be. Raises `Refused` for what is no moment."""
    given = request.POST.get("later", "")
    if not given:
        return None
    text = request.POST.get("later_own", "") if given == "own" else given
    try:
        moment = datetime.fromisoformat(text[:40])
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused(_("Fill in the day and the time at which the reply should leave."), "later") from error


def is_too_late(send_at: datetime, due_at: datetime | None) -> bool:
    """Whether a reply at this moment would break a promise that can still be kept."""
    return due_at is not None and now() < due_at <= send_at
