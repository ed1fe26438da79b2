"""Letters that go out: the list of the post, printing one or all, and saying on which day they were posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.access import get_question
from contacts.actions.acknowledge_by_letter import acknowledge_by_letter
from contacts.actions.letter_questions import letters_of
from contacts.actions.post_letter import MOST, post_letter, post_letters
from contacts.actions.print_letters import print_letters
from contacts.actions.unpost_letter import redate_letter, unpost_letter
from contacts.actions.withdraw_letter import withdraw_letter
from contacts.models import OutgoingLetter, Question
from contacts.pages.letter import letter_on_paper
from contacts.pages.letters import letter_page, letters_page
from contacts.pages.question_link import question_href
from contacts.views.letter import on_paper
from contacts.views.question_conflict import back_to, conflict, version_of
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day

PRINTED_AT_ONCE: Final = 50
"""Letters in one PDF; a letter takes a fifth of a second."""


@require_safe
@needs(Right.QUESTIONS_READ)
def letters(request: HttpRequest) -> HttpResponse:
    """What waits to be posted, was posted or withdrawn."""
    record_view(request, page="letters")
    return _list(request)


def _list(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {"page": letters_page(request.user, request.GET, now()), "error": error, "nav": "queue"}
    return render(request, "contacts/letters.html", context, status=status)


@require_safe
@needs(Right.QUESTIONS_READ)
def letter_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter with its history, and what can be done with it."""
    return _one(request, _letter(request, pk))


def _one(request: HttpRequest, letter: OutgoingLetter, *, error: str = "", status: int = 200) -> HttpResponse:
    question = letter.question
    record_view(request, page="letter", question_id=question.pk, customer_id=question.customer_id)
    context = {
        "page": letter_page(request.user, letter, now()),
        "error": error,
        "nav": "queue",
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "contacts/letter_out.html", context, status=status)


def _letter(request: HttpRequest, pk: int) -> OutgoingLetter:
    """404 for one that is not there or not for this person."""
    rows = letters_of(request.user).select_related("question", "settled_by", "made_by")
    letter = rows.filter(pk=pk).first()
    if letter is None:
        raise Http404
    return letter


