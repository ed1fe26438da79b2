"""One question on the screen: everything that happened, the clock, and the reply, note or conversation that comes next."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts import reply_text
from contacts.access import get_question
from contacts.actions.answer import answer, log_conversation
from contacts.actions.note import add_note
from contacts.actions.notify import mark_read
from contacts.actions.viewing import leave, look
from contacts.errors import Refused, Stale
from contacts.models import Contact, Question, ReplyTemplate
from contacts.pages.question import CameFrom, composer, neighbour, question_page, template_fields, viewer_words
from contacts.pages.question_facts import LOOKING, viewers
from contacts.pages.queue import question_href
from organisation.audit import record_view
from organisation.clock import now
from organisation.models import User
from organisation.roles import Right, needs
from organisation.snapshot import organisation


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


@require_safe
@needs(Right.QUESTIONS_READ)
def question(request: HttpRequest, number: str) -> HttpResponse:
    found = found_or_exists(request, number)
    if isinstance(found, HttpResponse):
        return found
    typed = _begun(request, found)
    return shown(request, found, **typed)


def shown(request: HttpRequest, found: Question, *, status: int = 200, **typed: Any) -> HttpResponse:
    """The page, with what was typed in the composer."""
    at, user, house = now(), request.user, organisation()
    came_from = CameFrom.read(request.GET, user)
    page, facts = question_page(found, user, at, house, came_from, request.GET.get("toon", ""))
    record_view(request, page="question", customer_id=found.customer_id, question_id=found.pk)
    if found.merged_into_id:
        merged = (
            Question.objects.visible_to(user).filter(pk=found.merged_into_id).values_list("number", flat=True).first()
        )
    else:
        merged = None
    context = {
        "page": page,
        "question": found,
        "form": composer(found, facts, user, house, typed.pop("key", None) or uuid.uuid4().hex, **typed),
        "merged": merged,
        "nav": "queue",
    }
    return render(request, "contacts/question.html", context, status=status)


def _begun(request: HttpRequest, found: Question) -> dict[str, Any]:
    """A reply that begins from a template, or from a message that could not be delivered."""
    chosen, again = request.GET.get("sjabloon", ""), request.GET.get("opnieuw", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        body = _template_text(request.user, found, int(chosen))
        return {"text": body} if body is not None else {}
    if again.isascii() and again.isdigit() and len(again) < 18:
        failed = Contact.objects.filter(questions=found, pk=int(again), direction=Contact.Direction.OUT).first()
        if failed is not None:
            return {
                "text": failed.text,
                "to_address": failed.address,
                "subject_line": failed.subject_line,
                "channel": failed.channel,
            }
    return {}


def _template_text(user: User, found: Question, pk: int) -> str | None:
    template = ReplyTemplate.objects.filter(pk=pk, is_active=True).first()
    if template is None:
        return None
    with translation.override("nl"):  # the citizen reads Dutch
        return reply_text.fill(template.body, template_fields(found, user, organisation()))


@require_safe
@needs(Right.TEMPLATES_USE)
def question_template(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The text of a template with its fields filled in, for the composer."""
    body = _template_text(request.user, get_question(request.user, number), pk)
    if body is None:
        raise Http404
    return JsonResponse({"text": body})


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_reply(request: HttpRequest, number: str) -> HttpResponse:
    """Sends the reply; what happens with the question is on the button."""
    found = get_question(request.user, number, write=True)
    data = request.POST
    then = data.get("then", "close")
    typed = {name: data.get(name, "") for name in ("text", "to_address", "subject_line", "channel", "key")}
    next_href = _next_after(request, found)
    try:
        answer(
            question=found,
            by=request.user,
            at=now(),
            text=typed["text"],
            channel=typed["channel"] or "email",
            to_address=typed["to_address"],
            subject_line=typed["subject_line"],
            then=then,
            is_answer=then == "close" or (then == "stay" and data.get("is_answer") == "on"),
            version=version_of(request),
            key=typed["key"] or None,
        )
    except Stale as stale:
        return conflict(request, stale.theirs, [(_("Your reply"), typed["text"])], hidden=(*typed, "then", "is_answer"))
    except Refused as refused:
        return shown(
            request, fresh_of(request, number), status=422, error=refused.message, error_field=refused.field, **typed
        )
    words = {
        "close": _("Sent, and the question is closed."),
        "waiting": _("Sent. The clock stands still until the customer reacts."),
        "interim": _("Sent as an interim message. The clock runs on."),
    }
    messages.success(request, words.get(then, _("Sent.")))
    return redirect(next_href if then == "close" and next_href else back_to(request, number))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_note(request: HttpRequest, number: str) -> HttpResponse:
    """An internal note; notes are only added, so no version is needed."""
    found = get_question(request.user, number, write=True)
    text = request.POST.get("note", "")
    try:
        add_note(question=found, by=request.user, at=now(), text=text)
    except Refused as refused:
        return shown(request, found, status=422, tab="notitie", note=text, error=refused.message, error_field="note")
    messages.success(request, _("The note is kept."))
    return redirect(back_to(request, number))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_talk(request: HttpRequest, number: str) -> HttpResponse:
    """A conversation that was held: on the phone, at the counter, at home."""
    found = get_question(request.user, number, write=True)
    data = request.POST
    text, is_answer = data.get("talk", ""), data.get("talk_is_answer") == "on"
    channel = data.get("talk_channel", "phone")
    then = "close" if data.get("then") == "close" else "stay"
    next_href = _next_after(request, found)
    try:
        log_conversation(
            question=found,
            by=request.user,
            at=now(),
            channel=channel,
            text=text,
            is_answer=is_answer or then == "close",
            then=then,
            version=version_of(request),
        )
    except Stale as stale:
        kept = ("talk", "talk_is_answer", "talk_channel", "then")
        return conflict(request, stale.theirs, [(_("Your text"), text)], hidden=kept)
    except Refused as refused:
        typed = {"tab": "gebeld", "talk": text, "talk_is_answer": is_answer, "talk_channel": channel}
        return shown(request, fresh_of(request, number), status=422, error=refused.message, error_field="talk", **typed)
    messages.success(
        request,
        _("The conversation is kept, and the question is closed.")
        if then == "close"
        else _("The conversation is kept."),
    )
    return redirect(next_href if then == "close" and next_href else back_to(request, number))


