"""The reply, the note and the conversation that are written on the question screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import normalize
from contacts.access import get_question
from contacts.actions.log_conversation import log_conversation
from contacts.actions.note import add_note
from contacts.actions.send_message import way_of
from contacts.actions.send_reply import kept_files_of, send_reply
from contacts.forms.uploads import read_uploads, stored
from contacts.mail.others import MOST, others_in_mail
from contacts.models import OutgoingLetter
from contacts.pages.came_from import CameFrom, neighbour
from contacts.pages.planned import moment_words, seconds_words
from contacts.sensitive_words import typed_remark
from contacts.views.planned import chosen_moment, is_too_late
from contacts.views.question import came_back, shown
from contacts.views.question_conflict import back_to, conflict, fresh_of, version_of
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from contacts.models import PlannedReply, Question


HIDDEN = (
    *("text", "to_address", "subject_line", "channel", "key", "recipient", "greeting"),
    *("copy", "copy_all", "then", "is_answer", "earlier", "keep_file", "later", "later_own", "later_then"),
)
"""Fields that the page with both texts sends along."""


@dataclass(frozen=True)
class Typed:
    """The reply as it was filled in."""

    fields: dict[str, str]
    """As the composer shows them again."""
    then: str
    copies: list[str]
    earlier: int | None
    """A reply that came back, with which this one goes on; with the files to `keep`."""
    keep: list[int]
    has_files: bool

    @property
    def channel(self) -> str:
        return self.fields["channel"] or "email"

    def shown_again(self, found: Question) -> dict[str, Any]:
        return {**came_back(found, self.earlier, self.keep), **self.fields, "copies": self.copies}

    def sentence(self, why: str) -> str:
        """Why it did not leave; a browser gives chosen files only once."""
        again = _("Choose the files again: your text is still here, the files are not.")
        return f"{why} {again}" if self.has_files else why


def _typed_reply(request: HttpRequest, found: Question) -> Typed:
    data = request.POST
    fields = {name: data.get(name, "") for name in ("text", "to_address", "subject_line", "channel", "key")}
    fields["key"] = normalize.clean_line(fields["key"], 120)
    fields |= {name: data[name] for name in ("recipient", "greeting") if name in data}
    if data.get("copy_all"):
        copies = [one.address for one in others_in_mail(found, fields["to_address"])]
    else:
        copies = data.getlist("copy")[:MOST]
    return Typed(
        fields=fields,
        then=data.get("later_then" if data.get("later") else "then", "close"),
        copies=copies,
        earlier=whole(data.get("earlier")),
        keep=[pk for pk in map(whole, data.getlist("keep_file")) if pk],
        has_files=bool(request.FILES.getlist("files")),
    )


@require_POST
@needs(Right.QUESTIONS_WRITE)
def question_reply(request: HttpRequest, number: str) -> HttpResponse:
    """Sends the reply; what happens with the question is on the button."""
    found = get_question(request.user, number, write=True)
    typed = _typed_reply(request, found)
    next_href = _next_after(request, found)
    try:
        planned = _send(request, found, typed)
    except Stale as stale:
        if not typed.has_files:
            yours = [(_("Your reply"), typed.fields["text"])]
            hidden = [name for name in HIDDEN if name in request.POST]
            return conflict(request, stale.theirs, yours, hidden=hidden)
        # sent again from the page with both texts, the answer would leave without its files
        error, fresh = typed.sentence(stale.message), fresh_of(request, number)
        return shown(request, fresh, status=409, error=error, **typed.shown_again(found))
    except Refused as refused:
        later = {
            "later_own": request.POST.get("later_own", "")[:20],
            "later_then": request.POST.get("later_then", "close")[:8],
        }
        return shown(
            request,
            fresh_of(request, number),
            status=422,
            error=typed.sentence(refused.message),
            error_field=refused.field,
            **{**typed.shown_again(found), **later},
        )
    _say(request, found, typed.then, planned)
    say_sensitive(request, typed.fields["text"])
    return redirect(next_href if typed.then == "close" and next_href else back_to(request, number))


def _send(request: HttpRequest, found: Question, typed: Typed) -> PlannedReply | OutgoingLetter | None:
    at, then = now(), typed.then
    send_at = chosen_moment(request)
    uploads = read_uploads(
        request.FILES.getlist("files"),
        channel=typed.channel,
        kept=kept_files_of(found, typed.earlier, typed.keep),
        way=way_of(found, typed.fields["channel"], typed.fields["to_address"]),
    )
    return send_reply(
        question=found,
        by=request.user,
        at=at,
        send_at=send_at,
        text=typed.fields["text"],
        channel=typed.channel,
        to_address=typed.fields["to_address"],
        subject_line=typed.fields["subject_line"],
        recipient=typed.fields.get("recipient"),
        greeting=typed.fields.get("greeting"),
        copies=typed.copies,
        then=then,
        is_answer=then == "close" or (then == "stay" and request.POST.get("is_answer") == "on"),
        version=version_of(request),
        key=typed.fields["key"] or None,
        files=stored(uploads, at),
        earlier=typed.earlier,
        keep=typed.keep,
    )


def say_sensitive(request: HttpRequest, *texts: str) -> None:
    """A remark beside what was kept, never a refusal."""
    if remark := typed_remark(*texts):
        messages.info(request, remark)


def _say(request: HttpRequest, found: Question, then: str, planned: PlannedReply | OutgoingLetter | None) -> None:
    """That it left, or when it will, with the button that takes it back."""
    if isinstance(planned, OutgoingLetter):
        words = {
            "close": _("The letter is made. The question closes when it is posted."),
            "waiting": _("The letter is made. The clock stands still from when it is posted."),
        }
        undo = f"undo:{reverse('contacts:letter_withdraw', args=[planned.pk])}"
        messages.success(request, words.get(then, _("The letter is made, and waits to be posted.")), extra_tags=undo)
        return
    if planned is None:
        words = {
            "close": _("Sent, and the question is closed."),
            "waiting": _("Sent. The clock stands still until the customer reacts."),
            "interim": _("Sent as an interim message. The clock runs on."),
        }
        messages.success(request, words.get(then, _("Sent.")))
        return
    undo = f"undo:{reverse('contacts:question_take_back', args=[found.number, planned.pk])}"
    if not planned.is_scheduled:
        left = round((planned.send_at - now()).total_seconds())
        messages.success(request, f"{seconds_words(left)}.", extra_tags=undo)
        return
    when = moment_words(planned.send_at, local_day(now()))
    messages.success(request, _("Planned for %(when)s.") % {"when": when}, extra_tags=undo)
    if is_too_late(planned.send_at, found.due_at):
        messages.warning(request, _("Mind: the term of this question ends before that."))


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
    say_sensitive(request, text)
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
    if then == "close":
        undo = f"undo:{reverse('contacts:question_undo_close', args=[found.number, found.version])}"
        messages.success(request, _("The conversation is kept, and the question is closed."), extra_tags=undo)
    else:
        messages.success(request, _("The conversation is kept."))
    say_sensitive(request, text)
    return redirect(next_href if then == "close" and next_href else back_to(request, number))


def _next_after(request: HttpRequest, found: Question) -> str:
    """Where to go after closing: the next of the list, for who chose that; looked up before the question leaves it."""
    came_from = CameFrom.read(request.GET, request.user)
    filters = came_from.filters
    if filters is None or request.user.after_saving == "stay":
        return ""
    if request.user.after_saving == "new":
        return f"{reverse('contacts:queue')}?{filters.query()}"
    return neighbour(found, request.user, now(), organisation(), came_from, backwards=False)