def _chosen(request: HttpRequest) -> list[int]:
    data = request.POST if request.method == "POST" else request.GET
    return [pk for pk in map(whole, data.getlist("brief")[: MOST + 1]) if pk]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise Refused(_("Fill in a date that exists, for example 20-11-2026."), "posted_on") from error


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letters_print(request: HttpRequest) -> HttpResponse:
    """The chosen letters, or all that wait, in one PDF; each begins on a page of its own."""
    rows = letters_of(request.user).select_related("question").order_by("made_at", "pk")
    chosen = _chosen(request)
    rows = rows.filter(pk__in=chosen) if chosen else rows.filter(state=OutgoingLetter.State.WAITING)
    found = list(rows[: PRINTED_AT_ONCE + 1])
    if not found:
        return _list(request, error=_("There is no letter to print."), status=422)
    if len(found) > PRINTED_AT_ONCE:
        sentence = _("At most %(count)s letters are printed at once. Choose them in the list.")
        return _list(request, error=sentence % {"count": PRINTED_AT_ONCE}, status=422)
    return _printed(request, found, reverse("contacts:letters"))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letter_print(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    return _printed(request, [letter], reverse("contacts:letter_out", args=[pk]))


def _printed(request: HttpRequest, found: Sequence[OutgoingLetter], back: str) -> HttpResponse:
    at, house = now(), organisation()
    name = f"brief-{found[0].question.number}.pdf" if len(found) == 1 else f"brieven-{at:%Y-%m-%d}.pdf"
    response = on_paper(
        request, back, name, lambda: [letter_on_paper(_at_printing(row, at), at, house) for row in found]
    )
    if response.get("Content-Type") == "application/pdf":
        for row in found:
            record_view(request, page="letter", question_id=row.question_id, customer_id=row.question.customer_id)
        print_letters(letters=found, by=request.user, at=at)
    return response


def _at_printing(row: OutgoingLetter, at: datetime) -> OutgoingLetter:
    """A letter that waits carries the day on which it is printed now."""
    if row.state == OutgoingLetter.State.WAITING:
        row.printed_at = at
    return row


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letters_posted(request: HttpRequest) -> HttpResponse:
    """The chosen letters were posted on this day."""
    chosen = _chosen(request)
    try:
        if not chosen:
            raise Refused(_("Choose the letters that were posted."))
        if len(chosen) > MOST:
            raise Refused(_("Choose at most %(most)s letters at once.") % {"most": MOST})
        day = _day(request.POST.get("posted_on", ""))
    except Refused as refused:
        return _list(request, error=refused.message, status=422)
    done, refused_ones = post_letters(pks=chosen, by=request.user, at=now(), posted_on=day)
    if done:
        words = ngettext("%(count)s letter is posted.", "%(count)s letters are posted.", len(done)) % {
            "count": len(done)
        }
        messages.success(request, words, extra_tags=_undo(done))
    elif not refused_ones:
        messages.info(request, _("These letters were posted already."))
    if refused_ones:
        return _list(request, error=" ".join(f"{number}: {why}" for number, why in refused_ones[:10]), status=422)
    return redirect("contacts:letters")


def _undo(done: Sequence[OutgoingLetter]) -> str:
    query = "&".join(f"brief={letter.pk}" for letter in done)
    return f"undo:{reverse('contacts:letters_unposted')}?{query}"


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letters_unposted(request: HttpRequest) -> HttpResponse:
    """Takes back what one just said; the letters wait again."""
    back = 0
    pks = [pk for pk in map(whole, request.GET.getlist("brief")[:MOST]) if pk]
    found = list(letters_of(request.user).select_related("question").filter(pk__in=pks).order_by("pk"))
    for letter in found:
        try:
            unpost_letter(letter=letter, by=request.user, at=now())
            back += 1
        except Refused as refused:
            messages.error(request, f"{letter.question.number}: {refused.message}")
    if back:
        words = ngettext("Undone: %(count)s letter waits again.", "Undone: %(count)s letters wait again.", back)
        messages.success(request, words % {"count": back})
    if request.GET.get("vraag") and len(found) == 1:
        return redirect(question_href(found[0].question.number))
    return redirect("contacts:letters")


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letter_posted(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, from its question or its own page: posted today, or on the day that was filled in."""
    letter, at = _letter(request, pk), now()
    try:
        day = _day(request.POST["posted_on"]) if request.POST.get("posted_on") else local_day(at)
        is_new = post_letter(letter=letter, by=request.user, at=at, posted_on=day)
    except Refused as refused:
        return _one(request, _letter(request, pk), error=refused.message, status=422)
    if is_new:
        back = "&vraag=1" if request.POST.get("from") == "question" else ""
        messages.success(request, _("The letter is posted."), extra_tags=_undo([letter]) + back)
    else:
        messages.info(request, _("This letter was posted already."))
    return redirect(_after(request, letter))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letter_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter is not needed; its text stands in the composer of its question again."""
    letter = _letter(request, pk)
    try:
        withdraw_letter(letter=letter, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("contacts:letter_out", pk)
    number = letter.question.number
    if letter.kind == OutgoingLetter.Kind.ACKNOWLEDGEMENT:
        messages.success(request, _("The letter is withdrawn."))
        return redirect(question_href(number))
    messages.success(request, _("The letter is withdrawn. Its text stands below again."))
    return redirect(f"{question_href(number)}?brief={pk}#antwoord")


@require_POST
@needs(Right.QUESTIONS_WRITE)
def letter_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Not posted after all, or on another day; with a reason."""
    letter, at, data = _letter(request, pk), now(), request.POST
    try:
        if data.get("what") == "day":
            day, reason = _day(data.get("posted_on", "")), data.get("reason", "")
            redate_letter(letter=letter, by=request.user, at=at, posted_on=day, reason=reason)
            messages.success(request, _("The day of posting is corrected."))
        else:
            unpost_letter(letter=letter, by=request.user, at=at, reason=data.get("reason", ""))
            messages.success(request, _("The letter waits to be posted again."))
    except Refused as refused:
        return _one(request, _letter(request, pk), error=refused.message, status=422)
    return redirect("contacts:letter_out", pk)


def _after(request: HttpRequest, letter: OutgoingLetter) -> str:
    if request.POST.get("from") == "question":
        return question_href(letter.question.number)
    return reverse("contacts:letter_out", args=[letter.pk])


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_acknowledge(request: HttpRequest, number: str) -> HttpResponse:
    """Makes the acknowledgement of a letter that came in; it waits to be posted."""
    found: Question = get_question(request.user, number, write=True)
    if found.channel != "letter":
        raise Http404
    try:
        letter = acknowledge_by_letter(question=found, by=request.user, at=now(), version=version_of(request))
    except Stale as stale:
        return conflict(request, stale.theirs, [])
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back_to(request, number))
    undo = f"undo:{reverse('contacts:letter_withdraw', args=[letter.pk])}"
    messages.success(request, _("The acknowledgement is made, and waits to be posted."), extra_tags=undo)
    return redirect(f"{question_href(number)}#brief-{letter.pk}")