@require_POST
@needs(Right.QUESTIONS_READ)
def question_viewers(request: HttpRequest, number: str) -> HttpResponse:
    """Says that this person has the question open, and answers who else has. Its notices have been seen."""
    found = get_question(request.user, number)
    at = now()
    if request.POST.get("gone"):
        leave(question=found, by=request.user)
        return HttpResponse(status=204)
    look(question=found, by=request.user, at=at, is_writing=request.POST.get("writing") == "1")
    if request.POST.get("first"):
        mark_read(user=request.user, at=at, question=found)
    rows = (
        Question.objects.filter(pk=found.pk)
        .annotate(who=viewers(found.pk, request.user, at - LOOKING))
        .values_list("who", "version")
        .get()
    )
    changed = (version_of(request) or rows[1]) != rows[1]
    return render(request, "contacts/question_viewers.html", {"viewers": viewer_words(rows[0]), "changed": changed})


@require_safe
@needs(Right.QUESTIONS_READ)
def question_neighbour(request: HttpRequest, number: str, which: str) -> HttpResponse:
    """`J` and `K`: the next or previous of the list."""
    found = get_question(request.user, number)
    came_from = CameFrom.read(request.GET, request.user)
    target = neighbour(found, request.user, now(), organisation(), came_from, backwards=which == "vorige")
    if target.startswith(f"{reverse('contacts:queue')}"):
        messages.info(request, _("That was the last question of the list."))
    return redirect(target)


def version_of(request: HttpRequest) -> int | None:
    """The version that stood in the form."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def fresh_of(request: HttpRequest, number: str) -> Question:
    """The question as it is after an act that was rolled back."""
    return get_question(request.user, number)


def back_to(request: HttpRequest, number: str) -> str:
    """The question again, still in the list that the person came from."""
    raw = CameFrom.read(request.GET, request.user).raw
    return question_href(number) + (f"?{raw}" if raw else "")


def _next_after(request: HttpRequest, found: Question) -> str:
    """Where to go after closing: the next of the list, for who chose that; looked up before the question leaves it."""
    came_from = CameFrom.read(request.GET, request.user)
    filters = came_from.filters
    if filters is None or request.user.after_saving == "stay":
        return ""
    if request.user.after_saving == "new":
        return f"{reverse('contacts:queue')}?{filters.query()}"
    return neighbour(found, request.user, now(), organisation(), came_from, backwards=False)


def conflict(
    request: HttpRequest, theirs: Question, yours: Sequence[tuple[str, str]], *, hidden: Sequence[str]
) -> HttpResponse:
    """409: what a colleague changed and what this person filled in, side by side; saving mine again is one button."""
    last = theirs.history.select_related("history_user").first()  # type: ignore[attr-defined]
    who = str(last.history_user) if last is not None and last.history_user_id else ""
    now_rows = [
        (_("Question"), theirs.title),
        (_("Status"), str(theirs.get_status_display())),
        (_("Team"), theirs.team.name),
        (_("Assignee"), str(theirs.assignee or _("nobody"))),
    ]
    latest = Contact.objects.filter(questions=theirs).order_by("-received_at", "-pk").first()
    if latest is not None:
        now_rows.append((_("Last contact"), latest.text[:400]))
    again = [(name, value) for name in dict.fromkeys(hidden) for value in request.POST.getlist(name)]
    context = {
        "theirs": now_rows,
        "yours": list(yours),
        "who": who,
        "again": [*again, ("version", theirs.version)],
        "again_url": request.get_full_path(),
        "back_url": back_to(request, theirs.number),
        "nav": "queue",
    }
    record_view(request, page="question", customer_id=theirs.customer_id, question_id=theirs.pk)
    return render(request, "409.html", context, status=409)
