"""One question on the screen: everything that happened, the clock, and the reply, note or conversation that comes next."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts import reply_text
from contacts.access import get_question
from contacts.actions.notify import mark_read
from contacts.actions.take_back_reply import KEPT
from contacts.actions.undo_close import talk_of
from contacts.actions.viewing import leave, look
from contacts.models import Contact, OutgoingLetter, PlannedReply, Question, ReplyTemplate
from contacts.pages.came_from import CameFrom, neighbour
from contacts.pages.composer import composer, template_fields
from contacts.pages.planned import kept_files
from contacts.pages.question import question_page, viewer_words
from contacts.pages.question_facts import Facts, question_with_facts, who_looks
from contacts.pages.question_hints import question_hints
from contacts.views.question_conflict import version_of
from contacts.views.question_hidden import exists_only
from organisation.audit import looking
from organisation.clock import now
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from collections.abc import Collection

    from organisation.models import User


@require_safe
@needs(Right.QUESTIONS_READ)
def question(request: HttpRequest, number: str) -> HttpResponse:
    try:
        found, facts = question_with_facts(request.user, number, now(), looking(request, "question"))
    except Http404:
        return exists_only(request, number)
    return shown(request, found, facts=facts, **_begun(request, found))


def shown(
    request: HttpRequest, found: Question, *, status: int = 200, facts: Facts | None = None, **typed: Any
) -> HttpResponse:
    """The page, with what was typed in the composer. `facts`: when they came with the question, and the look at it was written."""
    at, user, house = now(), request.user, organisation()
    if facts is None:
        found, facts = question_with_facts(user, found.number, at, looking(request, "question"))
    page = question_page(found, facts, user, at, house, CameFrom.read(request.GET, user), request.GET.get("toon", ""))
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
        "hints": question_hints(found, house, may_write=page.may["write"]),
        "merged": merged,
        "nav": "queue",
    }
    return render(request, "contacts/question.html", context, status=status)


def _begun(request: HttpRequest, found: Question) -> dict[str, Any]:
    """A reply that begins from a template, or from a message that could not be delivered."""
    chosen, again = whole(request.GET.get("sjabloon")), whole(request.GET.get("opnieuw"))
    if back := came_back(found, whole(request.GET.get("terug"))):
        return back
    if letter := withdrawn_letter(found, whole(request.GET.get("brief"))):
        return letter
    if talk := _taken_back(request, found):
        return talk
    if chosen:
        body = _template_text(request.user, found, chosen)
        if request.GET.get("bij") == "gebeld":
            return {"talk": body, "tab": "gebeld"} if body is not None else {}
        return {"text": body} if body is not None else {}
    if again:
        failed = Contact.objects.filter(questions=found, pk=again, direction=Contact.Direction.OUT).first()
        if failed is not None:
            return {
                "text": failed.text,
                "to_address": failed.address,
                "subject_line": failed.subject_line,
                "channel": failed.channel,
            }
    return {}


def _taken_back(request: HttpRequest, found: Question) -> dict[str, Any]:
    """A conversation with which one closed the question, and which was taken back with that."""
    pk = whole(request.GET.get("gesprek"))
    talk = talk_of(found, pk, by=request.user) if pk else None
    if talk is None or not found.is_open:
        return {}
    return {"tab": "gebeld", "talk": talk.text, "talk_channel": talk.channel, "talk_is_answer": talk.is_answer}


def came_back(found: Question, pk: int | None, keep: Collection[int] | None = None) -> dict[str, Any]:
    """A reply that did not leave, as it stands in the composer again; `keep`: the files that are still wanted."""
    planned = PlannedReply.objects.filter(question=found, pk=pk, state__in=KEPT).first() if pk else None
    if planned is None:
        return {}
    return {
        "earlier": planned.pk,
        "text": planned.text,
        "to_address": planned.to_address,
        "copies": planned.copies,
        "subject_line": planned.subject_line or None,
        "channel": planned.channel,
        "later_then": planned.then,
        "kept_files": [one for one in kept_files(planned) if keep is None or one["pk"] in keep],
    }


def withdrawn_letter(found: Question, pk: int | None) -> dict[str, Any]:
    """A letter that was withdrawn, as it stands in the composer again; its greeting is in its text."""
    if not pk:
        return {}
    row = OutgoingLetter.objects.filter(question=found, pk=pk, state=OutgoingLetter.State.WITHDRAWN).first()
    if row is None:
        return {}
    return {
        "text": row.text,
        "subject_line": row.about,
        "channel": "letter",
        "recipient": row.recipient,
        "greeting": "",
    }


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
@needs(Right.QUESTIONS_READ)
def question_viewers(request: HttpRequest, number: str) -> HttpResponse:
    """Says that this person has the question open, and answers who else has. Its notices have been seen."""
    at = now()
    found = get_question(request.user, number, along=who_looks(at))
    if request.POST.get("gone"):
        leave(question=found, by=request.user)
        return HttpResponse(status=204)
    look(question=found, by=request.user, at=at, is_writing=request.POST.get("writing") == "1")
    if request.POST.get("first"):
        mark_read(user=request.user, at=at, question=found)
    context = {
        "viewers": viewer_words(vars(found)["viewers_"]),
        "changed": (version_of(request) or found.version) != found.version,
    }
    return render(request, "contacts/question_viewers.html", context)


@require_safe
@needs(Right.QUESTIONS_READ)
def question_neighbour(request: HttpRequest, number: str, which: str) -> HttpResponse:
    """`J` and `K`: the next or previous of the list."""
    found = get_question(request.user, number)
    came_from = CameFrom.read(request.GET, request.user)
    backwards = which == "vorige"
    target = neighbour(found, request.user, now(), organisation(), came_from, backwards=backwards)
    if target.startswith(f"{reverse('contacts:queue')}"):
        end = (
            _("That was the first question of the list.") if backwards else _("That was the last question of the list.")
        )
        messages.info(request, end)
    return redirect(target)
