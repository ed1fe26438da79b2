"""The queue: lists of questions with filters in the address, acts on many at once, and the list as a file."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts import normalize
from contacts.actions.export_list import export_list
from contacts.actions.many import Many, assign_many, forward_many, moved_at, put_back_many, take_many
from contacts.keyset import EPOCH, MICROSECOND
from contacts.models import Question, SavedView
from contacts.pages.queue import queue_page
from contacts.queue_filters import LONGEST_QUERY, read_filters, read_query
from organisation import audit
from organisation.clock import local_day, now
from organisation.errors import Refused
from organisation.models import User
from organisation.numbers import whole
from organisation.role_reach import most_rows
from organisation.roles import Right, needs
from organisation.snapshot import organisation

MOST_AT_ONCE = 200


@require_safe
@needs(Right.QUESTIONS_READ)
def queue(request: HttpRequest) -> HttpResponse:
    """One page of the list that the address describes."""
    return _shown(request)


def _shown(request: HttpRequest, *, error: str = "", reason: str = "", status: int = 200) -> HttpResponse:
    at = now()
    page = queue_page(
        read_filters(request.GET, request.user),
        request.user,
        at,
        after=request.GET.get("na", ""),
        before=request.GET.get("voor", ""),
        view_id=whole(request.GET.get("eigen")),
        look=audit.looking(request, "queue"),
    )
    context = {"page": page, "nav": "queue", "error": error, "reason": reason, "limit": most_rows(request.user)}
    return render(request, "contacts/queue.html", context, status=status)


@require_POST
@needs(Right.QUESTIONS_WRITE)
def queue_bulk(request: HttpRequest) -> HttpResponse:
    """Assign, take or hand over the chosen questions; says per question what did not go, and why."""
    back = _back(request)
    by, at = request.user, now()
    single = request.POST.get("take_one", "")
    picked = [single] if single else request.POST.getlist("pick")[:MOST_AT_ONCE]
    if not picked:
        messages.warning(request, _("Choose one or more questions first."))
        return redirect(back)
    act = "take" if single else request.POST.get("act", "")
    try:
        done, receiver = _acted(request, act, picked, at)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back)
    undo = ""
    if moved_at(by=by, moment=at):
        address = reverse("contacts:queue_put_back", args=[(at - EPOCH) // MICROSECOND])
        undo = f"{address}?{urlencode({name: request.POST.get(name, '')[:LONGEST_QUERY] for name in ('list', 'view')})}"
    _tell(request, done, act, receiver, undo)
    return redirect(back)


def _acted(request: HttpRequest, act: str, picked: list[str], at: datetime) -> tuple[Many, str]:
    """What became of each, and the name of who got them; empty for oneself and for the team."""
    by = request.user
    if act == "take":
        return take_many(picked=picked, by=by, at=at), ""
    if act == "assign":
        to = _colleague(request.POST.get("assignee", ""))
        return assign_many(picked=picked, by=by, at=at, to=to), to.name if to else ""
    if act == "forward":
        team_id = whole(request.POST.get("team")) or 0
        team = organisation().teams.get(team_id)
        reason = normalize.clean_line(request.POST.get("reason", ""), 300)
        done = forward_many(picked=picked, by=by, at=at, team_id=team_id, reason=reason)
        return done, team.name if team else ""
    raise Refused(_("Choose what to do with the questions."))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def queue_put_back(request: HttpRequest, moment: int) -> HttpResponse:
    """Takes back what one did to many at that moment; says of which questions that no longer goes, and why."""
    try:
        done_at = EPOCH + moment * MICROSECOND
    except OverflowError:
        raise Http404 from None
    back = put_back_many(moment=done_at, by=request.user, at=now())
    if not back.done and not back.refused:
        if not Question.history.filter(history_date=done_at, history_user=request.user).exists():
            raise Http404
        messages.warning(
            request, _("This was undone already, or somebody went on with it. The list shows how it is now.")
        )
    words = ""
    if back.done:
        words = ngettext(
            "Undone: %(count)s question is back where it was",
            "Undone: %(count)s questions are back where they were",
            len(back.done),
        ) % {"count": len(back.done)}
    if words or back.refused:
        _say(request, words, back)
    return redirect(_back(request))


def _colleague(text: str) -> User | None:
    """The chosen colleague; `geen` gives the questions back to the team."""
    if text == "geen":
        return None
    found = User.objects.filter(pk=whole(text), is_active=True).first()
    if found is None:
        raise Refused(_("Choose a colleague."), "assignee")
    return found


def _done_words(act: str, count: int, receiver: str) -> str:
    """What happened to how many, and whose they are now."""
    if act == "take":
        words = ngettext("%(count)s question is yours now", "%(count)s questions are yours now", count)
    elif act == "forward":
        words = ngettext(
            "%(count)s question handed over to %(receiver)s", "%(count)s questions handed over to %(receiver)s", count
        )
    elif receiver:
        words = ngettext("%(count)s question given to %(receiver)s", "%(count)s questions given to %(receiver)s", count)
    else:
        words = ngettext(
            "%(count)s question is back with the team", "%(count)s questions are back with the team", count
        )
    return words % {"count": count, "receiver": receiver}


def _tell(request: HttpRequest, done: Many, act: str, receiver: str, undo: str) -> None:
    """One that was taken is named; of more the number is said."""
    if len(done.done) == 1 and not done.refused and act == "take":
        words = _("%(number)s is yours now.") % {"number": done.done[0]}
        messages.success(request, words, extra_tags=f"undo:{undo}" if undo else "")  # not what was one's own already
        return
    _say(request, _done_words(act, len(done.done), receiver) if done.done else "", done, undo)


def _say(request: HttpRequest, words: str, done: Many, undo: str = "") -> None:
    """`3 vragen gegeven aan Noor, 1 niet: OPM-2026-000012 (Henk heeft deze vraag al opgepakt).`"""
    parts = [words] if words else []
    if done.refused:
        why = "; ".join(f"{number}: {sentence.rstrip('.')}" for number, sentence in done.refused[:5])
        parts.append(_("%(count)s not: %(why)s") % {"count": len(done.refused), "why": why})
    text = ", ".join(parts)
    say = messages.warning if done.refused else messages.success
    say(request, text if text.endswith(".") else f"{text}.", extra_tags=f"undo:{undo}" if undo else "")


@require_POST
@needs(Right.LISTS_EXPORT)
def queue_export(request: HttpRequest) -> HttpResponse:
    """The list as a file for a spreadsheet: with a reason, within a size, and on record."""
    filters = read_query(request.POST.get("list", ""), request.user)
    reason = request.POST.get("reason", "")
    at = now()
    try:
        text = export_list(filters=filters, by=request.user, at=at, reason=reason, limit=most_rows(request.user))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(_back(request))
    audit.record_view(request, page="queue.export", reason=normalize.clean_line(reason, 300))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="vragen-{local_day(at).isoformat()}.csv"'
    return response


def _back(request: HttpRequest) -> str:
    """The list that the form stood on, or that an address of undoing carries; only ever a list."""
    asked = request.POST if "list" in request.POST else request.GET
    filters = read_query(asked.get("list", ""), request.user).query()
    view = whole(asked.get("view"))
    if view and SavedView.objects.filter(user=request.user, pk=view).exists():
        filters = f"{filters}&eigen={view}".lstrip("&")
    return f"{reverse('contacts:queue')}?{filters}"
