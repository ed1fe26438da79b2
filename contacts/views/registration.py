"""The registration screen: every channel, by keyboard, in one form that works without script as well."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from channels_app.models import Channel
from contacts.actions.acknowledge_by_letter import acknowledge_by_letter
from contacts.actions.keep_draft import KeptElsewhere, Window, finish_draft, keep_draft, refuse_behind
from contacts.actions.register import Registered, write_registration
from contacts.actions.warn_visit import warn_of_visitors
from contacts.finding.customers import customer_for
from contacts.finding.duplicates import suspects
from contacts.forms.registration import ADDS, PANELS, Typed, token_of, typed_from
from contacts.forms.registration_judge import judge
from contacts.forms.registration_steps import stepped
from contacts.letters.scans import lock_scan, refuse_taken, registered
from contacts.models import Draft, Question
from contacts.pages.registration import default_end, desk_page
from contacts.pages.visits import warned_words
from contacts.sensitive_words import typed_remark
from contacts.views.registration_begin import begin
from knowledge.actions.count_use import count_use
from knowledge.pages.news import news_line
from knowledge.snapshot import articles_of
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import User

FIELD_OF = {
    "received_at": "received_on",
    "appointment_at": "appointment",
    "customer_name": "new_name",
    "subject": "q0-subject_query",
    "team": "forward_team",
    "add_to": "q0-add_to",
}
"""The name that `register` gives a wrong value → the field on this screen."""


@needs(Right.QUESTIONS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """GET shows a draft or an empty form; POST saves, or does one of the steps that a script would do."""
    at = now()
    if request.method != "POST":
        return shown(request, begin(request), at)
    typed = typed_from(request.POST)
    act = request.POST.get("act", "")
    end = request.POST.get("end", "")
    if act.startswith("mine:"):  # was being saved, and stays
        return _save(request, typed, act.removeprefix("mine:"), at, window=None)
    if act or not end:
        if act == "scan_pick":
            act = f"scan_pick:{request.POST.get('scan_pick', '')[:19]}"
        typed = stepped(typed, act)
        return _kept(request, typed, at, window=None if act == "mine" else window_of(request))
    if end in PANELS and typed.get("panel") != end and end != default_end(typed.channel):
        return _kept(request, typed.with_fields(panel=end), at, window=window_of(request))
    return _save(request, typed, end, at, window=window_of(request))


def window_of(request: HttpRequest) -> Window | None:
    """From which page this was sent; None: of a page that does not say so."""
    if "page" not in request.POST:
        return None
    return Window(request.POST["page"][:36], request.POST.get("seen", "")[:40])


def _kept(request: HttpRequest, typed: Typed, at: datetime, *, window: Window | None) -> HttpResponse:
    """`window` None: whatever another window wrote, this wins."""
    try:
        keep(request.user, typed, at, window)
    except KeptElsewhere as elsewhere:
        return shown(request, typed, at, sentence=elsewhere.message, status=422, behind=window)
    except Refused as refused:
        return shown(request, typed, at, sentence=refused.message, status=422)
    return shown(request, typed, at)


def keep(user: User, typed: Typed, at: datetime, window: Window | None = None) -> Draft | None:
    """Saves the draft, unless there is nothing in it yet."""
    if typed.is_empty and not Draft.objects.filter(user=user, token=typed.token).exists():
        return None
    pk = whole(typed.get("customer"))
    customer = customer_for(user, pk, typed.get("customer_query")) if pk else None
    return keep_draft(
        by=user,
        at=at,
        token=typed.token,
        fields=typed.fields,
        label=customer.full_name if customer else "",
        window=window,
    )


def shown(
    request: HttpRequest,
    typed: Typed,
    at: datetime,
    *,
    errors: Mapping[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
    behind: Window | None = None,
    end: str = "",
) -> HttpResponse:
    """`behind`: the window whose draft another one changed; it stays behind until the person chooses. `end`: how it was being saved."""
    page = desk_page(request.user, typed, at, errors=errors, sentence=sentence, behind=behind)
    record_view(request, page="registration", customer_id=page.pane.id if page.pane else None)
    return render(
        request,
        "contacts/registration.html",
        {"page": page, "end": end, "nav": "desk", "news": news_line(request.user)},
        status=status,
    )


def _save(request: HttpRequest, typed: Typed, end: str, at: datetime, *, window: Window | None) -> HttpResponse:
    """`window` None: whatever another window wrote, this is registered."""
    user = request.user
    judged = judge(user, typed, end=end, at=at)
    errors, sentence = judged.errors, ""
    if not errors:
        try:
            done, waiting, warned = _registered(user, typed, judged.arguments, end, at, window)
        except KeptElsewhere as elsewhere:
            return shown(request, typed, at, sentence=elsewhere.message, status=422, behind=window, end=end)
        except RegisteredElsewhere as elsewhere:
            typed, window, sentence = Typed(token_of(""), typed.fields), None, elsewhere.message
        except Refused as refused:
            field = FIELD_OF.get(refused.field, refused.field)
            errors, sentence = ({field: refused.message}, "") if field else ({}, refused.message)
        else:
            if not done.is_repeat:
                _count_articles(typed, end, at)
            answer = _after(request, typed, done, end)
            if waiting:
                messages.info(request, warned_words(waiting, warned))
            return answer
    behind = None
    try:
        keep(user, typed, at, window)
    except KeptElsewhere:
        behind = window
    except Refused as refused:
        sentence = sentence or refused.message
    sentence = sentence or _("This cannot be saved yet.")
    return shown(request, typed, at, errors=errors, sentence=sentence, status=422, behind=behind, end=end)


class RegisteredElsewhere(Refused):
    """This draft became a contact in another window, and what stands here is something else."""


@one_transaction
def _registered(
    user: User, typed: Typed, arguments: Mapping[str, object], end: str, at: datetime, window: Window | None
) -> tuple[Registered, list[Question], list[User]]:
    """The contact, its scan, the acknowledgement of a letter, who is warned of a visitor and the end of the draft stand or fall together."""
    refuse_behind(by=user, token=typed.token, fields=typed.fields, window=window)
    wanted = whole(typed.get("scan")) if typed.channel == Channel.LETTER else None
    scan = lock_scan(user, wanted) if wanted else None
    done = write_registration(by=user, at=at, inbound=scan, **arguments)  # type: ignore[arg-type]
    if done.is_repeat:
        _check_repeat(done)
        return done, [], []
    if scan is not None:
        registered(scan, by=user, at=at)
    elif wanted:
        raise refuse_taken()
    if end == "acknowledge" and typed.channel == Channel.LETTER:
        for question in done.questions:
            if question.is_open:
                acknowledge_by_letter(
                    question=question, by=user, at=at, recipient=typed.get("recipient"), is_registering=True
                )
    waiting, warned = warn_of_visitors(done, by=user, at=at)
    finish_draft(by=user, at=at, token=typed.token, fields=typed.fields, contact_id=done.contact.pk)
    return done, waiting, warned


def _check_repeat(done: Registered) -> None:
    """A second press is the same contact again; something else under its token, or one that was undone, is not."""
    reasons = {one.close_reason for one in done.questions if one.status == Question.Status.CANCELLED}
    if reasons == {Question.CloseReason.DUPLICATE}:  # as it stands after an undo; spam and the like have their own
        raise RegisteredElsewhere(
            _(
                "This contact was registered and undone, in another window. Save again to register what stands here as a new contact."
            )
        )
    if done.is_other:
        numbers = ", ".join(one.number for one in done.questions)
        raise RegisteredElsewhere(
            _(
                "This contact was registered in another window, and not as it stands here: %(numbers)s. Save again to register what stands here as a new contact."
            )
            % {"numbers": numbers}
        )


def _count_articles(typed: Typed, end: str, at: datetime) -> None:
    """Answers of the knowledge base that somebody opened or used, for questions that were answered at once with them."""
    answered = [one for one in typed.blocks if one.article and (one.end if one.index else end) == "direct"]
    if not answered:
        return
    house = organisation()
    used = [
        one.pk
        for block in answered
        for one in articles_of(whole(block.subject), house)
        if one.pk == whole(block.article)
    ]
    count_use(used, "answered", local_day(at))


def _after(request: HttpRequest, typed: Typed, done: Registered, end: str) -> HttpResponse:
    hidden = _hidden_from(request.user, done)
    numbers = format_html_join(", ", "{}", ((_number(q, is_link=q.pk not in hidden),) for q in done.questions))
    if done.is_repeat:
        text = _("This contact had already been registered: {}.")
    else:
        text = ngettext("Registered: {}.", "Registered, {} questions: {}.", len(done.questions))
    filled = format_html(
        text, *([numbers] if done.is_repeat or len(done.questions) == 1 else [len(done.questions), numbers])
    )
    added = end in ADDS and bool(typed.blocks[0].add_to)
    undo = "" if added or done.is_repeat else "undo:" + reverse("contacts:undo", args=[done.contact.pk])
    messages.success(request, filled, extra_tags=undo)
    if hidden:
        messages.info(request, _("Confidential, so you do not see it any more. Who sees it, was told."))
    if typed.get("customer_state") == "new" and not done.is_repeat and (alike := _alike(request.user, done)):
        messages.info(request, alike)
    if remark := typed_remark(*(done.contact.text, *(block.text for block in typed.blocks))):
        messages.info(request, remark)
    return redirect(_next_address(request.user, typed, done))


def _alike(user: User, done: Registered) -> str:
    """Who may be the same as the customer who was just made, each with the way to look; empty when nobody is."""
    made = done.contact.customer
    may_say = user.may(Right.CUSTOMERS_MERGE_PROPOSE) or user.may(Right.CUSTOMERS_MERGE)
    found = suspects(user, made)[:3] if made is not None and may_say else []
    if made is None or not found:
        return ""
    compare = reverse("contacts:customer_merge", args=[made.pk])
    rows = ((f"{compare}?met={one.customer.pk}", one.customer.full_name, one.reason) for one in found)
    links = format_html_join(", ", '<a href="{}">{}</a> ({})', rows)
    return format_html(_("Maybe we know this customer already: {}."), links)


def _hidden_from(user: User, done: Registered) -> set[int]:
    """Of these questions those that a rule made confidential, also for who registered them."""
    hidden = {question.pk for question in done.questions if question.is_confidential}
    if hidden:
        hidden -= set(Question.objects.visible_to(user).filter(pk__in=hidden).values_list("pk", flat=True))
    return hidden


def _number(question: Question, *, is_link: bool) -> str:
    if not is_link:
        return question.number
    return format_html('<a href="{}">{}</a>', reverse("contacts:question", args=[question.number]), question.number)


def _next_address(user: User, typed: Typed, done: Registered) -> str:
    """Where "after saving" leads: the next draft, the same customer, or an empty form."""
    desk = reverse("contacts:registration")
    if user.after_saving == "next":
        draft = Draft.objects.filter(user=user).exclude(data__has_key="done").order_by("created_at").first()
        if draft is not None:
            return f"{desk}?concept={draft.token}"
    if user.after_saving == "stay" and done.contact.customer_id:
        return f"{desk}?klant={done.contact.customer_id}&kanaal={typed.channel}"
    return f"{desk}?nieuw=1&kanaal={typed.channel}"
